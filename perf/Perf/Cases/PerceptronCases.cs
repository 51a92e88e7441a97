namespace FastNets.Perf.Cases;

/// <summary>Training steps and inference of multilayer perceptrons.</summary>
internal static class PerceptronCases
{
    public static IEnumerable<PerfCase> All { get; } =
    [
        .. NetworkCases.Pair("mlp/tiny_b8", 8, batch => new TinyNetwork(maxBatch: batch)),
        .. NetworkCases.Pair("mlp/mnist_b64", 64, batch => new MnistNetwork(maxBatch: batch)),
        .. NetworkCases.Pair("mlp/rocket_head_b64", 64, batch => new RocketHeadNetwork(maxBatch: batch)),
        .. NetworkCases.Pair("mlp/softmax_head_b64", 64, batch => new SoftmaxHeadNetwork(maxBatch: batch)),
    ];
}
