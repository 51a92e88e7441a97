using System.Runtime.CompilerServices;

namespace FastNets.Rocket;

/// <summary>The terms that kernels' outputs are sums of, for a block of positions of one channel.</summary>
/// <remarks>
/// With <c>alpha</c> the sum of <c>-x</c> over the nine taps, an output is <c>((alpha + 3x_a) + 3x_b) + 3x_c</c>. Kept are
/// <c>3x</c> for each tap but the first, and <c>alpha + 3x</c> for each tap that can be the first of three. Each array has room before the
/// block for one more register, see <see cref="MaskFirst"/>.
/// </remarks>
/// <typeparam name="TLanes">The registers.</typeparam>
internal static unsafe class RocketTerms<TLanes>
    where TLanes : struct, IRocketLanes<TLanes>
{
    /// <summary>Room before the block, and behind it.</summary>
    public const int Margin = PaddedSeries.WidestRegister;

    /// <summary>The number of arrays.</summary>
    public const int Arrays = MiniRocketKernels.Length - 1 + MiniRocketKernels.FirstTaps;

    private const int FirstTerms = MiniRocketKernels.Length - 1;

    /// <summary>The number of terms of an output.</summary>
    public const int OfOutput = 3;

    /// <summary>Where the terms of each kernel's outputs begin, three a kernel.</summary>
    /// <param name="stride">The distance between two arrays.</param>
    public static int[] Offsets(int stride)
    {
        int[] offsets = new int[OfOutput * MiniRocketKernels.Count];
        for (int kernel = 0; kernel < MiniRocketKernels.Count; kernel++)
        {
            (int a, int b, int c) = MiniRocketKernels.TapsOf(kernel);
            offsets[OfOutput * kernel] = (FirstTerms + a) * stride;
            offsets[(OfOutput * kernel) + 1] = (b - 1) * stride;
            offsets[(OfOutput * kernel) + 2] = (c - 1) * stride;
        }

        return offsets;
    }

    /// <summary>Writes the terms of consecutive positions; what is written beyond the last one, up to a register, is to be written over.</summary>
    /// <param name="x">The address of the first position's value.</param>
    /// <param name="dilation">The distance between two taps.</param>
    /// <param name="positions">The number of positions.</param>
    /// <param name="terms">The first array, at the first position.</param>
    /// <param name="stride">The distance between two arrays.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Write(float* x, nint dilation, int positions, float* terms, nint stride)
    {
        TLanes three = TLanes.Create(3f);
        float* tap = x - (MiniRocketKernels.Centre * dilation);
        float* first = terms + (FirstTerms * stride);
        for (nint t = 0; t < positions; t += TLanes.Count, tap += TLanes.Count, terms += TLanes.Count, first += TLanes.Count)
        {
            TLanes x0 = TLanes.Load(tap), x1 = TLanes.Load(tap + dilation), x2 = TLanes.Load(tap + (2 * dilation));
            TLanes x3 = TLanes.Load(tap + (3 * dilation)), x4 = TLanes.Load(tap + (4 * dilation)), x5 = TLanes.Load(tap + (5 * dilation));
            TLanes x6 = TLanes.Load(tap + (6 * dilation)), x7 = TLanes.Load(tap + (7 * dilation)), x8 = TLanes.Load(tap + (8 * dilation));
            TLanes alpha = default(TLanes) - x4 - x0 - x1 - x2 - x3 - x5 - x6 - x7 - x8;
            (alpha + (three * x0)).Store(first);
            Both(three * x1, alpha, terms, first + stride);
            Both(three * x2, alpha, terms + stride, first + (2 * stride));
            Both(three * x3, alpha, terms + (2 * stride), first + (3 * stride));
            Both(three * x4, alpha, terms + (3 * stride), first + (4 * stride));
            Both(three * x5, alpha, terms + (4 * stride), first + (5 * stride));
            Both(three * x6, alpha, terms + (5 * stride), first + (6 * stride));
            (three * x7).Store(terms + (6 * stride));
            (three * x8).Store(terms + (7 * stride));
        }
    }

    /// <summary>Makes the outputs from a position on, one register of them, so low that they exceed no bias.</summary>
    /// <remarks>All their terms are written: added to what the memory happens to hold, minus infinity might become an undefined number, of either sign.</remarks>
    /// <param name="terms">The first array, at the position.</param>
    /// <param name="stride">The distance between two arrays.</param>
    public static void Bury(float* terms, int stride)
    {
        for (int i = 0; i < Arrays; i++) TLanes.Create(i < FirstTerms ? 0f : float.NegativeInfinity).Store(terms + (i * stride));
    }

    /// <summary>Copies a register of all terms to the room before the block, and there makes outputs beyond the first ones so low that they exceed no bias.</summary>
    /// <param name="terms">The first array, at the block's begin.</param>
    /// <param name="stride">The distance between two arrays.</param>
    /// <param name="at">The position in the block of what is copied.</param>
    /// <param name="kept">How many outputs stay as they are.</param>
    public static void MaskFirst(float* terms, int stride, int at, int kept)
    {
        for (int i = 0; i < Arrays; i++)
        {
            float* target = terms + (i * stride) - TLanes.Count;
            TLanes.Load(terms + (i * stride) + at).Store(target);
            if (i >= FirstTerms) new Span<float>(target + kept, TLanes.Count - kept).Fill(float.NegativeInfinity);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Both(TLanes value, TLanes alpha, float* other, float* first)
    {
        value.Store(other);
        (alpha + value).Store(first);
    }
}
