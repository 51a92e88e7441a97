using FastNets.Random;
using FastNets.Training.Optimizers;

namespace FastNets.Perf.Cases;

/// <summary>A whole training step (forward, loss, backward, Adam), and inference of a batch.</summary>
internal static class PerceptronCases
{
    public static IEnumerable<PerfCase> All { get; } =
    [
        .. Pair("tiny", 8, batch => new TinyNetwork(maxBatch: batch)),
        .. Pair("mnist", 64, batch => new MnistNetwork(maxBatch: batch)),
        .. Pair("rocket_head", 64, batch => new RocketHeadNetwork(maxBatch: batch)),
        .. Pair("softmax_head", 64, batch => new SoftmaxHeadNetwork(maxBatch: batch)),
    ];

    private static IEnumerable<PerfCase> Pair(string name, int batch, Func<int, Network> build)
    {
        yield return new PerfCase($"train/mlp/{name}_b{batch}", () => new TrainingStep(build(batch), batch), new PerfFigure("samples_per_s", batch));
        yield return new PerfCase($"infer/mlp/{name}_b{batch}", () => new Inference(build(batch), batch), new PerfFigure("samples_per_s", batch));
    }

    private sealed class TrainingStep(Network network, int batch) : PreparedCase, IDisposable
    {
        private readonly Adam _adam = new();
        private readonly float[] _x = Uniform(network, batch);
        private readonly int[] _labels = [.. Enumerable.Range(0, batch).Select(i => i % network.OutputLength)];

        public override void Run() => network.TrainStep(_x, _labels, _adam);

        public void Dispose() => network.Dispose();
    }

    private sealed class Inference(Network network, int batch) : PreparedCase, IDisposable
    {
        private readonly float[] _x = Uniform(network, batch);
        private readonly float[] _outputs = new float[batch * network.OutputLength];

        public override void Run() => network.Predict(_x, _outputs);

        public void Dispose() => network.Dispose();
    }

    private static float[] Uniform(Network network, int batch)
    {
        var random = new PhiloxStream(seed: 0, stream: 0);
        float[] x = new float[batch * network.InputLength];
        foreach (ref float value in x.AsSpan()) value = random.NextSingle();
        return x;
    }
}
