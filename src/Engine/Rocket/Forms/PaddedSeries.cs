namespace FastNets.Rocket;

/// <summary>A series with zeros around each channel, wide enough for the largest dilation and for registers that reach beyond the end.</summary>
/// <param name="Values">The address of the first channel's first value.</param>
/// <param name="Length">The number of time steps.</param>
/// <param name="ChannelStride">The distance between two channels.</param>
/// <param name="IsUsual">Whether all values are known to be of usual magnitude, see <see cref="RocketMagnitudes"/>.</param>
internal readonly unsafe record struct PaddedSeries(nint Values, int Length, int ChannelStride, bool IsUsual)
{
    /// <summary>The numbers of the widest register.</summary>
    public const int WidestRegister = 16;

    /// <summary>The numbers that a series takes.</summary>
    /// <param name="channels">The number of channels.</param>
    /// <param name="length">The number of time steps.</param>
    /// <param name="largestDilation">The largest dilation that kernels are used with.</param>
    public static long ScratchLength(int channels, int length, int largestDilation) => (long)channels * Stride(length, largestDilation);

    /// <summary>Writes a series.</summary>
    /// <param name="series">The series, [channels, length].</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="largestDilation">The largest dilation that kernels are used with.</param>
    /// <param name="buffer"><see cref="ScratchLength"/> elements, aligned; overwritten.</param>
    public static PaddedSeries Write(ReadOnlySpan<float> series, int channels, int largestDilation, float* buffer)
    {
        int length = series.Length / channels;
        int stride = Stride(length, largestDilation);
        int margin = Margin(largestDilation);
        for (int channel = 0; channel < channels; channel++)
        {
            var row = new Span<float>(buffer + ((long)channel * stride), stride);
            row[..margin].Clear();
            series.Slice(channel * length, length).CopyTo(row[margin..]);
            row[(margin + length)..].Clear();
        }

        return new PaddedSeries((nint)(buffer + margin), length, stride, RocketMagnitudes.AreUsual(series));
    }

    /// <summary>The dilation to work with in place of a larger one: from the series' length on, all taps but the middle one see zeros.</summary>
    /// <param name="dilation">The dilation.</param>
    /// <param name="length">The series' number of time steps.</param>
    public static int Effective(int dilation, int length) => Math.Min(dilation, length);

    /// <summary>The address of a channel's first value.</summary>
    public float* Channel(int channel) => (float*)Values + ((long)channel * ChannelStride);

    private static int Stride(int length, int largestDilation) => checked((2 * Margin(largestDilation)) + RoundUp(length) + WidestRegister);

    private static int Margin(int largestDilation) => RoundUp(MiniRocketKernels.Reach(largestDilation));

    private static int RoundUp(int length) => (length + WidestRegister - 1) & -WidestRegister;
}
