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

    /// <summary>Sums the outputs of half of the kernels at some positions.</summary>
    private void Sum(int dilationIndex, int half, ReadOnlySpan<int> positions)
    {
        fixed (int* first = positions)
        {
            if (_parameters.Channels > 1) SumCombinations(dilationIndex, half, first, positions.Length);
            else SumGroups(_series, _taps + (half * TapsOfKernel * Slots), first, positions.Length, _outputs);
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
                TLanes.Outputs(position + RocketSlide.Alphas, position + RocketSlide.Threes, first, second, third).Store(outputs);
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
            float* sums = _series + (_parameters.Channels * RocketSlide.Length);
            bool more = false;
            foreach (int channel in _parameters.ChannelsOf(dilationIndex, kernel))
            {
                AddChannel(_series + (channel * RocketSlide.Length), a, b, c, more, sums);
                more = true;
            }

            (int group, int lane) = Math.DivRem(slot, TLanes.Count);
            float* output = _outputs + (group * count * TLanes.Count) + lane;
            for (int i = 0; i < count; i++) output[i * TLanes.Count] = sums[positions[i]];
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void AddChannel(float* series, int a, int b, int c, bool more, float* sums)
    {
        float* alphas = series + RocketSlide.Alphas, threes = series + RocketSlide.Threes;
        for (int run = 0; run < RocketSlide.Arrays; run += RocketSlide.Stride)
        {
            for (int i = run; i < run + RocketSlide.Group; i += TLanes.Count)
            {
                TLanes output = TLanes.Load(alphas + i) + TLanes.Load(threes + i + a) + TLanes.Load(threes + i + b) + TLanes.Load(threes + i + c);
                if (more) output = TLanes.Load(sums + i) + output;
                output.Store(sums + i);
            }
        }
    }
}
