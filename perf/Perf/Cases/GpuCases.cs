namespace FastNets.Perf.Cases;

/// <summary>Sizes that only a GPU is meant for.</summary>
internal static class GpuCases
{
    public static IEnumerable<PerfCase> All { get; } =
    [
        .. new[]
        {
            MiniRocketCases.Case(100_000, 140),
            MiniRocketCases.Case(20_000, 512),
        }
        .Concat(NetworkCases.Pair("lstm/b256_t128_f64_h512", 256, batch => new LstmClassifier(128, 64, 512, maxBatch: batch)))
        .Concat(NetworkCases.Pair("mlp/rocket_head_b1024", 1024, batch => new RocketHeadNetwork(maxBatch: batch)))
        .Select(one => one with { NeedsGpu = true }),
    ];
}
