using System.Globalization;
using SequenceAutoencoder;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// How many seeds each line is the median of.
int seeds = args.Length > 0 ? int.Parse(args[0]) : 3;

foreach (int hidden in new[] { 5, 10, 100 })
{
    Show("raw", IcewsSequence.Raw(), hidden);
    Show("differences", IcewsSequence.Differences(), hidden);
    Show("as posted", IcewsSequence.DifferencesAsPosted(), hidden);
}

void Show(string name, float[] sequence, int hidden)
{
    (int? step, int reached, float loss) = Overfitting.Median(sequence, hidden, seeds);
    string when = step is null ? $"not within {Overfitting.MaxSteps} steps" : $"after {step} steps";
    Console.WriteLine($"hidden {hidden,3}, {name,-11}: below {Overfitting.Goal} {when}, {reached} of {seeds} seeds; loss at the end {loss:0.00e0}");
}
