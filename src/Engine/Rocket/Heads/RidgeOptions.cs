namespace FastNets.Rocket.Heads;

/// <summary>What a cross-validated ridge classifier tries.</summary>
public sealed record RidgeOptions
{
    /// <summary>The strengths of the penalty that are tried unless others are given: 10 values, evenly spaced on a logarithmic scale from 10^-3 to 10^3.</summary>
    public static IReadOnlyList<double> DefaultAlphas { get; } = LogSpace(-3, 3, 10);

    /// <summary>The strengths of the penalty to choose from, each above 0 and finite; of equally good ones the first is taken.</summary>
    public IReadOnlyList<double> Alphas { get; init; } = DefaultAlphas;

    /// <summary>Numbers evenly spaced on a logarithmic scale, both ends included.</summary>
    /// <param name="firstExponent">The decimal exponent of the first number.</param>
    /// <param name="lastExponent">The decimal exponent of the last number.</param>
    /// <param name="count">How many, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 2.</exception>
    public static double[] LogSpace(double firstExponent, double lastExponent, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        var values = new double[count];
        double step = (lastExponent - firstExponent) / (count - 1);
        for (int i = 0; i < count - 1; i++) values[i] = Math.Pow(10, firstExponent + (i * step));
        values[^1] = Math.Pow(10, lastExponent);
        return values;
    }
}
