using System.Runtime.CompilerServices;

namespace FastNets.Rocket;

/// <summary>The transform with registers of several numbers.</summary>
/// <remarks>
/// Positions are worked on in blocks whose terms stay in the first-level cache. Where half of the kernels is used without padding, a
/// dilation's positions are taken in another order than time's: first those where a kernel fits within the series, which all kernels count, then
/// those at the edges. So each kernel counts one run of positions from the block's begin, without a mask within it.
/// </remarks>
/// <typeparam name="TLanes">The registers.</typeparam>
internal sealed unsafe class MiniRocketVector<TLanes> : MiniRocketForm
    where TLanes : struct, IRocketLanes<TLanes>
{
    private const int LargestBlock = 384;
    private const int SmallestBlock = 64;

    private const int Terms = RocketTerms<TLanes>.OfOutput;

    // The counts of a kernel of up to four features.
    private const int LeastCountStride = 4;

    private readonly int _block;
    private readonly bool _usualBiases;
    private readonly float[] _biases;
    private readonly int[] _termOffsets;

    /// <summary>Prepares the form.</summary>
    /// <param name="parameters">The parameters.</param>
    public MiniRocketVector(MiniRocketParameters parameters)
        : base(parameters)
    {
        // With more channels smaller blocks, as long as that keeps their terms near.
        _block = Math.Clamp(LargestBlock / parameters.Channels & -PaddedSeries.WidestRegister, SmallestBlock, LargestBlock);
        _biases = [.. parameters.Biases, .. new float[RocketCounter<TLanes, AnyValues>.MostBiasesBeyond]];
        _usualBiases = RocketMagnitudes.AreUsual(_biases);
        _termOffsets = RocketTerms<TLanes>.Offsets(ArrayStride);
    }

    private int ArrayStride => _block + (2 * RocketTerms<TLanes>.Margin);

    private int ChannelStride => RocketTerms<TLanes>.Arrays * ArrayStride;

    /// <inheritdoc/>
    public override int ScratchLength => (Parameters.Channels * ChannelStride) + ArrayStride;

    /// <inheritdoc/>
    public override void Count(in PaddedSeries series, int dilationIndex, int firstKernel, int kernels, float* scratch, int* counts)
    {
        if (_usualBiases && series.IsUsual) Count<UsualValues>(series, dilationIndex, firstKernel, kernels, scratch, counts);
        else Count<AnyValues>(series, dilationIndex, firstKernel, kernels, scratch, counts);
    }

    private void Count<TValues>(in PaddedSeries series, int dilationIndex, int firstKernel, int kernels, float* scratch, int* counts)
        where TValues : struct, IRocketValues
    {
        int features = Parameters.FeaturesPerDilation[dilationIndex];
        new Span<int>(counts, kernels * CountStride(features)).Clear();

        int inner = Parameters.InteriorOf(dilationIndex, series.Length);
        float* terms = scratch + RocketTerms<TLanes>.Margin;
        fixed (float* biases = &_biases[Parameters.FirstFeatureOf(dilationIndex)])
        {
            for (int at = 0; at < series.Length; at += _block)
            {
                int positions = Math.Min(_block, series.Length - at);
                int interior = Math.Clamp(inner - at, 0, positions);
                for (int channel = 0; channel < Parameters.Channels; channel++)
                    WriteTerms(series.Channel(channel), series.Length, inner, at, positions, PaddedSeries.Effective(Parameters.Dilations[dilationIndex], series.Length), terms + (channel * ChannelStride));

                // The last register of the interior holds edge positions too: kernels without padding start with a copy of it that lacks them.
                int start = 0, end = RoundUp(interior);
                if (interior < positions && interior % TLanes.Count != 0)
                {
                    start = -TLanes.Count;
                    end = interior & -TLanes.Count;
                    for (int channel = 0; channel < Parameters.Channels; channel++)
                        RocketTerms<TLanes>.MaskFirst(terms + (channel * ChannelStride), ArrayStride, end, interior - end);
                }

                int padded = (dilationIndex + firstKernel) & 1;
                bool all = Parameters.AlwaysPads;
                CountKernels<TValues>(dilationIndex, firstKernel, kernels, padded, terms, RoundUp(positions), biases, features, counts);
                if (all) CountKernels<TValues>(dilationIndex, firstKernel, kernels, 1 - padded, terms, RoundUp(positions), biases, features, counts);
                else if (interior > 0) CountKernels<TValues>(dilationIndex, firstKernel, kernels, 1 - padded, terms + start, end - start, biases, features, counts);
            }
        }
    }

    /// <summary>Writes the terms of a block's positions: of the interior, then of the left edge, then of the right one.</summary>
    private void WriteTerms(float* x, int length, int inner, int at, int positions, int dilation, float* terms)
    {
        int edge = (length - inner) / 2;
        int done = 0;
        Run(edge, 0, inner);
        Run(0, inner, edge);
        Run(length - edge, inner + edge, edge);
        if (positions % TLanes.Count != 0) RocketTerms<TLanes>.Bury(terms + positions, ArrayStride);

        // The part of a run of positions, which starts at 'order' in the order of work, that falls into the block.
        void Run(int time, int order, int count)
        {
            int from = Math.Max(order, at);
            int to = Math.Min(order + count, at + positions);
            if (from >= to) return;
            RocketTerms<TLanes>.Write(x + time + (from - order), dilation, to - from, terms + done, ArrayStride);
            done += to - from;
        }
    }

    /// <summary>Counts for every second kernel over one run of positions.</summary>
    private void CountKernels<TValues>(int dilationIndex, int firstKernel, int kernels, int offset, float* terms, nint length, float* biases, int features, int* counts)
        where TValues : struct, IRocketValues
    {
        fixed (int* offsets = _termOffsets)
        {
            int first = firstKernel + offset;
            int* ownCounts = counts + (offset * CountStride(features));
            int count = (kernels - offset + 1) / 2;
            if (Parameters.Channels > 1) CountCombinations<TValues>(dilationIndex, first, count, terms, length, biases, features, ownCounts);
            else if (features <= LeastCountStride) CountPairs<TValues>(offsets + (Terms * first), count, terms, length, biases + (first * features), features, ownCounts);
            else CountMany<TValues>(offsets + (Terms * first), count, terms, length, biases + (first * features), features, ownCounts);
        }
    }

    // These loops are compiled once, with all optimisations: what is compiled in steps and from a profile has been seen six times slower.

    /// <summary>Counts for every second kernel of univariate series, of up to four features, two of these kernels at a time: outputs are counted as they are computed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void CountPairs<TValues>(int* offsets, int kernels, float* terms, nint length, float* biases, int features, int* counts)
        where TValues : struct, IRocketValues
    {
        for (; kernels >= 2; kernels -= 2, offsets += 4 * Terms, biases += 4 * features, counts += 4 * LeastCountStride)
        {
            int* next = offsets + (2 * Terms);
            var source0 = new SummedOutput<TLanes>(terms + offsets[0], terms + offsets[1], terms + offsets[2]);
            var source1 = new SummedOutput<TLanes>(terms + next[0], terms + next[1], terms + next[2]);
            if (features == 3) RocketCounter<TLanes, TValues>.CountTwice(source0, source1, length, biases, biases + (2 * features), counts, counts + (2 * LeastCountStride), 3);
            else RocketCounter<TLanes, TValues>.CountTwice(source0, source1, length, biases, biases + (2 * features), counts, counts + (2 * LeastCountStride), 4);
        }

        if (kernels == 1) RocketCounter<TLanes, TValues>.Count(new SummedOutput<TLanes>(terms + offsets[0], terms + offsets[1], terms + offsets[2]), length, biases, counts);
    }

    /// <summary>Counts for every second kernel of univariate series, of many features: outputs are written first, for several runs count them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void CountMany<TValues>(int* offsets, int kernels, float* terms, nint length, float* biases, int features, int* counts)
        where TValues : struct, IRocketValues
    {
        float* output = terms + ChannelStride;
        int countStride = CountStride(features);
        for (; kernels > 0; kernels--, offsets += 2 * Terms, biases += 2 * features, counts += 2 * countStride)
        {
            var summed = new SummedOutput<TLanes>(terms + offsets[0], terms + offsets[1], terms + offsets[2]);
            for (nint t = 0; t < length; t += TLanes.Count) summed.At(t).Store(output + t);
            RocketCounter<TLanes, TValues>.CountStored(output, length, biases, features, counts);
        }
    }

    /// <summary>Counts for every second kernel of series with several channels.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void CountCombinations<TValues>(int dilationIndex, int firstKernel, int kernels, float* terms, nint length, float* biases, int features, int* counts)
        where TValues : struct, IRocketValues
    {
        float* output = terms + (Parameters.Channels * ChannelStride);
        for (int kernel = firstKernel; kernels > 0; kernels--, kernel += 2, counts += 2 * CountStride(features))
        {
            Sum(terms, Parameters.ChannelsOf(dilationIndex, kernel), kernel, length, output);
            RocketCounter<TLanes, TValues>.CountStored(output, length, biases + (kernel * features), features, counts);
        }
    }

    /// <summary>Adds up a kernel's outputs over the channels of its combination, in their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Sum(float* terms, ReadOnlySpan<int> channels, int kernel, nint length, float* output)
    {
        int first = _termOffsets[Terms * kernel], second = _termOffsets[(Terms * kernel) + 1], third = _termOffsets[(Terms * kernel) + 2];
        for (int i = 0; i < channels.Length; i++)
        {
            float* channel = terms + (channels[i] * ChannelStride);
            var source = new SummedOutput<TLanes>(channel + first, channel + second, channel + third);
            if (i == 0)
            {
                for (nint t = 0; t < length; t += TLanes.Count) source.At(t).Store(output + t);
            }
            else
            {
                for (nint t = 0; t < length; t += TLanes.Count) (TLanes.Load(output + t) + source.At(t)).Store(output + t);
            }
        }
    }

    private static int RoundUp(int positions) => (positions + TLanes.Count - 1) & -TLanes.Count;
}
