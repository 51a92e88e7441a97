using System.Runtime.CompilerServices;

namespace FastNets.Rocket;

/// <summary>What kernels see change with one dilation when a window of time moves on by one step.</summary>
/// <remarks>
/// <para>The window drops its first step, at time s, and takes a new one, at time e. With dilation d only these outputs differ, 4d being how far a kernel reaches:
/// those at e, e - d, ... e - 4d, which see the new step (the first of them is new itself), and those at s, s + d, ... s + 4d, which saw the old one. As the window is
/// longer than a kernel the two groups have nothing in common. Both are runs of positions d apart, and so are all steps that they see; gathered
/// side by side they are short series with dilation 1.</para>
/// <para>A kernel without padding gains the output at e - 4d and loses that at s + 4d. These see no zeros. The other eight that are added do, and change again
/// d steps later: those that are taken away are, one by one, the eight that were added d steps before. So where a count of these was kept, it is all that has to be taken away.</para>
/// </remarks>
internal static unsafe class RocketSlide
{
    /// <summary>The outputs that are added and that zeros beyond the window's ends are part of; they come first.</summary>
    public const int Edges = 2 * MiniRocketKernels.Centre;

    /// <summary>The output that is added and sees no zeros, behind the edges.</summary>
    public const int Added = Edges;

    /// <summary>The output that is taken away and saw no zeros.</summary>
    public const int Removed = Edges + 1;

    /// <summary>The outputs that are taken away and that zeros were part of: all behind this one.</summary>
    public const int RemovedEdges = Edges + 2;

    /// <summary>The numbers that a channel's short series take.</summary>
    public const int Length = Series * Stride;

    /// <summary>The numbers that their terms take: the steps times three, then for each position alpha, the sum of <c>-x</c> over the nine taps, the middle one first.</summary>
    public const int TermsLength = 2 * Length;

    /// <summary>Where the alphas are.</summary>
    public const int Alphas = Length;

    /// <summary>The positions of a group: one a tap from the middle to the end.</summary>
    public const int Group = MiniRocketKernels.Centre + 1;

    /// <summary>The distance between two short series, with room for registers that reach beyond one. A position is where its first tap is.</summary>
    public const int Stride = 2 * PaddedSeries.WidestRegister;

    private const int Series = 4;
    private const int Last = MiniRocketKernels.Length - 1;
    private const int First = MiniRocketKernels.Centre;

    /// <summary>The right end as it is: positions e - 4d to e.</summary>
    public const int RightNow = 0;

    /// <summary>The left end as it is: positions s (no longer in the window) to s + 4d.</summary>
    public const int LeftNow = Stride;

    /// <summary>The left end as it was.</summary>
    public const int LeftBefore = 2 * Stride;

    /// <summary>The right end as it was: positions e - 4d to e (not yet in the window).</summary>
    public const int RightBefore = 3 * Stride;

    /// <summary>Where the positions are whose outputs change for a padded kernel.</summary>
    public static ReadOnlySpan<int> Padded =>
    [
        RightNow + 1, RightNow + 2, RightNow + 3, RightNow + 4, LeftNow + 1, LeftNow + 2, LeftNow + 3, LeftNow + 4, RightNow, LeftBefore + 4,
        LeftBefore, LeftBefore + 1, LeftBefore + 2, LeftBefore + 3, RightBefore, RightBefore + 1, RightBefore + 2, RightBefore + 3,
    ];

    /// <summary>Those of them that remain where it is remembered how many of the edges exceeded a bias when they were added.</summary>
    public static ReadOnlySpan<int> Remembered => Padded[..RemovedEdges];

    /// <summary>Those without padding: one that is added, one that is taken away.</summary>
    public static ReadOnlySpan<int> Unpadded => Padded[Added..RemovedEdges];

    /// <summary>Gathers the steps around both ends of a channel's window.</summary>
    /// <param name="start">The address of the step that the window drops.</param>
    /// <param name="end">The address of the new step.</param>
    /// <param name="dilation">The dilation.</param>
    /// <param name="series">The short series, <see cref="Length"/> numbers, zeros where they were never written; overwritten.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Gather(float* start, float* end, nint dilation, float* series)
    {
        // What lies outside the window stays zero.
        float* right = end - (Last * dilation);
        float* left = start + dilation;
        series[LeftBefore + First] = *start;
        for (nint i = 0; i < Last; i++, right += dilation, left += dilation)
        {
            series[RightNow + i] = series[RightBefore + i] = *right;
            series[LeftNow + First + 1 + i] = series[LeftBefore + First + 1 + i] = *left;
        }

        series[RightNow + Last] = *end;
    }

    /// <summary>Writes the terms of all positions of the short series.</summary>
    /// <param name="series">The short series.</param>
    /// <param name="remembered">Whether those of <see cref="Remembered"/> suffice.</param>
    /// <param name="terms">The terms, <see cref="TermsLength"/> numbers; overwritten.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void WriteTerms<TLanes>(float* series, bool remembered, float* terms)
        where TLanes : struct, ISlideLanes<TLanes>
    {
        TLanes three = TLanes.Create(3f);
        int end = remembered ? RightBefore : Length;
        for (int run = 0; run < end; run += Stride)
        {
            for (int i = run; i < run + Group + Last; i += TLanes.Count) (three * TLanes.Load(series + i)).Store(terms + i);
            for (int i = run; i < run + Group; i += TLanes.Count)
            {
                float* tap = series + i;
                TLanes alpha = default(TLanes) - TLanes.Load(tap + 4) - TLanes.Load(tap) - TLanes.Load(tap + 1) - TLanes.Load(tap + 2) - TLanes.Load(tap + 3)
                    - TLanes.Load(tap + 5) - TLanes.Load(tap + 6) - TLanes.Load(tap + 7) - TLanes.Load(tap + 8);
                alpha.Store(terms + Alphas + i);
            }
        }
    }
}
