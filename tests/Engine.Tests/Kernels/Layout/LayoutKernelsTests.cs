using FastNets.Kernels;
using FastNets.Kernels.Layout;
using FastNets.Threading;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Kernels.Layout;

[NonParallelizable]
internal sealed class LayoutKernelsTests
{
    [Test]
    public void Axes_are_swapped([Values(0, 1, 2, 15, 16, 17, 50)] int first, [Values(0, 1, 3, 16, 33, 140)] int second, [Values(1, 2, 5, 16, 64)] int columns)
    {
        float[] x = Forms.Normal(first * second * columns, 1);
        var y = new GuardedFloats(x.Length);
        LayoutKernels.SwapAxes(x, y.Span, first, second, columns);
        y.Check("swapped");
        float[] result = y.ToArray();
        for (int i = 0; i < x.Length; i++) result[(((i / columns % second * first) + (i / columns / second)) * columns) + (i % columns)].ShouldBe(x[i]);
    }

    [Test]
    public void Columns_are_copied_or_added_and_others_stay([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool accumulate)
    {
        foreach (int rows in (int[])[0, 1, 3, 300])
        {
            foreach (int count in (int[])[0, 1, 7, 8, 16, 17, 33, 70])
            {
                foreach ((int from, int to) in ((int, int)[])[(0, 0), (3, 0), (0, 5), (4, 9)])
                {
                    int sourceColumns = from + count + 2, targetColumns = to + count + 3;
                    float[] source = Forms.Normal(rows * sourceColumns, 1), old = Forms.Normal(rows * targetColumns, 2), expected = [.. old];
                    for (int r = 0; r < rows; r++)
                    {
                        for (int j = 0; j < count; j++)
                        {
                            float value = source[(r * sourceColumns) + from + j];
                            int place = (r * targetColumns) + to + j;
                            expected[place] = accumulate ? old[place] + value : value;
                        }
                    }

                    var target = new GuardedFloats(old);
                    LayoutKernels.CopyColumns(source, sourceColumns, from, target.Span, targetColumns, to, rows, count, accumulate, isa);
                    target.Check("columns");
                    target.ToArray().ShouldBe(expected);
                }
            }
        }
    }

    [Test]
    public void Several_threads_move_the_same()
    {
        int before = WorkerPool.Threads;
        try
        {
            float[] x = Forms.Normal(70 * 130 * 11, 1);
            float[]? first = null;
            foreach (int threads in (int[])[1, 2, 3])
            {
                WorkerPool.Threads = threads;
                float[] y = new float[x.Length], z = new float[x.Length];
                LayoutKernels.SwapAxes(x, y, 70, 130, 11);
                LayoutKernels.CopyColumns(x, 11, 1, z, 11, 0, 70 * 130, 10, accumulate: false);
                float[] all = [.. y, .. z];
                first ??= all;
                all.AsSpan().SequenceEqual(first).ShouldBeTrue($"{threads} threads");
            }
        }
        finally
        {
            WorkerPool.Threads = before;
        }
    }

    [Test]
    public void A_call_allocates_nothing()
    {
        float[] x = new float[20 * 30 * 5], y = new float[x.Length];
        Allocations.Of(() => Step()).ShouldBe(0);

        void Step()
        {
            LayoutKernels.SwapAxes(x, y, 20, 30, 5);
            LayoutKernels.CopyColumns(x, 5, 1, y, 5, 0, 600, 4, accumulate: true);
        }
    }

    [Test]
    public void Columns_outside_a_matrix_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => LayoutKernels.CopyColumns(new float[6], 3, 2, new float[6], 3, 0, 2, 2, accumulate: false));
        Should.Throw<ArgumentOutOfRangeException>(() => LayoutKernels.CopyColumns(new float[6], 3, 0, new float[6], 3, 2, 2, 2, accumulate: false));
        Should.Throw<ArgumentOutOfRangeException>(() => LayoutKernels.CopyColumns(new float[6], 3, -1, new float[6], 3, 0, 2, 2, accumulate: false));
        Should.Throw<ArgumentException>(() => LayoutKernels.SwapAxes(new float[6], new float[5], 2, 3, 1)).ParamName.ShouldBe("y");
    }
}
