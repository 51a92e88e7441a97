using FastNets.Kernels.Gemm;
using FastNets.Memory;
using FastNets.Random;

namespace FastNets.Perf.Cases;

/// <summary>Products C = A B of row-major matrices: cubes, and the skinny and tiny shapes that training small networks consists of.</summary>
internal static class GemmCases
{
    public static IEnumerable<PerfCase> All { get; } =
    [
        Case(64, 64, 64), Case(128, 128, 128), Case(256, 256, 256), Case(512, 512, 512), Case(1024, 1024, 1024), Case(2048, 2048, 2048),
        Case(32, 512, 128), Case(64, 1024, 256), Case(64, 64, 9996), Case(9996, 64, 64), Case(8, 32, 100), Case(1, 400, 100),
    ];

    private static PerfCase Case(int m, int n, int k)
        => new($"gemm/m{m}_n{n}_k{k}", () => new Product(m, n, k), new PerfFigure("gflops", 2e-9 * m * n * k));

    private sealed class Product(int m, int n, int k) : PreparedCase, IDisposable
    {
        private readonly AlignedBuffer _a = Uniform(m * k, stream: 0);
        private readonly AlignedBuffer _b = Uniform(k * n, stream: 1);
        private readonly AlignedBuffer _c = new(m * n);

        public override void Run()
            => Gemm.Multiply(_a.Span(0, m * k), transposeA: false, _b.Span(0, k * n), transposeB: false, _c.Span(0, m * n), m, n, k);

        public void Dispose()
        {
            _a.Dispose();
            _b.Dispose();
            _c.Dispose();
        }

        private static AlignedBuffer Uniform(int count, ulong stream)
        {
            var buffer = new AlignedBuffer(count);
            var random = new PhiloxStream(seed: 0, stream);
            foreach (ref float value in buffer.Span(0, count)) value = random.NextSingle();
            return buffer;
        }
    }
}
