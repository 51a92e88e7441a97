using FastNets.Threading;
using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Networks.NetworkCases;

namespace FastNets.Engine.Tests.Networks;

/// <summary>Same seed, same bits, whatever the number of threads. Large enough that work is cut.</summary>
public sealed class SameBitsTests
{
    private const int Batch = 48;

    private static readonly Dictionary<string, Func<Network>> Cases = new()
    {
        ["lstm"] = () => new LongLstm(steps: 60, seed: 5, maxBatch: Batch),
        ["convolutional"] = () => new FullyConvolutional(steps: 150, seed: 5, maxBatch: Batch),
        ["bidirectional"] = () => new StackedBidirectional(seed: 5, maxBatch: Batch),
        ["residual"] = () => new ResidualNet(seed: 5, maxBatch: Batch),
    };

    private static IEnumerable<string> Names => Cases.Keys;

    [TestCaseSource(nameof(Names))]
    public void Two_runs_give_the_same_bits(string name) => Train(name, 2).ShouldBe(Train(name, 2));

    [TestCaseSource(nameof(Names))]
    public void One_thread_and_several_give_the_same_bits(string name)
    {
        float[] one = Train(name, 1);
        Train(name, 2).ShouldBe(one);
        Train(name, 3).ShouldBe(one);
    }

    // Five steps: losses, weights and outputs.
    private static float[] Train(string name, int threads)
    {
        int before = WorkerPool.Threads;
        try
        {
            WorkerPool.Threads = threads;
            using Network network = Cases[name]();
            var optimizer = new Adam(1e-2f);
            List<float> results = [];
            float[] x = Normal(Batch * network.InputLength, seed: 1);
            for (int step = 0; step < 5; step++)
                results.Add(network.TrainStep(x, Whole(Batch, 4, seed: (ulong)step), optimizer).Loss);
            float[] output = new float[Batch * network.OutputLength];
            network.Predict(x, output);
            return [.. results, .. Weights(network), .. output];
        }
        finally
        {
            WorkerPool.Threads = before;
        }
    }
}
