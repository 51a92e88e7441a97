namespace FastNets.Kernels.Convolution;

/// <summary>The sizes of a pooling over windows of steps of series of [length, channels].</summary>
/// <param name="Length">Steps of a series, at least 1.</param>
/// <param name="Channels">Numbers a step.</param>
/// <param name="Width">Steps of a window, at least 1.</param>
/// <param name="Stride">Steps from one window to the next, at least 1.</param>
/// <param name="PadLeft">Steps before each series that windows may cover.</param>
/// <param name="PadRight">Steps after each series that windows may cover.</param>
public readonly record struct PoolingShape(int Length, int Channels, int Width, int Stride, int PadLeft, int PadRight)
{
    /// <summary>Windows of a series: (Length + PadLeft + PadRight - Width) / Stride + 1; 0 where not even one fits.</summary>
    public int OutputLength
    {
        get
        {
            int places = Length + PadLeft + PadRight - Width;
            return places < 0 ? 0 : (places / Stride) + 1;
        }
    }

    /// <summary>Throws where a size is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is below its least value, or no window fits.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Stride, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(PadLeft);
        ArgumentOutOfRangeException.ThrowIfNegative(PadRight);
        if (OutputLength < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(Length), Length, $"A window spans {Width} steps; a series of {Length} with {PadLeft} steps before it and {PadRight} after it is shorter.");
        }
    }

    /// <summary>The first step of the series in a window.</summary>
    internal int First(int window) => Math.Clamp((window * Stride) - PadLeft, 0, Length);

    /// <summary>One past the last step of the series in a window.</summary>
    internal int End(int window) => Math.Clamp((window * Stride) - PadLeft + Width, 0, Length);
}
