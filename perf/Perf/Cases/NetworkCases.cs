using FastNets.Random;
using FastNets.Training.Optimizers;

namespace FastNets.Perf.Cases;

/// <summary>A whole training step (forward, loss, backward, Adam), and inference of a batch.</summary>
internal static class NetworkCases
{
    public static IEnumerable<PerfCase> Pair(string name, int batch, Func<int, Network> build)
    {
        yield return new PerfCase($"train/{name}", () => new TrainingStep(Timed(build(batch)), batch), new PerfFigure("samples_per_s", batch)) { RunsOnGpu = true };
        yield return new PerfCase($"infer/{name}", () => new Inference(Timed(build(batch)), batch), new PerfFigure("samples_per_s", batch)) { RunsOnGpu = true };
    }

    private sealed class TrainingStep(Network network, int batch) : PreparedCase, IDisposable
    {
        private readonly Adam _adam = new();
        private readonly float[] _x = Uniform(network, batch);
        private readonly int[] _labels = [.. Enumerable.Range(0, batch).Select(i => i % network.OutputShape.Columns)];

        // What does not classify is an autoencoder.
        public override void Run() => _ = network.TakesClasses ? network.TrainStep(_x, _labels, _adam) : network.TrainStep(_x, _x, _adam);

        public override double? DeviceMilliseconds => network.PassTime?.TotalMilliseconds;

        public void Dispose() => network.Dispose();
    }

    private sealed class Inference(Network network, int batch) : PreparedCase, IDisposable
    {
        private readonly float[] _x = Uniform(network, batch);
        private readonly float[] _outputs = new float[batch * network.OutputLength];

        public override void Run() => network.Predict(_x, _outputs);

        public override double? DeviceMilliseconds => network.PassTime?.TotalMilliseconds;

        public void Dispose() => network.Dispose();
    }

    private static Network Timed(Network network)
    {
        network.TimePasses();
        return network;
    }

    private static float[] Uniform(Network network, int batch)
    {
        var random = new PhiloxStream(seed: 0, stream: 0);
        float[] x = new float[batch * network.InputLength];
        foreach (ref float value in x.AsSpan()) value = random.NextSingle();
        return x;
    }
}
