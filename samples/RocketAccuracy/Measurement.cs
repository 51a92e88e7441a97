using System.Diagnostics;
using FastNets.Classification;

namespace RocketAccuracy;

/// <summary>How right MiniRocket and a ridge classifier are, over some seeds.</summary>
/// <param name="Mean">The mean of the test accuracies.</param>
/// <param name="Deviation">Their standard deviation, as that of a sample (divided by one less than there are); 0 for one seed.</param>
/// <param name="Seconds">How long training and testing took, a seed.</param>
public sealed record Measurement(double Mean, double Deviation, double Seconds)
{
    /// <summary>Trains and tests with the seeds from 0 on.</summary>
    /// <param name="set">The series.</param>
    /// <param name="seeds">How many seeds.</param>
    /// <param name="resample">Whether each seed but 0 also draws its own split into training and test series.</param>
    public static Measurement Of(DataSet set, int seeds, bool resample)
    {
        double[] accuracies = new double[seeds];
        long start = Stopwatch.GetTimestamp();
        for (int seed = 0; seed < seeds; seed++)
        {
            // All else is the default: 9996 features, alpha chosen by leave-one-out. Series of unequal lengths and several channels need nothing said.
            var options = new ClassifierOptions { Kind = ClassifierKind.Ridge, Seed = (ulong)seed };
            DataSet split = resample ? set.Resample(seed) : set;
            using TimeSeriesClassifier classifier = TimeSeriesClassifier.Train(split.Train, null, options).Classifier;
            accuracies[seed] = classifier.Evaluate(split.Test).Accuracy;
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds / seeds;
        double mean = accuracies.Average();
        double deviation = seeds == 1 ? 0 : Math.Sqrt(accuracies.Sum(a => (a - mean) * (a - mean)) / (seeds - 1));
        return new Measurement(mean, deviation, seconds);
    }

    /// <summary>A row of a Markdown table.</summary>
    /// <param name="set">What was measured on.</param>
    public string Row(DataSet set)
    {
        int shortest = Math.Min(set.Train.MinLength, set.Test.MinLength);
        int longest = Math.Max(set.Train.MaxLength, set.Test.MaxLength);
        string length = shortest == longest ? $"{longest}" : $"{shortest} to {longest}";
        return $"| {set.Name} | {set.Train.Count} | {set.Test.Count} | {set.Train.Channels} | {length} | {set.Train.Classes.Count} | {Mean:0.0000} | {Deviation:0.0000} | {Seconds:0.00} |";
    }
}
