using System.Diagnostics;
using FastNets.Cuda.Rocket;
using FastNets.Data;
using FastNets.Threading;

namespace FastNets.Rocket;

/// <content>Rows of features: one on this thread, many on all threads.</content>
public sealed unsafe partial class MiniRocket
{
    // A few series an item: enough to make taking an item free, few enough to leave no thread waiting at the end.
    private const int RowsPerItem = 4;

    // Of fewer series than this each is cut into dilations and kernels.
    private const int FewRows = 16;
    private const int KernelParts = 3;
    private const int KernelsPerPart = MiniRocketKernels.Count / KernelParts;

    private void TransformRow<T, TOutput>(ReadOnlySpan<float> series, T* row)
        where T : unmanaged
        where TOutput : struct, IRocketOutput<T, TOutput>
    {
        var work = new Work(this, series);
        for (int d = 0; d < Parameters.Dilations.Length; d++) work.Run<T, TOutput>(d, 0, MiniRocketKernels.Count, row);
    }

    /// <summary>Computes the features of some series of a set, on all threads of the pool.</summary>
    /// <param name="set">Series that fit, see <see cref="CheckInput"/>.</param>
    /// <param name="series">Which ones, in which order.</param>
    /// <param name="features">Shape [series, features]; overwritten.</param>
    internal void TransformSome(SeriesSet set, ReadOnlySpan<int> series, Span<float> features)
    {
        Debug.Assert(features.Length == (long)series.Length * FeatureCount, "There is not room for these series' features.");
        fixed (int* indices = series)
        fixed (float* rows = features)
        {
            using CudaMiniRocket? gpu = HoldGpu(set);
            if (gpu is not null) gpu.TransformSome(set, series, rows);
            else TransformRows<float, ShareOutput>(new Chosen(set, 0, indices), series.Length, rows);
        }
    }

    private void TransformRows<T, TOutput>(SeriesSet set, int first, int rows, T* features)
        where T : unmanaged
        where TOutput : struct, IRocketOutput<T, TOutput>
    {
        using CudaMiniRocket? gpu = HoldGpu(set);
        if (gpu is not null) gpu.Transform(set, first, rows, features);
        else TransformRows<T, TOutput>(new Chosen(set, first, null), rows, features);
    }

    private void TransformRows<T, TOutput>(Chosen series, int rows, T* features)
        where T : unmanaged
        where TOutput : struct, IRocketOutput<T, TOutput>
    {
        if (rows < FewRows)
        {
            WorkerPool.Run(rows * Parameters.Dilations.Length * KernelParts, new PartsBody<T, TOutput>(this, series, features));
            return;
        }

        int items = (rows / RowsPerItem) + (rows % RowsPerItem == 0 ? 0 : 1);
        WorkerPool.Run(items, new RowsBody<T, TOutput>(this, series, rows, features));
    }

    /// <summary>Some series of a set: those from one on, or those of a list.</summary>
    private readonly struct Chosen(SeriesSet set, int first, int* indices)
    {
        public ReadOnlySpan<float> this[int row] => set.Series(indices is null ? first + row : indices[row]);
    }

    /// <summary>A series laid out for the form, and the memory to count in: this thread's, until the next one is made.</summary>
    private readonly ref struct Work
    {
        private readonly MiniRocket _rocket;
        private readonly PaddedSeries _series;
        private readonly float* _scratch;
        private readonly int* _counts;

        public Work(MiniRocket rocket, ReadOnlySpan<float> series)
        {
            MiniRocketParameters parameters = rocket.Parameters;
            int length = series.Length / parameters.Channels;
            int dilation = PaddedSeries.Effective(parameters.LargestDilation, length);
            long padded = PaddedSeries.ScratchLength(parameters.Channels, length, dilation);
            float* memory = MiniRocketScratch.Take(padded + rocket._form.ScratchLength + ((long)MiniRocketKernels.Count * MiniRocketForm.CountStride(parameters.MostFeaturesPerDilation)));
            _rocket = rocket;
            _series = PaddedSeries.Write(series, parameters.Channels, dilation, memory);
            _scratch = memory + padded;
            _counts = (int*)(_scratch + rocket._form.ScratchLength);
        }

        public void Run<T, TOutput>(int dilationIndex, int firstKernel, int kernels, T* row)
            where T : unmanaged
            where TOutput : struct, IRocketOutput<T, TOutput>
        {
            _rocket._form.Count(_series, dilationIndex, firstKernel, kernels, _scratch, _counts);
            RocketRow.Write<T, TOutput>(_rocket.Parameters, _series.Length, dilationIndex, firstKernel, kernels, _counts, row);
        }
    }

    private readonly struct RowsBody<T, TOutput>(MiniRocket rocket, Chosen series, int rows, T* features) : IParallelBody
        where T : unmanaged
        where TOutput : struct, IRocketOutput<T, TOutput>
    {
        public void Invoke(int item)
        {
            int end = (int)Math.Min(((long)item + 1) * RowsPerItem, rows);
            for (int row = item * RowsPerItem; row < end; row++)
                rocket.TransformRow<T, TOutput>(series[row], features + ((long)row * rocket.FeatureCount));
        }
    }

    private readonly struct PartsBody<T, TOutput>(MiniRocket rocket, Chosen series, T* features) : IParallelBody
        where T : unmanaged
        where TOutput : struct, IRocketOutput<T, TOutput>
    {
        public void Invoke(int item)
        {
            (int rest, int part) = Math.DivRem(item, KernelParts);
            (int row, int dilationIndex) = Math.DivRem(rest, rocket.Parameters.Dilations.Length);
            new Work(rocket, series[row]).Run<T, TOutput>(dilationIndex, part * KernelsPerPart, KernelsPerPart, features + ((long)row * rocket.FeatureCount));
        }
    }
}
