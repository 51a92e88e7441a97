using System.Runtime.CompilerServices;
using FastNets.Kernels;

namespace FastNets.Rocket;

/// <summary>A kernel's outputs at all positions of a series: what fitting takes biases from, and what explanations look at.</summary>
internal static unsafe class RocketConvolution
{
    /// <summary>Writes the outputs, with padding, summed over the channels of a combination in their order.</summary>
    /// <param name="series">The series.</param>
    /// <param name="channels">The channels of the combination.</param>
    /// <param name="dilation">The distance between two taps.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="output">The outputs; what is beyond the last one, up to the widest register, is overwritten too.</param>
    /// <param name="isa">The form; all give the same bits.</param>
    public static void Write(in PaddedSeries series, ReadOnlySpan<int> channels, int dilation, int kernel, float* output, Isa isa)
    {
        bool more = false;
        foreach (int channel in channels)
        {
            switch (isa)
            {
                case Isa.Vector512: Add<RocketLanes512>(series.Channel(channel), series.Length, dilation, kernel, more, output); break;
                case Isa.Vector256: Add<RocketLanes256>(series.Channel(channel), series.Length, dilation, kernel, more, output); break;
                case Isa.Vector128: Add<RocketLanes128>(series.Channel(channel), series.Length, dilation, kernel, more, output); break;
                default:
                    MiniRocketScalar.Convolve(series, channels, dilation, kernel, 0, new Span<float>(output, series.Length));
                    return;
            }

            more = true;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<TLanes>(float* x, int length, nint dilation, int kernel, bool more, float* output)
        where TLanes : struct, IRocketLanes<TLanes>
    {
        (int a, int b, int c) = MiniRocketKernels.TapsOf(kernel);
        TLanes three = TLanes.Create(3f);
        float* tap = x - (MiniRocketKernels.Centre * dilation);
        for (nint t = 0; t < length; t += TLanes.Count, tap += TLanes.Count)
        {
            TLanes sum = default(TLanes) - TLanes.Load(tap + (4 * dilation)) - TLanes.Load(tap) - TLanes.Load(tap + dilation) - TLanes.Load(tap + (2 * dilation))
                - TLanes.Load(tap + (3 * dilation)) - TLanes.Load(tap + (5 * dilation)) - TLanes.Load(tap + (6 * dilation)) - TLanes.Load(tap + (7 * dilation))
                - TLanes.Load(tap + (8 * dilation));
            sum = sum + (three * TLanes.Load(tap + (a * dilation))) + (three * TLanes.Load(tap + (b * dilation))) + (three * TLanes.Load(tap + (c * dilation)));
            if (more) sum = TLanes.Load(output + t) + sum;
            sum.Store(output + t);
        }
    }
}
