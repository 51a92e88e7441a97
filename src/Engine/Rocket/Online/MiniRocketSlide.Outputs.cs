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

    /// <summary>Sums the outputs of half of the kernels over the channels of their combinations, in their order: a kernel at a time, positions in the lanes.</summary>
    private void SumCombinations(int dilationIndex, int half, int* positions, int count)
    {
        float* outputs = _outputs;
        for (int group = 0; group < Groups; group++, outputs += count * TLanes.Count)
        {
            for (int lane = 0; lane < TLanes.Count; lane++)
            {
                int kernel = KernelOf(half, group, lane);
                bool more = false;
                foreach (int channel in _parameters.ChannelsOf(dilationIndex, kernel))
                {
                    AddChannel(_terms + (channel * RocketSlide.TermsLength), MiniRocketKernels.TapsOf(kernel), more, _sums);
                    more = true;
                }

                for (int i = 0; i < count; i++) outputs[(i * TLanes.Count) + lane] = _sums[positions[i]];
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void AddChannel(float* terms, (int A, int B, int C) taps, bool more, float* sums)
    {
        for (int run = 0; run < RocketSlide.Length; run += RocketSlide.Stride)
        {
            for (int i = run; i < run + RocketSlide.Group; i += TLanes.Count)
            {
                TLanes output = TLanes.Load(terms + RocketSlide.Alphas + i) + TLanes.Load(terms + i + taps.A) + TLanes.Load(terms + i + taps.B) + TLanes.Load(terms + i + taps.C);
                if (more) output = TLanes.Load(sums + i) + output;
                output.Store(sums + i);
            }
        }
    }
}
