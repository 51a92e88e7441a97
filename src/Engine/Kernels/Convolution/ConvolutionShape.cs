namespace FastNets.Kernels.Convolution;

/// <summary>The sizes of a convolution over series of steps, [length, channels] each.</summary>
/// <remarks>
/// y[t, f] = sum over w and c of x[t * Stride + w * Dilation - PadLeft, c] * W[w, c, f]; steps outside the series are 0.
/// PadLeft = Dilation * (Width - 1) with PadRight = 0 and Stride = 1 is a causal convolution: no output sees a later step.
/// </remarks>
/// <param name="Length">Steps of a series, at least 1.</param>
/// <param name="Channels">Numbers a step, at least 1.</param>
/// <param name="Filters">Numbers an output step, at least 1.</param>
/// <param name="Width">Taps of a filter, at least 1.</param>
/// <param name="Stride">Steps from one output to the next, at least 1.</param>
/// <param name="Dilation">Steps from one tap to the next, at least 1.</param>
/// <param name="PadLeft">Zeros before each series.</param>
/// <param name="PadRight">Zeros after each series.</param>
public readonly record struct ConvolutionShape(
    int Length, int Channels, int Filters, int Width, int Stride, int Dilation, int PadLeft, int PadRight)
{
    /// <summary>Steps of an output series: (Length + PadLeft + PadRight - Dilation * (Width - 1) - 1) / Stride + 1; 0 where not even one filter fits.</summary>
    public int OutputLength
    {
        get
        {
            int places = Length + PadLeft + PadRight - Span;
            return places < 0 ? 0 : (places / Stride) + 1;
        }
    }

    /// <summary>The steps from a filter's first tap to its last, both included.</summary>
    internal int Span => checked((Dilation * (Width - 1)) + 1);

    /// <summary>Throws where a size is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is below its least value, or no output step fits.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Filters, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Stride, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Dilation, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(PadLeft);
        ArgumentOutOfRangeException.ThrowIfNegative(PadRight);
        if (OutputLength < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(Length), Length, $"A filter spans {Span} steps; a series of {Length} with {PadLeft} zeros before it and {PadRight} after it is shorter.");
        }
    }
}
