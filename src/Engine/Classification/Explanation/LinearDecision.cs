using FastNets.Rocket;

namespace FastNets.Classification.Explanation;

/// <summary>One class's decision as a linear function of MiniRocket's features as they are, scaling folded in.</summary>
/// <remarks>Immutable once made; the arrays are taken over, not copied.</remarks>
internal sealed class LinearDecision
{
    /// <summary>Puts a decision together.</summary>
    /// <param name="weights">Each feature's weight.</param>
    /// <param name="references">What each feature is compared with.</param>
    /// <param name="intercept">The decision where all features are 0.</param>
    public LinearDecision(double[] weights, double[] references, double intercept)
    {
        if (weights.Length != references.Length) throw new ArgumentException($"{weights.Length} weights, but {references.Length} references.", nameof(references));
        Weights = weights;
        References = references;
        Intercept = intercept;
    }

    /// <summary>Each feature's weight.</summary>
    public double[] Weights { get; }

    /// <summary>What each feature is compared with.</summary>
    public double[] References { get; }

    /// <summary>The decision where all features are 0.</summary>
    public double Intercept { get; }

    /// <summary>What features are expected to be when nothing but the transform is known.</summary>
    /// <param name="features">The number of features.</param>
    /// <remarks>A bias is the quantile q of a kernel's outputs on training series, so that the share 1 - q of them is above it.</remarks>
    public static double[] ExpectedFeatures(int features)
    {
        double[] expected = new double[features];
        for (int i = 0; i < features; i++) expected[i] = 1.0 - MiniRocketQuantiles.Of(i);
        return expected;
    }
}
