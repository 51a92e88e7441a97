using System.Runtime.CompilerServices;

namespace FastNets.Rocket;

/// <content>The outputs that change: group after group, a register a position.</content>
internal sealed unsafe partial class MiniRocketSlide<TLanes>
{
    private const int TapsOfKernel = 3;

    /// <summary>Writes which taps kernels have, as <see cref="ISlideLanes{TSelf}.Outputs"/> takes them: for each half and group a register of first taps, one of second taps and one of third taps.</summary>
    private static void WriteTaps(int* taps)
    {
        for (int half = 0; half < Halves; half++)
        {
            for (int group = 0; group < Groups; group++, taps += TapsOfKernel * TLanes.Count)
            {
                for (int lane = 0; lane < TLanes.Count; lane++)
                {
                    (taps[lane], taps[TLanes.Count + lane], int third) = MiniRocketKernels.TapsOf(KernelOf(half, group, lane));
                    taps[(2 * TLanes.Count) + lane] = third - 1;
                }
            }
        }
    }

    /// <summary>Sums the outputs of half of the kernels at some positions.</summary>
    private void Sum(int dilationIndex, int half, ReadOnlySpan<int> positions)
    {
        fixed (int* first = positions)
        {
            if (_parameters.Channels > 1) SumCombinations(dilationIndex, half, first, positions.Length);
            else SumGroups(_terms, _taps + (half * TapsOfKernel * Slots), first, positions.Length, _outputs);
        }
    }

    /// <summary>Sums the outputs of half of the kernels for univariate series.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SumGroups(float* terms, float* taps, int* positions, int count, float* outputs)
    {
        for (int group = 0; group < Groups; group++, taps += TapsOfKernel * TLanes.Count)
        {
            TLanes first = TLanes.Load(taps), second = TLanes.Load(taps + TLanes.Count), third = TLanes.Load(taps + (2 * TLanes.Count));
            for (int i = 0; i < count; i++, outputs += TLanes.Count)
            {
                float* position = terms + positions[i];
                TLanes.Outputs(position + RocketSlide.Alphas, position, first, second, third).Store(outputs);
            }
        }
    }
}
