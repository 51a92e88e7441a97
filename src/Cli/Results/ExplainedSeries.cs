using FastNets.Classification;
using FastNets.Classification.Explanation;
using FastNets.Data;
using FastNets.Rocket;

namespace FastNets.Cli.Results;

/// <summary>A series, what a model says of it, and why.</summary>
/// <param name="Model">The model.</param>
/// <param name="Set">The series alone.</param>
/// <param name="Index">Its index in the file.</param>
/// <param name="Predictions">What the model says.</param>
/// <param name="Explanation">Why.</param>
internal sealed record ExplainedSeries(ModelFacts Model, SeriesSet Set, int Index, Predictions Predictions, PredictionExplanation Explanation)
{
    // Long enough to be seen in a plot, short enough to say where.
    private const int StretchesPerSeries = 10;

    /// <summary>The class whose decision is explained.</summary>
    public string ClassName => Predictions.Classes[Explanation.ClassIndex];

    /// <summary>The class that the model predicts.</summary>
    public string Predicted => Predictions.ClassOf(0);

    /// <summary>The class that the file states; null where it states none.</summary>
    public string? Label => Set.HasLabels ? Set.Classes[Set.Labels[0]] : null;

    /// <summary>All contributions together.</summary>
    public double Contribution => Explanation.Decision - Explanation.Baseline;

    /// <summary>What the decision is.</summary>
    public string DecisionInWords => Predictions.IsProbability ? "logit less the mean of all classes' logits" : "ridge score";

    /// <summary>The tenth of the series that says most.</summary>
    public TimeStretch Strongest => Explanation.StrongestStretch(Math.Max(1, Explanation.Length / StretchesPerSeries));

    /// <summary>The indices of values, those farthest from 0 first.</summary>
    /// <param name="values">The values.</param>
    /// <param name="most">How many at most.</param>
    public static int[] StrongestOf(ReadOnlySpan<double> values, int most)
    {
        double[] copy = values.ToArray();
        return [.. Enumerable.Range(0, copy.Length).OrderByDescending(i => Math.Abs(copy[i])).Take(most)];
    }

    /// <summary>A kernel as a person knows it: its three taps of weight 2.</summary>
    /// <param name="kernel">The kernel.</param>
    public static string KernelName(int kernel)
    {
        (int a, int b, int c) = MiniRocketParameters.TapsOf(kernel);
        return FormattableString.Invariant($"{a} {b} {c}");
    }
}
