using FastNets.Random;

namespace FastNets.Perf.Cases;

/// <summary>Random numbers from the counter-based generator.</summary>
internal static class RandomCases
{
    private const int Count = 1_000_000;

    public static IEnumerable<PerfCase> All { get; } =
    [
        new("random/philox_1m", () => new UniformFill(Count), new PerfFigure("mnumbers_per_s", Count * 1e-6)),
    ];

    private sealed class UniformFill(int count) : PreparedCase
    {
        private readonly float[] _numbers = new float[count];

        public override void Run()
        {
            var stream = new PhiloxStream(seed: 1, stream: 0);
            foreach (ref float number in _numbers.AsSpan()) number = stream.NextSingle();
        }
    }
}
