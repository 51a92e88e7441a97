using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace FastNets.Rocket;

/// <content>What one more step changes. The outputs that differ are few and the biases are many, so here a register holds biases, and each output is compared with all of them.</content>
internal sealed unsafe partial class MiniRocketVector<TLanes>
{
    // The outputs that are added, then those that are taken away.
    private const int RemovedAt = 2 * PaddedSeries.WidestRegister;
    private const int SlideStride = 2 * RemovedAt;
    private const int SlideChannelStride = RocketTerms<TLanes>.Arrays * SlideStride;

    // Each dilation's biases, those of a kernel in whole registers; beyond a kernel's own stands infinity, which nothing exceeds.
    private readonly Lazy<float[][]> _slideBiases;

    /// <inheritdoc/>
    public override int SlideScratchLength => (Parameters.Channels * SlideChannelStride) + SlideStride;

    /// <inheritdoc/>
    public override void PrepareSlide() => _ = _slideBiases.Value;

    /// <inheritdoc/>
    public override void Slide(float* gathered, int dilationIndex, float* scratch, int* counts)
    {
        for (int channel = 0; channel < Parameters.Channels; channel++)
        {
            float* series = gathered + (channel * RocketSlide.Count * RocketSlide.Stride);
            float* terms = scratch + (channel * SlideChannelStride);
            WriteSlide(series, RocketSlide.RightNow, 0, RocketSlide.Group, terms);
            WriteSlide(series, RocketSlide.LeftNow, 1, RocketSlide.Group - 1, terms + RocketSlide.Group);
            WriteSlide(series, RocketSlide.LeftBefore, 0, RocketSlide.Group, terms + RemovedAt);
            WriteSlide(series, RocketSlide.RightBefore, 0, RocketSlide.Group - 1, terms + RemovedAt + RocketSlide.Group);
        }

        int features = Parameters.FeaturesPerDilation[dilationIndex];
        fixed (float* biases = _slideBiases.Value[dilationIndex])
        {
            if (features <= RocketLanes128.Count) SlideKernels<RocketLanes128>(dilationIndex, scratch, biases, features, counts);
            else if (features <= RocketLanes256.Count && Avx2.IsSupported) SlideKernels<RocketLanes256>(dilationIndex, scratch, biases, features, counts);
            else SlideKernels<TLanes>(dilationIndex, scratch, biases, features, counts);
        }
    }

    private static void WriteSlide(float* series, int which, int skipped, int positions, float* terms)
        => RocketTerms<TLanes>.Write(series + (which * RocketSlide.Stride) + RocketSlide.First + skipped, 1, positions, terms, SlideStride);

    private static float[][] MakeSlideBiases(MiniRocketParameters parameters)
    {
        var tables = new float[parameters.Dilations.Length][];
        for (int d = 0; d < tables.Length; d++)
        {
            int features = parameters.FeaturesPerDilation[d];
            int stride = SlideBiasStride(features);
            tables[d] = new float[MiniRocketKernels.Count * stride];
            Array.Fill(tables[d], float.PositiveInfinity);
            for (int kernel = 0; kernel < MiniRocketKernels.Count; kernel++)
                parameters.BiasesOf(d).Slice(kernel * features, features).CopyTo(tables[d].AsSpan(kernel * stride));
        }

        return tables;
    }

    // Whole registers of the width that Slide chooses; a multiple of sixteen is one of every width.
    private static int SlideBiasStride(int features)
        => features <= RocketLanes128.Count ? RocketLanes128.Count
            : features <= RocketLanes256.Count ? RocketLanes256.Count
            : (features + PaddedSeries.WidestRegister - 1) & -PaddedSeries.WidestRegister;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void SlideKernels<TBiases>(int dilationIndex, float* terms, float* biases, int features, int* counts)
        where TBiases : struct, IRocketLanes<TBiases>
    {
        bool several = Parameters.Channels > 1;
        bool alwaysPads = Parameters.AlwaysPads;
        float* output = terms + (Parameters.Channels * SlideChannelStride);
        int biasStride = SlideBiasStride(features), countStride = CountStride(features);
        fixed (int* offsets = _slideOffsets)
        {
            int* own = offsets;
            for (int kernel = 0; kernel < MiniRocketKernels.Count; kernel++, own += Terms, biases += biasStride, counts += countStride)
            {
                bool padded = alwaysPads || MiniRocketKernels.IsPadded(dilationIndex, kernel);
                float* removed = output + RemovedAt;
                if (several) SumChannels(terms, Parameters.ChannelsOf(dilationIndex, kernel), own, output);
                else if (padded) SumAll(terms, own, output);
                else
                {
                    // Without padding: one output each, the first and the last of their groups.
                    new SummedOutput<TLanes>(terms + own[0], terms + own[1], terms + own[2]).At(0).Store(output);
                    new SummedOutput<TLanes>(terms + own[0], terms + own[1], terms + own[2]).At(RemovedAt + RocketSlide.Group - 1).Store(removed + RocketSlide.Group - 1);
                }

                if (padded)
                {
                    for (int i = 0; i < features; i += TBiases.Count) ChangeAll<TBiases>(output, removed, biases + i, counts + i);
                }
                else
                {
                    for (int i = 0; i < features; i += TBiases.Count)
                    {
                        TBiases bias = TBiases.Load(biases + i);
                        TBiases count = TBiases.CountAbove(TBiases.Load((float*)(counts + i)), TBiases.Create(output[0]), bias);
                        TBiases.DiscountAbove(count, TBiases.Create(removed[RocketSlide.Group - 1]), bias).Store((float*)(counts + i));
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumAll(float* terms, int* offsets, float* output)
    {
        var source = new SummedOutput<TLanes>(terms + offsets[0], terms + offsets[1], terms + offsets[2]);
        for (nint t = 0; t < RocketSlide.Outputs; t += TLanes.Count)
        {
            source.At(t).Store(output + t);
            source.At(RemovedAt + t).Store(output + RemovedAt + t);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumChannels(float* terms, ReadOnlySpan<int> channels, int* offsets, float* output)
    {
        SumAll(terms + (channels[0] * SlideChannelStride), offsets, output);
        for (int i = 1; i < channels.Length; i++)
        {
            float* channel = terms + (channels[i] * SlideChannelStride);
            var source = new SummedOutput<TLanes>(channel + offsets[0], channel + offsets[1], channel + offsets[2]);
            for (nint t = 0; t < RocketSlide.Outputs; t += TLanes.Count)
            {
                (TLanes.Load(output + t) + source.At(t)).Store(output + t);
                (TLanes.Load(output + RemovedAt + t) + source.At(RemovedAt + t)).Store(output + RemovedAt + t);
            }
        }
    }

    /// <summary>Counts the outputs that are added, and discounts those that are taken away, for a register of biases.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ChangeAll<TBiases>(float* added, float* removed, float* biases, int* counts)
        where TBiases : struct, IRocketLanes<TBiases>
    {
        // Two sums, so that additions need not wait for one another; nine of each, written out.
        TBiases bias = TBiases.Load(biases);
        TBiases more = TBiases.Load((float*)counts), less = default;
        more = TBiases.CountAbove(more, TBiases.Create(added[0]), bias);
        less = TBiases.DiscountAbove(less, TBiases.Create(removed[0]), bias);
        more = TBiases.CountAbove(more, TBiases.Create(added[1]), bias);
        less = TBiases.DiscountAbove(less, TBiases.Create(removed[1]), bias);
        more = TBiases.CountAbove(more, TBiases.Create(added[2]), bias);
        less = TBiases.DiscountAbove(less, TBiases.Create(removed[2]), bias);
        more = TBiases.CountAbove(more, TBiases.Create(added[3]), bias);
        less = TBiases.DiscountAbove(less, TBiases.Create(removed[3]), bias);
        more = TBiases.CountAbove(more, TBiases.Create(added[4]), bias);
        less = TBiases.DiscountAbove(less, TBiases.Create(removed[4]), bias);
        more = TBiases.CountAbove(more, TBiases.Create(added[5]), bias);
        less = TBiases.DiscountAbove(less, TBiases.Create(removed[5]), bias);
        more = TBiases.CountAbove(more, TBiases.Create(added[6]), bias);
        less = TBiases.DiscountAbove(less, TBiases.Create(removed[6]), bias);
        more = TBiases.CountAbove(more, TBiases.Create(added[7]), bias);
        less = TBiases.DiscountAbove(less, TBiases.Create(removed[7]), bias);
        more = TBiases.CountAbove(more, TBiases.Create(added[8]), bias);
        less = TBiases.DiscountAbove(less, TBiases.Create(removed[8]), bias);
        TBiases.AddWhole(more, less).Store((float*)counts);
    }
}
