using FastNets.Kernels;
using FastNets.Kernels.Optimizers;
using FastNets.Tests.Shared.Reference;
using FastNets.Threading;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Kernels.Optimizers;

internal sealed class AveragingKernelsTests
{
    [Test]
    public void A_mean_moves_by_a_fraction_of_the_difference([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        foreach (int length in Forms.Lengths.Append(40_003))
        {
            float[] x = Forms.Normal(length, 1), y0 = Forms.Normal(length, 2);
            var y = new GuardedFloats(y0);
            AveragingKernels.MoveTowards(x, y.Span, 0.3f, isa);
            y.Check($"{length} elements");
            Close.ShouldBeCloseTo(y.Span, [.. x.Zip(y0, (a, b) => b + ((double)0.3f * ((double)a - b)))], 1e-6, 1e-7, $"{length} elements");
        }
    }

    [Test]
    public void What_is_there_stays_exactly_there([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        float[] x = Forms.Normal(100, 1);
        float[] y = [.. x];
        for (int i = 0; i < 1000; i++) AveragingKernels.MoveTowards(x, y, 0.001f, isa);
        y.ShouldBe(x);
    }

    [Test]
    public void A_whole_step_copies_over_anything()
    {
        float[] y = [float.NaN, float.PositiveInfinity, 3];
        AveragingKernels.MoveTowards([1, 2, 0.1f], y, 1);
        y.ShouldBe([1, 2, 0.1f]);
    }

    [TestCase(0)]
    [TestCase(7)]
    [TestCase(1024)]
    [TestCase(5001)]
    public void Buffers_are_exchanged(int length)
    {
        float[] x = Forms.Normal(length, 1), y = Forms.Normal(length, 2);
        AveragingKernels.Swap(x, y);
        x.ShouldBe(Forms.Normal(length, 2));
        y.ShouldBe(Forms.Normal(length, 1));
        if (length > 0) Should.Throw<ArgumentException>(() => AveragingKernels.Swap(new float[length - 1], y));
    }

    [Test]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        int threads = WorkerPool.Threads;
        float[] x = Forms.Normal(150_001, 1), one = Forms.Normal(150_001, 2), three = [.. one];
        try
        {
            WorkerPool.Threads = 1;
            AveragingKernels.MoveTowards(x, one, 0.7f);
            WorkerPool.Threads = 3;
            AveragingKernels.MoveTowards(x, three, 0.7f);
        }
        finally
        {
            WorkerPool.Threads = threads;
        }

        three.ShouldBe(one);
    }
}
