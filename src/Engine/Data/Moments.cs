namespace FastNets.Data;

/// <summary>Means and deviations in double precision.</summary>
internal static class Moments
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>The scale that belongs to a sum of squared deviations: the standard deviation (divided by n), or 1 where the values are constant.</summary>
    /// <param name="squares">The sum of squared deviations from the mean.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="count">The number of values.</param>
    /// <param name="constant">Whether the values are constant.</param>
    /// <remarks>
    /// Constant means: the variance is within the error with which it is computed (Chan, Golub and LeVeque, 1983), the rule of scikit-learn's StandardScaler.
    /// </remarks>
    public static double Scale(double squares, double mean, long count, out bool constant)
    {
        double variance = count == 0 ? 0 : squares / count;
        double error = count * mean * Epsilon;
        constant = variance <= (count * Epsilon * variance) + (error * error);
        return constant ? 1 : Math.Sqrt(variance);
    }

    /// <summary>The mean.</summary>
    /// <param name="values">The values; 0 is the mean of none.</param>
    public static double Mean(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values) sum += value;
        return values.IsEmpty ? 0 : sum / values.Length;
    }

    /// <summary>The sum of squared deviations.</summary>
    /// <param name="values">The values.</param>
    /// <param name="mean">What they deviate from.</param>
    public static double Squares(ReadOnlySpan<float> values, double mean)
    {
        double sum = 0;
        foreach (float value in values) sum += (value - mean) * (value - mean);
        return sum;
    }
}
