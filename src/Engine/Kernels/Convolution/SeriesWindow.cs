using FastNets.Kernels.Lanes;
using FastNets.Threading;

namespace FastNets.Kernels.Convolution;

/// <summary>Series with zeros before and after them.</summary>
internal static unsafe class SeriesWindow
{
    /// <summary>The steps <paramref name="first"/> to <paramref name="first"/> + <paramref name="steps"/> - 1 of each series, 0 outside of it.</summary>
    /// <remarks>
    /// Where they all lie within the series nothing is copied. Copying costs one pass over the input, about 1 % of a product
    /// with a hundred filters, and spares the products all edges.
    /// </remarks>
    /// <param name="x">[batch, length, channels].</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="length">Steps of a series.</param>
    /// <param name="channels">Numbers a step.</param>
    /// <param name="first">The first step wanted, below 0 for zeros before the series.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="series">From one series of the result to the next.</param>
    public static float* Open(float* x, int batch, int length, int channels, int first, int steps, out nint series)
    {
        if (first >= 0 && first + steps <= length)
        {
            series = (nint)length * channels;
            return x + ((nint)first * channels);
        }

        series = (nint)steps * channels;
        float* window = (float*)ThreadScratch.Get(ThreadScratch.Use.PaddedSeries, (nuint)batch * (nuint)series * sizeof(float));
        var body = new Body { X = x, Window = window, Length = length, Channels = channels, First = first, Steps = steps };
        WorkerPool.Run(batch, (long)batch * series >= LaneLoop.ParallelElements, body);
        return window;
    }

    private struct Body : IParallelBody
    {
        public float* X;
        public float* Window;
        public int Length;
        public int Channels;
        public int First;
        public int Steps;

        public readonly void Invoke(int item)
        {
            var target = new Span<float>(Window + ((nint)item * Steps * Channels), Steps * Channels);
            int before = Math.Clamp(-First, 0, Steps);
            int from = Math.Clamp(First, 0, Length);
            int count = Math.Clamp(First + Steps, from, Length) - from;
            target[..(before * Channels)].Clear();
            new Span<float>(X + (((nint)item * Length) + from) * Channels, count * Channels).CopyTo(target[(before * Channels)..]);
            target[((before + count) * Channels)..].Clear();
        }
    }
}
