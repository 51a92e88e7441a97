using FastNets.Kernels;
using FastNets.Kernels.Pointwise;
using FastNets.Tests.Shared.Reference;
using FastNets.Threading;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Kernels.Pointwise;

[NonParallelizable]
internal sealed class AdditionKernelsTests
{
    [Test]
    public void Sums_cover_every_length([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool dropout)
    {
        DropoutMask mask = dropout ? new DropoutMask(0.4f, 1, 2, 3) : default;
        foreach (int columns in (int[])[.. Forms.Lengths, 2100])
        {
            float[] a = Forms.Normal(3 * columns, 1), b = Forms.Normal(3 * columns, 2), keep = new float[3 * columns];
            keep.AsSpan().Fill(1f);
            PointwiseKernels.Forward<Identity>(keep, keep, 3, columns, mask, Isa.Scalar);
            var y = new GuardedFloats(3 * columns);
            AdditionKernels.Add<Tanh>(a, b, y.Span, 3, columns, mask, isa);
            y.Check($"{columns} columns");
            Close.ShouldBeCloseTo(y.Span, [.. a.Select((v, i) => Math.Tanh((double)v + b[i]) * keep[i])], 1e-6, 1e-6, $"{columns} columns");
            AdditionKernels.Add<Tanh>(a, b, b, 3, columns, mask, isa);
            b.ShouldBe(y.ToArray());
            AdditionKernels.Add<Identity>(a, b, a, 3, columns, default, isa);
            a.ShouldBe([.. Forms.Normal(3 * columns, 1).Select((v, i) => v + b[i])]);
        }
    }

    [Test]
    public void The_number_of_threads_changes_no_bit([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool dropout)
    {
        DropoutMask mask = dropout ? new DropoutMask(0.4f, 1, 2, 3) : default;
        int before = WorkerPool.Threads;
        try
        {
            float[] a = Forms.Normal(700 * 130, 1), b = Forms.Normal(a.Length, 2);
            float[]? first = null;
            foreach (int threads in (int[])[1, 2, 3])
            {
                WorkerPool.Threads = threads;
                var y = new float[a.Length];
                AdditionKernels.Add<Relu>(a, b, y, 700, 130, mask, isa);
                first ??= y;
                y.AsSpan().SequenceEqual(first).ShouldBeTrue($"{threads} threads");
            }
        }
        finally
        {
            WorkerPool.Threads = before;
        }
    }

    [Test]
    public void A_call_allocates_nothing([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool dropout)
    {
        DropoutMask mask = dropout ? new DropoutMask(0.4f, 1, 2, 3) : default;
        float[] a = new float[30 * 70], y = new float[a.Length];
        Allocations.Of(() => AdditionKernels.Add<Relu>(a, a, y, 30, 70, mask, isa)).ShouldBe(0);
    }

    [Test]
    public void A_span_that_is_too_short_is_refused() =>
        Should.Throw<ArgumentException>(() => AdditionKernels.Add<Identity>(new float[6], new float[5], new float[6], 2, 3, default)).ParamName.ShouldBe("b");
}
