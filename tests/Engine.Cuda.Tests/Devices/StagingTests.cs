using FastNets.Data;
using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Engine.Tests.Training;
using FastNets.Rocket;
using FastNets.Training;
using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Devices.StagingCases;
using static FastNets.Engine.Tests.Networks.NetworkCases;

namespace FastNets.Engine.Tests.Devices;

/// <summary>A trainer gathers, and of large batches sends, the next batch while a step runs; the steps are the same bits.</summary>
[NonParallelizable]
public sealed class StagingTests
{
    private const int Batches = (Samples + Batch - 1) / Batch;

    private const int OutOfMemory = 2;

    // Inputs and targets.
    private const int CopiesOfBatch = 2;

    [SetUp]
    public void RequireGpu() => TestGpu.Require();

    [Test]
    public void Steps_are_those_made_one_after_another(
        [Values("wide", "small", "soft classes", "mixed", "long ragged series", "short ragged series", "words")] string name, [Values(1, 2)] int accumulation)
    {
        (Network network, TrainingSource samples) = Of(name);
        (Network plain, _) = Of(name);
        using (network)
        using (plain)
        {
            OneByOne(plain, samples, new Adam(), accumulation: accumulation);
            Trainer.Fit(network, samples, null, new Adam(), Options(accumulation: accumulation));
            Weights(network).ShouldBe(Weights(plain));
        }
    }

    [Test]
    public void What_callbacks_do_with_the_network_between_steps_leaves_the_next_batch_alone([Values("wide", "small", "long ragged series")] string name)
    {
        (Network network, TrainingSource samples) = Of(name);
        (Network plain, _) = Of(name);
        using (network)
        using (plain)
        {
            OneByOne(plain, samples, new Adam(), between: () => Disturb(plain, samples));
            var meddler = new Recorder { EachBatch = (_, _) => Disturb(network, samples) };
            Trainer.Fit(network, samples, null, new Adam(), Options(callbacks: meddler));
            Weights(network).ShouldBe(Weights(plain));
        }
    }

    [Test]
    public void A_network_that_a_callback_moves_goes_on_where_it_is()
    {
        using var network = Wide();
        using var plain = Wide();
        int steps = 0;
        OneByOne(plain, WideSamples(), new Adam(), between: () => plain.MoveTo(Elsewhere(++steps)));
        int moves = 0;
        Trainer.Fit(network, WideSamples(), null, new Adam(), Options(callbacks: new Recorder { EachBatch = (_, _) => network.MoveTo(Elsewhere(++moves)) }));
        moves.ShouldBe(3 * Batches);
        Weights(network).ShouldBe(Weights(plain));

        static Device Elsewhere(int step) => step % 3 == 2 ? Device.Cpu : Device.Cuda(0);
    }

    [Test]
    public void A_large_batch_is_sent_while_the_step_before_runs()
    {
        TestGpu.RequireEmulator();
        using var network = Wide();
        TrainingSource samples = WideSamples();
        int[] rows = [.. Enumerable.Range(0, Batch)];
        var optimizer = new Adam();
        samples.Put(network, rows);
        network.Start(Batch, samples.Targets, optimizer);
        network.OpenStage().ShouldBeTrue();
        network.CloseStage(Batch, samples.Targets);
        network.Finish();
        network.UseStage().ShouldBeTrue();

        network.Start(Batch, samples.Targets, optimizer);
        long waits = Emulator.Count(EmulatorCount.Synchronizations), step = Emulator.Count(EmulatorCount.Pending), copies = Emulator.Count(EmulatorCount.OverlappingCopies);
        step.ShouldBeGreaterThan(0);
        network.OpenStage().ShouldBeTrue();
        samples.Put(network, rows);
        network.CloseStage(Batch, samples.Targets);
        Emulator.Count(EmulatorCount.Synchronizations).ShouldBe(waits);
        Emulator.Count(EmulatorCount.OverlappingCopies).ShouldBe(copies + CopiesOfBatch);

        // The step is waited for, and the copies are not.
        network.Finish();
        Emulator.Count(EmulatorCount.Synchronizations).ShouldBe(waits + 1);
        Emulator.Count(EmulatorCount.Pending).ShouldBe(CopiesOfBatch + 1);
        network.UseStage().ShouldBeTrue();
        network.Start(Batch, samples.Targets, optimizer);
        network.Finish();
        Emulator.Count(EmulatorCount.Pending).ShouldBe(0);
    }

    [Test]
    public void A_trainer_sends_ahead_all_large_batches_but_the_first_of_each_epoch_and_waits_once_a_step()
    {
        TestGpu.RequireEmulator();
        using var network = Wide();
        var counter = new WaitCounter();
        List<long> copies = [];
        var epochs = new Recorder { EachEpoch = (_, _) => copies.Add(Emulator.Count(EmulatorCount.OverlappingCopies)) };
        Trainer.Fit(network, WideSamples(), null, new Adam(), Options(epochs: 4, callbacks: [counter, epochs]));

        // The last one has 21 KB. Passes that are not recorded yet have copies of their own.
        (copies[2] - copies[1]).ShouldBe((Batches - 2) * CopiesOfBatch);
        (copies[3] - copies[2]).ShouldBe((Batches - 2) * CopiesOfBatch);

        // Each step is judged: its outputs come with it.
        counter.WaitsOfSteps.ShouldBe(Enumerable.Repeat(1L, 2 * (Batches - 1)));
    }

    [Test]
    public void A_small_batch_is_gathered_while_the_step_before_runs()
    {
        TestGpu.RequireEmulator();
        SeriesSet set = SyntheticData.CylinderBellFunnel(Batch, 64, seed: 1);
        MiniRocket rocket = MiniRocket.Fit(set, new MiniRocketOptions { Features = 84 });
        rocket.MoveTo(Device.Cuda(0));
        using var network = new FastNets.Classification.Networks.SoftmaxHead(rocket.FeatureCount, 3, seed: 3, maxBatch: Batch);
        TrainingSource samples = TrainingSource.FromTransform(set, rocket);
        long copies = Emulator.Count(EmulatorCount.OverlappingCopies);
        Trainer.Fit(network, samples, null, new Adam(), Options(epochs: 2));

        // The series of all batches but the first of each epoch go to the device, to be transformed there, beside a step.
        Emulator.Count(EmulatorCount.OverlappingCopies).ShouldBe(copies + (2 * 2));
    }

    [Test]
    public void Passes_are_recorded_in_the_second_epoch_at_the_latest([Values("wide", "small")] string name)
    {
        TestGpu.RequireEmulator();
        (Network network, TrainingSource samples) = Of(name);
        using (network)
        {
            List<long> launches = [];
            Trainer.Fit(network, samples, null, new Adam(), Options(epochs: 5, callbacks: new Recorder { EachEpoch = (_, _) => launches.Add(Emulator.Count(EmulatorCount.Launches)) }));
            launches[1].ShouldBeGreaterThanOrEqualTo(launches[0]);
            launches.Skip(2).ShouldAllBe(count => count == launches[1]);
        }
    }

    [Test]
    public void Without_memory_for_a_second_room_a_network_is_trained_all_the_same()
    {
        TestGpu.RequireEmulator();
        using var network = Wide();
        using var plain = Wide();
        OneByOne(plain, WideSamples(), new Adam());
        long copies = Emulator.Count(EmulatorCount.OverlappingCopies);
        Emulator.FailCall("cuStreamCreate", 1, OutOfMemory);
        Trainer.Fit(network, WideSamples(), null, new Adam(), Options());
        Emulator.Count(EmulatorCount.OverlappingCopies).ShouldBe(copies);
        Weights(network).ShouldBe(Weights(plain));
    }

    // Passes over other samples, in the network's own memory, and weights of classes.
    private static void Disturb(Network network, TrainingSource samples)
    {
        int[] rows = [.. Enumerable.Range(0, 5)];
        samples.Put(network, rows);
        network.Predict(5);
        network.SetClassWeights([1f + network.Steps, 1f, 2f]);
        samples.Put(network, rows);
        network.Evaluate(5, samples.Targets);
        if (!network.Description.HasLengths) network.InputRows(Batch).Fill(float.NaN);
    }

    private sealed class WaitCounter : TrainerCallback
    {
        private long _before;

        public List<long> WaitsOfSteps { get; } = [];

        public override void OnBatchEnd(TrainerContext context, in BatchRecord batch)
        {
            long now = Emulator.Count(EmulatorCount.Synchronizations);
            if (batch is { Epoch: > 2, Batch: > 1 }) WaitsOfSteps.Add(now - _before);
            _before = now;
        }
    }
}
