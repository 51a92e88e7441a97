using System.Runtime.CompilerServices;

namespace FastNets.Rocket;

/// <content>The outputs that change: group after group, a register a position.</content>
internal sealed unsafe partial class MiniRocketSlide<TLanes>
{
    private const int TapsOfKernel = 3;

    /// <summary>Writes which taps kernels have, as <see cref="ISlideLanes{TSelf}.Outputs"/> takes them: for each half and group a register of first taps, one of second taps and one of third taps.</summary>
    private static void WriteTaps(int* taps)
    {
        for (int half = 0; half < Halves; half++, taps += TapsOfKernel * Slots)
        {
            for (int slot = 0; slot < Slots; slot++)
            {
                (int group, int lane) = Math.DivRem(slot, TLanes.Count);
                int* own = taps + (group * TapsOfKernel * TLanes.Count) + lane;
                (own[0], own[TLanes.Count], int third) = MiniRocketKernels.TapsOf(KernelOf(half, slot));
                own[2 * TLanes.Count] = third - 1;
            }
        }
    }

    /// <summary>Sums the outputs of half of the kernels for univariate series.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SumGroups(float* series, float* taps, int* positions, int count, float* outputs)
    {
        for (int group = 0; group < Groups; group++, taps += TapsOfKernel * TLanes.Count)
        {
            TLanes first = TLanes.Load(taps), second = TLanes.Load(taps + TLanes.Count), third = TLanes.Load(taps + (2 * TLanes.Count));
            for (int i = 0; i < count; i++, outputs += TLanes.Count)
            {
                float* position = series + positions[i];
                TLanes.Outputs(position[RocketSlide.Alphas], position + RocketSlide.Threes, first, second, third).Store(outputs);
            }
        }
    }

    /// <summary>Sums the outputs of half of the kernels over the channels of their combinations, in their order.</summary>
    private void SumCombinations(int dilationIndex, int half, int* positions, int count)
    {
        for (int slot = 0; slot < Slots; slot++)
        {
            int kernel = KernelOf(half, slot);
            (int a, int b, int c) = MiniRocketKernels.TapsOf(kernel);
            (int group, int lane) = Math.DivRem(slot, TLanes.Count);
            float* output = _outputs + (group * count * TLanes.Count) + lane;
            ReadOnlySpan<int> channels = _parameters.ChannelsOf(dilationIndex, kernel);
            for (int i = 0; i < count; i++, output += TLanes.Count)
            {
                float sum = 0;
                foreach (int channel in channels)
                {
                    float* position = _series + (channel * RocketSlide.Length) + positions[i];
                    float* taps = position + RocketSlide.Threes;
                    sum += position[RocketSlide.Alphas] + taps[a] + taps[b] + taps[c];
                }

                *output = sum;
            }
        }
    }
}
