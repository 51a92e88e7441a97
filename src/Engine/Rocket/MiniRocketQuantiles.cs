namespace FastNets.Rocket;

/// <summary>The quantiles that biases are taken at, and how one is taken.</summary>
internal static class MiniRocketQuantiles
{
    private const double GoldenRatio = 1.6180339887498949;

    /// <summary>The quantile of a feature, in [0, 1): a low-discrepancy sequence that runs over all features.</summary>
    /// <param name="feature">The feature's index, from 0.</param>
    /// <remarks>Rounded to single precision, as in the published implementation. Source: "MiniRocket", KDD 2021, section 4.1.3.</remarks>
    public static float Of(int feature) => (float)((feature + 1) * GoldenRatio % 1.0);

    /// <summary>A quantile of numbers, interpolated linearly between the two nearest.</summary>
    /// <param name="sorted">The numbers in ascending order; at least one.</param>
    /// <param name="quantile">Which, in [0, 1].</param>
    public static float Take(ReadOnlySpan<float> sorted, float quantile)
    {
        double rank = (double)quantile * (sorted.Length - 1);
        int below = Math.Min((int)rank, sorted.Length - 1);
        int above = Math.Min(below + 1, sorted.Length - 1);
        return (float)(sorted[below] + ((rank - below) * ((double)sorted[above] - sorted[below])));
    }
}
