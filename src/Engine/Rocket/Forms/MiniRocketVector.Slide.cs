using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FastNets.Rocket;

/// <content>What one more step changes: the same sums as those of a block, over the few outputs that differ.</content>
internal sealed unsafe partial class MiniRocketVector<TLanes>
{
    // The outputs that are added, then those that are taken away, each with room before it for a register of the only one that a kernel without padding sees.
    private const int SlideRoom = PaddedSeries.WidestRegister;
    private const int RemovedAt = 2 * SlideRoom;
    private const int SlideStride = 5 * SlideRoom;
    private const int SlideChannelStride = RocketTerms<TLanes>.Arrays * SlideStride;

    /// <inheritdoc/>
    public override int SlideScratchLength => (Parameters.Channels * SlideChannelStride) + SlideStride;

    /// <inheritdoc/>
    public override void Slide(float* gathered, int dilationIndex, float* scratch, int* counts)
    {
        float* terms = scratch + SlideRoom;
        for (int channel = 0; channel < Parameters.Channels; channel++)
        {
            float* series = gathered + (channel * RocketSlide.Count * RocketSlide.Stride);
            float* own = terms + (channel * SlideChannelStride);
            WriteSlide(series, RocketSlide.RightNow, 0, RocketSlide.Group, own);
            WriteSlide(series, RocketSlide.LeftNow, 1, RocketSlide.Group - 1, own + RocketSlide.Group);
            RocketTerms<TLanes>.Bury(own + RocketSlide.Outputs, SlideStride);
            WriteSlide(series, RocketSlide.LeftBefore, 0, RocketSlide.Group, own + RemovedAt);
            WriteSlide(series, RocketSlide.RightBefore, 0, RocketSlide.Group - 1, own + RemovedAt + RocketSlide.Group);
            RocketTerms<TLanes>.Bury(own + RemovedAt + RocketSlide.Outputs, SlideStride);
            RocketTerms<TLanes>.MaskFirst(own, SlideStride, at: 0, kept: 1);
            RocketTerms<TLanes>.MaskFirst(own + RemovedAt, SlideStride, at: RocketSlide.Group - 1, kept: 1);
        }

        fixed (float* biases = &_biases[Parameters.FirstFeatureOf(dilationIndex)])
            SlideKernels(dilationIndex, terms, biases, Parameters.FeaturesPerDilation[dilationIndex], counts);
    }

    private static void WriteSlide(float* series, int which, int skipped, int positions, float* terms)
        => RocketTerms<TLanes>.Write(series + (which * RocketSlide.Stride) + RocketSlide.First + skipped, 1, positions, terms, SlideStride);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void SlideKernels(int dilationIndex, float* terms, float* biases, int features, int* counts)
    {
        float* output = terms + (Parameters.Channels * SlideChannelStride);
        int countStride = CountStride(features);
        for (int kernel = 0; kernel < MiniRocketKernels.Count; kernel++, biases += features, counts += countStride)
        {
            int start = 0, length = RoundUp(RocketSlide.Outputs);
            if (!Parameters.IsPadded(dilationIndex, kernel))
            {
                start = -TLanes.Count;
                length = TLanes.Count;
            }

            ReadOnlySpan<int> channels = Parameters.ChannelsOf(dilationIndex, kernel);
            SumSlide(terms + start, channels, kernel, length, output);
            SumSlide(terms + start + RemovedAt, channels, kernel, length, output + RemovedAt);
            int done = 0;
            if (TLanes.HasManyRegisters)
            {
                for (; features - done > 4; done += 8) Slide8(output, length, biases + done, counts + done);
            }

            for (; done < features; done += 4) Slide4(output, length, biases + done, counts + done);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumSlide(float* terms, ReadOnlySpan<int> channels, int kernel, nint length, float* output)
    {
        (int a, int b, int c) = MiniRocketKernels.TapsOf(kernel);
        int first = RocketTerms<TLanes>.FirstOffset(a, SlideStride), second = RocketTerms<TLanes>.OtherOffset(b, SlideStride), third = RocketTerms<TLanes>.OtherOffset(c, SlideStride);
        for (nint t = 0; t < length; t += TLanes.Count)
        {
            float* channel = terms + (channels[0] * SlideChannelStride);
            TLanes sum = new SummedOutput<TLanes>(channel + first, channel + second, channel + third).At(t);
            for (int i = 1; i < channels.Length; i++)
            {
                channel = terms + (channels[i] * SlideChannelStride);
                sum += new SummedOutput<TLanes>(channel + first, channel + second, channel + third).At(t);
            }

            sum.Store(output + t);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Slide8(float* output, nint length, float* biases, int* counts)
    {
        TLanes b0 = TLanes.Create(biases[0]), b1 = TLanes.Create(biases[1]), b2 = TLanes.Create(biases[2]), b3 = TLanes.Create(biases[3]);
        TLanes b4 = TLanes.Create(biases[4]), b5 = TLanes.Create(biases[5]), b6 = TLanes.Create(biases[6]), b7 = TLanes.Create(biases[7]);
        TLanes n0 = default, n1 = default, n2 = default, n3 = default, n4 = default, n5 = default, n6 = default, n7 = default;
        for (nint t = 0; t < length; t += TLanes.Count)
        {
            TLanes added = TLanes.Load(output + t), removed = TLanes.Load(output + RemovedAt + t);
            n0 = Change(n0, added, removed, b0);
            n1 = Change(n1, added, removed, b1);
            n2 = Change(n2, added, removed, b2);
            n3 = Change(n3, added, removed, b3);
            n4 = Change(n4, added, removed, b4);
            n5 = Change(n5, added, removed, b5);
            n6 = Change(n6, added, removed, b6);
            n7 = Change(n7, added, removed, b7);
        }

        TLanes.AddSums(n0, n1, n2, n3, n4, n5, n6, n7, counts, counts + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Slide4(float* output, nint length, float* biases, int* counts)
    {
        TLanes b0 = TLanes.Create(biases[0]), b1 = TLanes.Create(biases[1]), b2 = TLanes.Create(biases[2]), b3 = TLanes.Create(biases[3]);
        TLanes n0 = default, n1 = default, n2 = default, n3 = default;
        for (nint t = 0; t < length; t += TLanes.Count)
        {
            TLanes added = TLanes.Load(output + t), removed = TLanes.Load(output + RemovedAt + t);
            n0 = Change(n0, added, removed, b0);
            n1 = Change(n1, added, removed, b1);
            n2 = Change(n2, added, removed, b2);
            n3 = Change(n3, added, removed, b3);
        }

        (Vector128.LoadAligned(counts) + TLanes.Sums(n0, n1, n2, n3)).StoreAligned(counts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Change(TLanes counts, TLanes added, TLanes removed, TLanes bias)
        => TLanes.DiscountAbove(TLanes.CountAbove(counts, added, bias), removed, bias);
}
