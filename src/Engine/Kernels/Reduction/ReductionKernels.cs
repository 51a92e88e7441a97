namespace FastNets.Kernels.Reduction;

/// <summary>Sums over all elements.</summary>
public static class ReductionKernels
{
    /// <summary>The mean, summed in double precision in the order of the elements.</summary>
    /// <param name="values">At least one number.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static float Mean(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty) throw new ArgumentException("The mean of no values is not defined; at least 1 is needed.", nameof(values));
        double sum = 0;
        foreach (float value in values) sum += value;
        return (float)(sum / values.Length);
    }
}
