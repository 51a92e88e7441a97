using System.Runtime.CompilerServices;

namespace FastNets.Rocket;

/// <content>The outputs that change for series with several channels. Kernels differ in their channels, so they are summed one by one, positions in the lanes.</content>
internal sealed unsafe partial class MiniRocketSlide<TLanes>
{
    /// <summary>Sums the outputs of half of the kernels over the channels of their combinations, in their order.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void SumCombinations(int dilationIndex, int half, int* positions, int count)
    {
        float* outputs = _outputs;
        for (int group = 0; group < Groups; group++, outputs += count * TLanes.Count)
        {
            for (int lane = 0; lane < TLanes.Count; lane++)
            {
                int kernel = KernelOf(half, group, lane);
                (int a, int b, int c) = MiniRocketKernels.TapsOf(kernel);
                ReadOnlySpan<int> channels = _parameters.ChannelsOf(dilationIndex, kernel);
                if (count == RocketSlide.Unpadded.Length) SumUnpadded(channels, a, b, c);
                // A group of positions fits eight lanes; sixteen would only be loads that cross a cache line.
                else if (TLanes.Count > RocketLanes256.Count) SumPadded<RocketLanes256>(channels, a, b, c);
                else SumPadded<TLanes>(channels, a, b, c);
                for (int i = 0; i < count; i++) outputs[(i * TLanes.Count) + lane] = _sums[positions[i]];
            }
        }
    }

    // The channels are the outer loop: their number differs from kernel to kernel, which a processor does not foresee.

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SumPadded<T>(ReadOnlySpan<int> channels, int a, int b, int c)
        where T : struct, ISlideLanes<T>
    {
        for (int i = 0; i < RocketSlide.Group; i += T.Count)
        {
            float* first = _terms + (channels[0] * RocketSlide.TermsLength) + i;
            T rightNow = OutputsAt<T>(first + RocketSlide.RightNow, a, b, c), leftNow = OutputsAt<T>(first + RocketSlide.LeftNow, a, b, c);
            T leftBefore = OutputsAt<T>(first + RocketSlide.LeftBefore, a, b, c), rightBefore = OutputsAt<T>(first + RocketSlide.RightBefore, a, b, c);
            for (int channel = 1; channel < channels.Length; channel++)
            {
                float* at = _terms + (channels[channel] * RocketSlide.TermsLength) + i;
                rightNow += OutputsAt<T>(at + RocketSlide.RightNow, a, b, c);
                leftNow += OutputsAt<T>(at + RocketSlide.LeftNow, a, b, c);
                leftBefore += OutputsAt<T>(at + RocketSlide.LeftBefore, a, b, c);
                rightBefore += OutputsAt<T>(at + RocketSlide.RightBefore, a, b, c);
            }

            rightNow.Store(_sums + RocketSlide.RightNow + i);
            leftNow.Store(_sums + RocketSlide.LeftNow + i);
            leftBefore.Store(_sums + RocketSlide.LeftBefore + i);
            rightBefore.Store(_sums + RocketSlide.RightBefore + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SumUnpadded(ReadOnlySpan<int> channels, int a, int b, int c)
    {
        int addedAt = RocketSlide.Unpadded[0], removedAt = RocketSlide.Unpadded[1];
        SlideLane added = default, removed = default;
        foreach (int channel in channels)
        {
            float* at = _terms + (channel * RocketSlide.TermsLength);
            added += OutputsAt<SlideLane>(at + addedAt, a, b, c);
            removed += OutputsAt<SlideLane>(at + removedAt, a, b, c);
        }

        added.Store(_sums + addedAt);
        removed.Store(_sums + removedAt);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T OutputsAt<T>(float* position, int a, int b, int c)
        where T : struct, ISlideLanes<T>
        => T.Load(position + RocketSlide.Alphas) + T.Load(position + a) + T.Load(position + b) + T.Load(position + c);
}
