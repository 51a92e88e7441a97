using FastNets.Data;
using FastNets.Random;
using FastNets.Threading;

namespace FastNets.Rocket;

/// <summary>Fits the parameters: chooses dilations, and takes each bias as a quantile of a kernel's output on a training series.</summary>
internal static class MiniRocketFit
{
    /// <summary>Fits.</summary>
    /// <param name="train">Univariate series of one length, at least 9, all values finite.</param>
    /// <param name="options">What is asked for; checked by the caller.</param>
    public static MiniRocketParameters Run(SeriesSet train, MiniRocketOptions options)
    {
        int length = train.MaxLength;
        int perKernel = Math.Max(options.Features / MiniRocketKernels.Count, 1);
        (int[] dilations, int[] features) = MiniRocketDilations.Choose(length, perKernel, options.MaxDilationsPerKernel);
        float[] biases = new float[checked(perKernel * MiniRocketKernels.Count)];
        WorkerPool.Run(dilations.Length * MiniRocketKernels.Count, new Body(train, options.Seed, dilations, features, biases));
        return new MiniRocketParameters(length, dilations, features, biases);
    }

    // One item is one kernel with one dilation. It draws from a stream of its own, so the order of the items does not matter.
    private readonly struct Body(SeriesSet train, ulong seed, int[] dilations, int[] features, float[] biases) : IParallelBody
    {
        public void Invoke(int item)
        {
            (int d, int kernel) = Math.DivRem(item, MiniRocketKernels.Count);
            int first = kernel * features[d];
            for (int i = 0; i < d; i++) first += features[i] * MiniRocketKernels.Count;

            var random = new PhiloxStream(seed, (ulong)item);
            int drawn = random.NextInt32(train.Count);
            ReadOnlySpan<float> series = train.Series(drawn);
            float[] alpha = new float[series.Length];
            float[] output = new float[series.Length];
            MiniRocketScalar.Alpha(series, dilations[d], alpha);
            MiniRocketScalar.Convolve(series, dilations[d], kernel, alpha, output);
            Array.Sort(output);
            if (!float.IsFinite(output[0]) || !float.IsFinite(output[^1]))
                throw DataFormatException.At(train.Name, 0, $"series {drawn} has values so large that sums of them overflow; scale the data down.");
            for (int i = 0; i < features[d]; i++) biases[first + i] = MiniRocketQuantiles.Take(output, MiniRocketQuantiles.Of(first + i));
        }
    }
}
