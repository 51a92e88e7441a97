using FastNets.Kernels;
using FastNets.Kernels.Pointwise;
using FastNets.Tests.Shared.Reference;
using FastNets.Threading;
using NUnit.Framework;
using Shouldly;
using Product = FastNets.Kernels.Gemm.Gemm;

namespace FastNets.Engine.Tests.Kernels.Gemm;

[NonParallelizable]
internal sealed class DenseTests
{
    [Test]
    public void The_epilogue_is_bias_activation_and_dropout(
        [ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool bias, [Values] bool keepPreactivation, [Values] bool dropout)
    {
        DropoutMask mask = dropout ? new DropoutMask(0.4f, 1, 2, 3) : default;
        foreach ((int batch, int inputs, int units) in ((int, int, int)[])[(1, 5, 3), (3, 10, 33), (8, 100, 32), (1, 30, 777), (40, 400, 130), (90, 30, 70), (75, 390, 200), (4, 0, 9)])
        {
            float[] x = Forms.Normal(batch * inputs, 1), w = Forms.Normal(inputs * units, 2, 0.1f), b = Forms.Normal(units, 3);
            var y = new GuardedFloats(batch * units);
            var z = new GuardedFloats(keepPreactivation ? batch * units : 0);
            Product.Dense<Tanh>(x, w, bias ? b : default, z.Span, y.Span, batch, inputs, units, mask, isa);
            string what = $"{isa} [{batch}, {inputs}] x [{inputs}, {units}]";
            y.Check(what);
            z.Check(what);
            double[] expected = ReferenceGemm.Multiply(Forms.ToDouble(x), false, Forms.ToDouble(w), false, batch, units, inputs);
            for (int i = 0; bias && i < expected.Length; i++) expected[i] += b[i % units];
            if (keepPreactivation) Close.ShouldBeCloseTo(z.Span, expected, 1e-5, 1e-5, what);
            var keep = new float[batch * units];
            keep.AsSpan().Fill(1f);
            PointwiseKernels.Forward<Identity>(keep, keep, batch, units, mask, Isa.Scalar);
            for (int i = 0; i < expected.Length; i++) expected[i] = Math.Tanh(expected[i]) * keep[i];
            Close.ShouldBeCloseTo(y.Span, expected, 1e-5, 1e-5, what);
        }
    }

    [Test]
    public void The_number_of_threads_changes_no_bit([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        int before = WorkerPool.Threads;
        try
        {
            float[] x = Forms.Normal(150 * 300, 1), w = Forms.Normal(300 * 1000, 2, 0.1f), b = Forms.Normal(1000, 3);
            float[]? first = null;
            foreach (int threads in (int[])[1, 2, 3])
            {
                WorkerPool.Threads = threads;
                var y = new float[150 * 1000];
                Product.Dense<Gelu>(x, w, b, default, y, 150, 300, 1000, new DropoutMask(0.1f, 1, 2, 3), isa);
                first ??= y;
                y.AsSpan().SequenceEqual(first).ShouldBeTrue($"{threads} threads");
            }
        }
        finally
        {
            WorkerPool.Threads = before;
        }
    }
}
