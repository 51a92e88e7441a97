using FastNets.Data;
using FastNets.Kernels;
using FastNets.Memory;
using FastNets.Random;
using FastNets.Threading;

namespace FastNets.Rocket;

/// <summary>Fits the parameters: chooses dilations, draws each kernel's channels, and takes each bias as a quantile of a kernel's output on training series.</summary>
internal static unsafe class MiniRocketFit
{
    // Numbers of a thread's memory that it keeps: 16 MiB.
    private const long MostKept = 4 << 20;

    // As many channels as the largest kernel's taps are added up at most.
    private const int MostChannels = MiniRocketKernels.Length;

    /// <summary>How many features a transform has of which some number was asked for.</summary>
    /// <param name="asked">The number asked for.</param>
    public static int FeatureCount(int asked) => FeaturesPerKernel(asked) * MiniRocketKernels.Count;

    /// <summary>Fits.</summary>
    /// <param name="train">Series that were checked, all values finite.</param>
    /// <param name="options">What is asked for; checked by the caller.</param>
    /// <param name="length">The length that dilations are chosen for, at least 9.</param>
    /// <param name="alwaysPads">Whether all kernels are used with padding.</param>
    public static MiniRocketParameters Run(SeriesSet train, MiniRocketOptions options, int length, bool alwaysPads)
    {
        int perKernel = FeaturesPerKernel(options.Features);
        (int[] dilations, int[] features) = MiniRocketDilations.Choose(length, perKernel, options.MaxDilationsPerKernel);
        float[] biases = new float[checked(perKernel * MiniRocketKernels.Count)];
        int[][] channels = new int[dilations.Length * MiniRocketKernels.Count][];
        WorkerPool.Run(channels.Length, new Body(train, options, dilations, features, biases, channels));
        int[] perCombination = train.Channels == 1 ? [] : [.. channels.Select(own => own.Length)];
        int[] indices = train.Channels == 1 ? [] : [.. channels.SelectMany(own => own)];
        return new MiniRocketParameters(length, alwaysPads, train.Channels, dilations, features, biases, perCombination, indices);
    }

    private static int FeaturesPerKernel(int asked) => Math.Max(asked / MiniRocketKernels.Count, 1);

    // One item is one kernel with one dilation. It draws from a stream of its own, so the order of the items does not matter.
    private readonly struct Body(SeriesSet train, MiniRocketOptions options, int[] dilations, int[] features, float[] biases, int[][] channels) : IParallelBody
    {
        public void Invoke(int item)
        {
            (int d, int kernel) = Math.DivRem(item, MiniRocketKernels.Count);
            int first = kernel * features[d];
            for (int i = 0; i < d; i++) first += features[i] * MiniRocketKernels.Count;

            var random = new PhiloxStream(options.Seed, (ulong)item);
            int drawn = random.NextInt32(train.Count);
            channels[item] = DrawChannels(ref random, train.Channels);
            (int firstSeries, int count) = options.Deterministic ? (0, train.Count) : (drawn, 1);
            int steps = 0, longest = 0;
            for (int i = firstSeries; i < firstSeries + count; i++)
            {
                steps = checked(steps + train.LengthOf(i));
                longest = Math.Max(longest, train.LengthOf(i));
            }

            long padded = PaddedSeries.ScratchLength(train.Channels, longest, PaddedSeries.Effective(dilations[d], longest));
            long length = padded + (2L * steps) + PaddedSeries.WidestRegister;
            // What takes much memory is given back; the rest stays with the thread.
            using AlignedBuffer? large = length > MostKept ? new AlignedBuffer(length, clear: false) : null;
            float* memory = large is null ? MiniRocketScratch.Take(length) : large.Pointer;
            Span<float> outputs = SortedOutputs(firstSeries, count, steps, item, memory, memory + padded);
            if (!float.IsFinite(outputs[0]) || !float.IsFinite(outputs[^1]))
            {
                string which = options.Deterministic ? "the series have" : $"series {drawn} has";
                throw DataFormatException.At(train.Name, 0, $"{which} values so large that sums of them overflow; scale the data down.");
            }

            for (int i = 0; i < features[d]; i++) biases[first + i] = MiniRocketQuantiles.Take(outputs, MiniRocketQuantiles.Of(first + i));
        }

        // A kernel's outputs, with padding, on some training series, in ascending order.
        private Span<float> SortedOutputs(int firstSeries, int count, int steps, int item, float* seriesMemory, float* outputs)
        {
            (int d, int kernel) = Math.DivRem(item, MiniRocketKernels.Count);
            float* next = outputs;
            for (int i = firstSeries; i < firstSeries + count; i++)
            {
                int dilation = PaddedSeries.Effective(dilations[d], train.LengthOf(i));
                PaddedSeries series = PaddedSeries.Write(train.Series(i), train.Channels, dilation, seriesMemory);
                RocketConvolution.Write(series, channels[item], dilation, kernel, next, CpuIsa.Active);
                next += series.Length;
            }

            var sorted = new Span<float>(outputs, steps);
            RadixSort.Ascending(sorted, new Span<float>(next, steps));
            return sorted;
        }
    }

    /// <summary>Draws how many channels a kernel adds up, evenly on a logarithmic scale, and which, without replacement.</summary>
    /// <param name="random">The stream that is drawn from; with one channel nothing is drawn.</param>
    /// <param name="channels">The number of channels.</param>
    private static int[] DrawChannels(ref PhiloxStream random, int channels)
    {
        if (channels == 1) return [0];
        double exponent = random.NextDouble() * Math.Log2(Math.Min(channels, MostChannels) + 1);
        int count = Math.Clamp((int)Math.Pow(2.0, exponent), 1, Math.Min(channels, MostChannels));
        int[] all = [.. Enumerable.Range(0, channels)];
        for (int i = 0; i < count; i++)
        {
            int other = i + random.NextInt32(channels - i);
            (all[i], all[other]) = (all[other], all[i]);
        }

        return all[..count];
    }
}
