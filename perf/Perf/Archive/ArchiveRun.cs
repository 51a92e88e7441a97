using System.Diagnostics;
using System.Text;
using System.Text.Json;
using FastNets.Classification;
using FastNets.Data;

namespace FastNets.Perf.Archive;

/// <summary>Trains and tests MiniRocket with ridge on the shapes of the UCR archive, set after set, and adds up the time.</summary>
internal static class ArchiveRun
{
    private sealed record Times(double Fit, double Transform, double Ridge, double Test)
    {
        public double Total => Fit + Transform + Ridge + Test;

        public static Times operator +(Times a, Times b) => new(a.Fit + b.Fit, a.Transform + b.Transform, a.Ridge + b.Ridge, a.Test + b.Test);
    }

    /// <summary>Runs.</summary>
    /// <param name="sets">The sets.</param>
    /// <param name="lines">Takes a JSON line a set and one for all.</param>
    public static void Run(IReadOnlyList<ArchiveSet> sets, Action<string> lines)
    {
        // What is compiled on the way would be counted as the first sets' time.
        _ = Measure(new ArchiveSet("warm-up", 40, 40, 3, 100));
        var sum = new Times(0, 0, 0, 0);
        foreach (ArchiveSet set in sets)
        {
            Times times = Measure(set);
            sum += times;
            lines(Line($"archive/{set.Name}", set, times));
        }

        lines(Line($"archive/all_{sets.Count}", null, sum));
    }

    private static Times Measure(ArchiveSet set)
    {
        SeriesSet train = set.Make(set.Train, 0), test = set.Make(set.Test, 1);
        TrainingResult result = TimeSeriesClassifier.Train(train);
        using TimeSeriesClassifier classifier = result.Classifier;
        long start = Stopwatch.GetTimestamp();
        classifier.Evaluate(test);
        return new Times(result.Seconds.FitTransform, result.Seconds.Transform, result.Seconds.FitHead, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static string Line(string name, ArchiveSet? set, Times times)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("case", name);
            if (set is not null)
            {
                json.WriteNumber("train", set.Train);
                json.WriteNumber("test", set.Test);
                json.WriteNumber("classes", set.Classes);
                json.WriteNumber("length", set.Length);
            }

            json.WriteNumber("fit_s", Math.Round(times.Fit, 4));
            json.WriteNumber("transform_s", Math.Round(times.Transform, 4));
            json.WriteNumber("ridge_s", Math.Round(times.Ridge, 4));
            json.WriteNumber("test_s", Math.Round(times.Test, 4));
            json.WriteNumber("total_s", Math.Round(times.Total, 4));
            json.WriteNumber("threads", Machine.Threads);
            json.WriteString("isa", Machine.Isa);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
