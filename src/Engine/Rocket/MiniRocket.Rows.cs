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

    private void TransformRows<T, TOutput>(SeriesSet set, int first, int rows, T* features)
        where T : unmanaged
        where TOutput : struct, IRocketOutput<T, TOutput>
    {
        if (rows < FewRows)
        {
            WorkerPool.Run(rows * Parameters.Dilations.Length * KernelParts, new PartsBody<T, TOutput>(this, set, first, features));
            return;
        }

        int items = (rows / RowsPerItem) + (rows % RowsPerItem == 0 ? 0 : 1);
        WorkerPool.Run(items, new RowsBody<T, TOutput>(this, set, first, rows, features));
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
            long padded = PaddedSeries.ScratchLength(parameters.Channels, series.Length / parameters.Channels, parameters.LargestDilation);
            float* memory = MiniRocketScratch.Take(padded + rocket._form.ScratchLength + ((long)MiniRocketKernels.Count * MiniRocketForm.CountStride(parameters.MostFeaturesPerDilation)));
            _rocket = rocket;
            _series = PaddedSeries.Write(series, parameters.Channels, parameters.LargestDilation, memory);
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

    private readonly struct RowsBody<T, TOutput>(MiniRocket rocket, SeriesSet set, int first, int rows, T* features) : IParallelBody
        where T : unmanaged
        where TOutput : struct, IRocketOutput<T, TOutput>
    {
        public void Invoke(int item)
        {
            int end = (int)Math.Min(((long)item + 1) * RowsPerItem, rows);
            for (int row = item * RowsPerItem; row < end; row++)
                rocket.TransformRow<T, TOutput>(set.Series(first + row), features + ((long)row * rocket.FeatureCount));
        }
    }

    private readonly struct PartsBody<T, TOutput>(MiniRocket rocket, SeriesSet set, int first, T* features) : IParallelBody
        where T : unmanaged
        where TOutput : struct, IRocketOutput<T, TOutput>
    {
        public void Invoke(int item)
        {
            (int rest, int part) = Math.DivRem(item, KernelParts);
            (int row, int dilationIndex) = Math.DivRem(rest, rocket.Parameters.Dilations.Length);
            new Work(rocket, set.Series(first + row)).Run<T, TOutput>(dilationIndex, part * KernelsPerPart, KernelsPerPart, features + ((long)row * rocket.FeatureCount));
        }
    }
}
