using FastNets.Kernels;
using FastNets.Tests.Shared.Reference;
using FastNets.Threading;
using NUnit.Framework;
using Shouldly;
using Product = FastNets.Kernels.Gemm.Gemm;

namespace FastNets.Engine.Tests.Kernels.Gemm;

[NonParallelizable]
internal sealed class GemmTests
{
    private static IEnumerable<(int M, int N, int K)> Shapes()
    {
        for (int m = 1; m <= 17; m++) yield return (m, 37, 11);
        for (int n = 1; n <= 70; n++) yield return (5, n, 7);
        for (int k = 0; k <= 20; k++) yield return (3, 19, k);
        foreach (int size in (int[])[13, 29, 31, 32, 33, 47, 64, 97, 128]) yield return (size, size, size);
        yield return (1, 400, 100);
        yield return (8, 32, 100);
        yield return (32, 512, 128);
        yield return (64, 31, 1009);
        yield return (211, 64, 64);
        yield return (89, 397, 401);
        yield return (101, 771, 3);
        yield return (1, 1, 1);
        yield return (2, 1, 997);
        yield return (0, 5, 3);
        yield return (5, 0, 3);
    }

    [Test]
    public void Products_are_those_of_the_reference(
        [ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool transposeA, [Values] bool transposeB, [Values] bool accumulate)
    {
        foreach ((int m, int n, int k) in Shapes())
        {
            float[] a = Forms.Normal(m * k, 1);
            float[] b = Forms.Normal(k * n, 2);
            float[] old = Forms.Normal(m * n, 3);
            double[] expected = ReferenceGemm.Multiply(Forms.ToDouble(a), transposeA, Forms.ToDouble(b), transposeB, m, n, k);
            var c = accumulate ? new GuardedFloats(old) : new GuardedFloats(m * n, float.NaN);
            if (accumulate)
            {
                for (int i = 0; i < expected.Length; i++) expected[i] += old[i];
            }

            Product.Multiply(a, transposeA, b, transposeB, c.Span, m, n, k, accumulate, isa);
            string what = $"{isa} [{m}, {k}] x [{k}, {n}]";
            c.Check(what);
            Close.ShouldBeCloseTo(c.Span, expected, 1e-5, 2e-6 * Math.Sqrt(k + 1), what);
        }
    }

    [Test]
    public void Operands_are_not_read_beyond_their_ends([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool transposeA, [Values] bool transposeB)
    {
        foreach ((int m, int n, int k) in Shapes())
        {
            if (m * n * k is 0 or > 300_000) continue;
            using var a = new ProtectedFloats(Forms.Normal(m * k, 1));
            using var b = new ProtectedFloats(Forms.Normal(k * n, 2));
            using var c = new ProtectedFloats(new float[m * n]);
            Product.Multiply(a.Span, transposeA, b.Span, transposeB, c.Span, m, n, k, accumulate: false, isa);
        }
    }

    [Test]
    public void The_number_of_threads_changes_no_bit([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool transposeA, [Values] bool transposeB)
    {
        int before = WorkerPool.Threads;
        try
        {
            foreach ((int m, int n, int k) in ((int, int, int)[])[(130, 200, 400), (1, 3000, 200), (3, 3000, 100), (7, 1500, 130), (3000, 33, 17), (40, 40, 1999)])
            {
                float[] a = Forms.Normal(m * k, 1);
                float[] b = Forms.Normal(k * n, 2);
                float[]? first = null;
                foreach (int threads in (int[])[1, 2, 3])
                {
                    WorkerPool.Threads = threads;
                    var c = new float[m * n];
                    Product.Multiply(a, transposeA, b, transposeB, c, m, n, k, accumulate: false, isa);
                    first ??= c;
                    c.AsSpan().SequenceEqual(first).ShouldBeTrue($"{threads} threads, [{m}, {k}] x [{k}, {n}]");
                }
            }
        }
        finally
        {
            WorkerPool.Threads = before;
        }
    }

    [Test]
    public void A_call_allocates_nothing([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        var a = new float[200 * 200];
        var b = new float[200 * 200];
        var c = new float[200 * 200];
        Allocations.Of(() => Product.Multiply(a, false, b, true, c, 200, 200, 200, false, isa)).ShouldBe(0);
    }

    [Test]
    public void A_span_that_is_too_short_is_refused()
    {
        ArgumentException error = Should.Throw<ArgumentException>(() => Product.Multiply(new float[6], false, new float[11], false, new float[8], 2, 4, 3));
        error.ParamName.ShouldBe("b");
        error.Message.ShouldContain("[3, 4]");
        error.Message.ShouldContain("11");
    }
}
