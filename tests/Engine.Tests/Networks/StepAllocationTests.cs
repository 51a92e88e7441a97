using FastNets.Backends;
using FastNets.Data;
using FastNets.Tests.Shared;
using FastNets.Threading;
using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Networks.NetworkCases;

namespace FastNets.Engine.Tests.Networks;

/// <summary>After the first passes a network takes no memory any more, whatever it is made of.</summary>
public sealed class StepAllocationTests
{
    private const int Batch = 8;

    private static readonly Dictionary<string, Func<Network>> Cases = new()
    {
        ["bidirectional"] = () => new StackedBidirectional(maxBatch: Batch),
        ["gru"] = () => new GoldenGru(maxBatch: Batch),
        ["autoencoder"] = () => new GoldenAutoencoder(maxBatch: Batch),
        ["convolutional"] = () => new FullyConvolutional(steps: 40, maxBatch: Batch),
        ["residual"] = () => new ResidualNet(maxBatch: Batch),
        ["embedding"] = () => new EmbeddedGru(maxBatch: Batch),
        ["rocket"] = Rocket,
        ["focal"] = Focal,
        ["lengths"] = () => new LengthsBidirectional(steps: 9, maxBatch: Batch),
        ["stateful"] = () => new WindowsLstm(steps: 9, maxBatch: Batch),
    };

    private static IEnumerable<string> Names => Cases.Keys;

    [Test]
    public void A_pass_allocates_nothing([ValueSource(nameof(Names))] string name, [Values(1, 2)] int threads)
    {
        int before = WorkerPool.Threads;
        try
        {
            WorkerPool.Threads = threads;
            using Network network = Cases[name]();
            var optimizer = new Adam { Clipping = GradientClipping.ByGlobalNorm(1) };
            TargetKind targets = network.TakesClasses ? TargetKind.ClassIndices : TargetKind.Values;
            AllocatedBy(() => Put(network)).ShouldBe(0, "putting a batch");
            AllocatedBy(() => network.TrainStep(Batch, targets, optimizer)).ShouldBe(0, "a training step");
            AllocatedBy(() => network.Predict(Batch)).ShouldBe(0, "a prediction");
            AllocatedBy(() => network.Evaluate(Batch, targets)).ShouldBe(0, "an evaluation");
            AllocatedBy(() => network.AccumulateGradients(Batch, targets)).ShouldBe(0, "accumulated gradients");
        }
        finally
        {
            WorkerPool.Threads = before;
        }
    }

    // The first calls take the optimizer's moments, each thread's scratch and what the JIT needs.
    private static long AllocatedBy(Action pass)
    {
        for (int i = 0; i < 3; i++) pass();
        using NoCollections quiet = NoCollections.Begin();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 3; i++) pass();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Put(Network network)
    {
        if (network.Description.TakesTokens) Number(network.TokenRows(Batch), 7);
        else Count(network.InputRows(Batch));
        if (network.TakesClasses) Number(network.LabelRows(Batch), 4 - (network.OutputLength % 4));
        else Count(network.TargetRows(Batch));
        if (network.Description.HasLengths) Number(network.LengthRows(Batch)[1..], 1, 3);
        if (network.Description.HasLengths) network.LengthRows(Batch)[0] = 9;

        static void Number(Span<int> values, int below, int first = 0)
        {
            for (int i = 0; i < values.Length; i++) values[i] = first + (i % below);
        }

        static void Count(Span<float> values)
        {
            for (int i = 0; i < values.Length; i++) values[i] = (i * 37 % 101 / 50f) - 1;
        }
    }

    private static RocketNetwork Rocket()
    {
        var network = new RocketNetwork(maxBatch: Batch);
        network.Rocket.Fit(new SeriesSet("train", 1, [.. Enumerable.Repeat(50, 20)], Normal(20 * 50, seed: 1), [], []));
        return network;
    }

    private static FocalNetwork Focal()
    {
        var network = new FocalNetwork(maxBatch: Batch);
        network.SetClassWeights([0.5f, 1, 2, 3]);
        return network;
    }
}
