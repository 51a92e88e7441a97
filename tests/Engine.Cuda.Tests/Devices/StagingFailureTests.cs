using FastNets.Cuda;
using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Engine.Tests.Training;
using FastNets.Memory;
using FastNets.Training;
using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Devices.StagingCases;
using static FastNets.Engine.Tests.Networks.NetworkCases;

namespace FastNets.Engine.Tests.Devices;

/// <summary>Training that ends while a batch is staged: nothing is under way or left behind, and the network goes on as if it had not been.</summary>
[NonParallelizable]
public sealed class StagingFailureTests
{
    private const int OutOfMemory = 2;
    private const int LaunchFailed = 719;

    // No function has so many calls in a row whose failure changes nothing, but those after its last one.
    private const int Harmless = 8;

    private string _before = "";

    [SetUp]
    public void RequireEmulator()
    {
        TestGpu.RequireEmulator();
        using (Network network = Wide()) Train(network);
        _before = Emulator.Held();
    }

    [TearDown]
    public void Nothing_is_left()
    {
        if (!TestGpu.IsEmulated) return;
        using (Network network = Wide()) Train(network);
        Emulator.Held().ShouldBe(_before);
        Emulator.Count(EmulatorCount.Pending).ShouldBe(0);
    }

    // A failure of what is staged only costs time; all others are errors.
    [Test]
    public void Any_call_may_fail(
        [Values(
            "cuStreamCreate", "cuEventCreate", "cuMemAlloc_v2", "cuMemHostAlloc", "cuMemcpyHtoDAsync_v2", "cuMemcpyDtoHAsync_v2", "cuMemsetD8Async", "cuEventRecord", "cuStreamWaitEvent",
            "cuStreamSynchronize", "cuStreamBeginCapture_v2", "cuGraphLaunch")] string function)
    {
        float[] expected = Trained();
        int failures = 0;
        for (int nth = 1, harmless = 0; harmless < Harmless; nth++)
        {
            using (Network network = Wide())
            {
                Emulator.FailCall(function, nth, OutOfMemory);
                if (function is "cuMemAlloc_v2" or "cuMemHostAlloc") Emulator.FailCall(function, nth + 1, OutOfMemory);
                try
                {
                    Train(network);
                    Emulator.FailCall(function, 0, 0);
                    harmless++;
                    Weights(network).ShouldBe(expected, $"{function}, call {nth}");
                }
                catch (Exception e) when (e is CudaException or CudaUnavailableException)
                {
                    Emulator.FailCall(function, 0, 0);
                    harmless = 0;
                    failures++;

                    // A pass waits for the network's own stream only.
                    _ = network.Penalty;
                    Emulator.Count(EmulatorCount.Pending).ShouldBe(0, $"{function}, call {nth}: {e.Message}");
                    Train(network);
                }
            }

            Emulator.Held().ShouldBe(_before, $"{function}, call {nth}");
        }

        // These are called for the stage only.
        if (function is "cuStreamCreate" or "cuEventCreate" or "cuEventRecord") failures.ShouldBe(0);
        else failures.ShouldBeGreaterThan(0);
    }

    [Test]
    public void A_kernel_that_fails_beside_a_staged_batch_is_an_error()
    {
        var network = Wide();
        Train(network);
        Emulator.FailKernel(30, LaunchFailed);
        Should.Throw<CudaException>(() => Train(network)).Code.ShouldBe(LaunchFailed);
        network.Dispose();
    }

    [Test]
    public void A_batch_that_can_not_be_taken_is_refused_when_its_turn_comes()
    {
        const int Bad = (2 * Batch) + 1;
        int[] tokens = Whole(Samples * 5, 7, seed: 1);
        int[] labels = Whole(Samples, 2, seed: 2);
        using var network = new Words(seed: 4, maxBatch: Batch);
        using var plain = new Words(seed: 4, maxBatch: Batch);
        TrainingSource samples = TrainingSource.FromTokens(tokens, 5, labels);
        tokens[Bad * 5] = 7;
        var recorder = new Recorder();
        Optimizer optimizer = new Adam();
        Should.Throw<ArgumentOutOfRangeException>(() => Trainer.Fit(network, samples, null, optimizer, Options(callbacks: recorder))).Message.ShouldContain("sample 1 of the batch is 7");
        recorder.Batches.Count.ShouldBe(2);
        Emulator.Count(EmulatorCount.Pending).ShouldBe(0);

        Optimizer other = new Adam();
        Step(plain, samples, 0, other);
        Step(plain, samples, 1, other);
        tokens[Bad * 5] = 6;
        Trainer.Fit(network, samples, null, optimizer, Options());
        OneByOne(plain, samples, other);
        Weights(network).ShouldBe(Weights(plain));
    }

    [Test]
    public void Training_that_diverges_leaves_a_network_that_works()
    {
        using var network = Wide();
        float[] weights = new float[network.WeightLength];
        network.SaveWeights(weights);
        var x = new FeatureMatrix(Samples, network.InputLength);
        x.Row(Batch + 1)[0] = float.NaN;
        var recorder = new Recorder();
        Should.Throw<TrainingDivergedException>(() => Trainer.Fit(
            network, TrainingSource.FromFeatures(x, new int[Samples]), null, new Adam(), Options(callbacks: recorder)));
        recorder.Batches.Count.ShouldBe(1);
        Emulator.Count(EmulatorCount.Pending).ShouldBe(0);
        network.LoadWeights(weights);
        network.Predict(new float[network.InputLength], new float[network.OutputLength]);
        network.Outputs.ToArray().ShouldAllBe(value => float.IsFinite(value));
    }

    [Test]
    public void Training_that_is_ended_after_a_step_goes_on_from_there([Values("cancelled", "stopped", "thrown")] string how)
    {
        using var network = Wide();
        using var plain = Wide();
        using var cancellation = new CancellationTokenSource();
        var ender = new Recorder
        {
            EachBatch = (context, batch) =>
            {
                if (batch.Batch < 2) return;
                if (how == "cancelled") cancellation.Cancel();
                else if (how == "stopped") context.Stop("enough");
                else throw new InvalidOperationException("enough");
            },
        };
        Optimizer optimizer = new Adam(), other = new Adam();
        Action fit = () => Trainer.Fit(network, WideSamples(), null, optimizer, Options(callbacks: ender), cancellation.Token);
        if (how == "thrown") Should.Throw<InvalidOperationException>(fit);
        else fit();
        ender.Batches.Count.ShouldBe(2);
        Emulator.Count(EmulatorCount.Pending).ShouldBe(0);

        TrainingSource samples = WideSamples();
        Step(plain, samples, 0, other);
        Step(plain, samples, 1, other);
        Weights(network).ShouldBe(Weights(plain));
        Trainer.Fit(network, samples, null, optimizer, Options());
        OneByOne(plain, samples, other);
        Weights(network).ShouldBe(Weights(plain));
    }

    [Test]
    public void A_network_that_a_callback_disposes_is_gone()
    {
        var network = Wide();
        var disposer = new Recorder { EachBatch = (context, _) => context.Network.Dispose() };
        Should.Throw<ObjectDisposedException>(() => Trainer.Fit(network, WideSamples(), null, new Adam(), Options(callbacks: disposer)));
        disposer.Batches.Count.ShouldBe(1);
        Emulator.Count(EmulatorCount.Pending).ShouldBe(0);
    }

    private static void Train(Network network) => Trainer.Fit(network, WideSamples(), null, new Adam(), Options(epochs: 2));

    private static float[] Trained()
    {
        using var network = Wide();
        Train(network);
        return Weights(network);
    }

    private static void Step(Network network, TrainingSource samples, int batch, Optimizer optimizer)
    {
        samples.Put(network, [.. Enumerable.Range(batch * Batch, Batch)]);
        network.TrainStep(Batch, samples.Targets, optimizer);
    }
}
