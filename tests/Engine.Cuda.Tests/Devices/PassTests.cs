using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Engine.Tests.Networks;
using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Networks.NetworkCases;

namespace FastNets.Engine.Tests.Devices;

/// <summary>Passes on the GPU: the first runs launch by launch, the second is recorded, later ones are replayed; all do what the processor does.</summary>
[NonParallelizable]
public sealed class PassTests
{
    private const int Batch = 10;

    [SetUp]
    public void RequireGpu() => TestGpu.Require();

    [Test]
    public void The_tests_of_networks_run_on_the_gpu()
    {
        using var network = new GoldenSoftmax(maxBatch: 2);
        network.Device.ShouldBe(Device.Cuda(0));
    }

    // Learning rate and momentum that move, dropout that is drawn anew, clipping, penalties: what is not the same in each replay.
    [Test]
    public void Replayed_steps_are_those_of_the_processor([Values("adam", "adamw", "momentum", "rmsprop", "clipped", "each clipped")] string rule)
    {
        using Mixed gpu = Shaken(new Mixed(seed: 4, maxBatch: Batch));
        using Mixed cpu = Shaken(new Mixed(seed: 4, maxBatch: Batch));
        cpu.MoveTo(Device.Cpu);
        Optimizer first = Rule(rule), second = Rule(rule);
        for (int step = 0; step < 7; step++)
        {
            float[] x = Normal(Batch * gpu.InputLength, seed: (ulong)(20 + step));
            int[] labels = Whole(Batch, 4, seed: (ulong)step);
            first.LearningRate = second.LearningRate = 0.01f * (1 + step);
            StepResult actual = gpu.TrainStep(x, labels, first), expected = cpu.TrainStep(x, labels, second);
            actual.Loss.ShouldBe(expected.Loss, 1e-4f * expected.Loss, $"loss of step {step}");
            actual.Penalty.ShouldBe(expected.Penalty, 1e-4f * expected.Penalty, $"penalty of step {step}");
            if (!float.IsNaN(expected.GradientNorm)) actual.GradientNorm.ShouldBe(expected.GradientNorm, 1e-4f * expected.GradientNorm, $"norm of step {step}");
            ShouldAgree(gpu.Outputs, cpu.Outputs, 1e-4, $"outputs of step {step}");
            ShouldAgree(gpu.SampleLosses, cpu.SampleLosses, 1e-4, $"losses of step {step}");
        }

        for (int i = 0; i < cpu.Parameters.Count; i++) ShouldAgree(gpu.Parameters[i].Values, cpu.Parameters[i].Values, 1e-4, cpu.Parameters[i].Name);
        gpu.Penalty.ShouldBe(cpu.Penalty, 1e-4f * cpu.Penalty);
    }

    [Test]
    public void From_the_third_step_on_a_step_is_one_launch()
    {
        TestGpu.RequireEmulator();
        using var network = new Mixed(maxBatch: Batch);
        var optimizer = new Adam { Clipping = GradientClipping.ByGlobalNorm(1f) };
        float[] x = Normal(Batch * network.InputLength, seed: 1);
        int[] labels = Whole(Batch, 4, seed: 2);
        for (int step = 0; step < 2; step++) network.TrainStep(x, labels, optimizer);
        long launches = Emulator.Count(EmulatorCount.Launches), graphs = Emulator.Count(EmulatorCount.GraphLaunches);
        for (int step = 0; step < 3; step++) network.TrainStep(x, labels, optimizer);
        Emulator.Count(EmulatorCount.Launches).ShouldBe(launches);
        Emulator.Count(EmulatorCount.GraphLaunches).ShouldBe(graphs + 3);
    }

    [Test]
    public void Weights_that_the_host_writes_count_for_the_next_pass()
    {
        using var network = new GoldenSoftmax(maxBatch: Batch);
        float[] x = Normal(Batch * network.InputLength, seed: 1), outputs = new float[Batch * network.OutputLength];
        for (int pass = 0; pass < 4; pass++)
        {
            foreach (Parameter parameter in network.Parameters) parameter.Values.Clear();
            network.Scores.Bias!.Values[pass] = 50;
            network.Predict(x, outputs);
            for (int i = 0; i < Batch; i++) outputs[(i * network.OutputLength) + pass].ShouldBe(50f);
        }
    }

    // A hand-written step: what is read in between must not take away what is written through a span that was taken before.
    [Test]
    public void Weights_are_written_through_a_span_that_was_taken_before_others_were_read()
    {
        using Mixed gpu = Shaken(new Mixed(seed: 4, maxBatch: Batch));
        using Mixed cpu = Shaken(new Mixed(seed: 4, maxBatch: Batch));
        cpu.MoveTo(Device.Cpu);
        float[] x = Normal(Batch * gpu.InputLength, seed: 1);
        int[] labels = Whole(Batch, 4, seed: 2);
        foreach (Mixed network in (Mixed[])[gpu, cpu])
        {
            for (int step = 0; step < 4; step++)
            {
                network.ComputeGradients(x, labels);
                Span<float> w = network.Hidden.Kernel.Values;
                ReadOnlySpan<float> g = network.Hidden.Kernel.Gradient;
                _ = network.Outputs[0];
                _ = network.SampleLosses[0];
                network.ResetStates();
                for (int i = 0; i < w.Length; i++) w[i] -= 0.1f * g[i];
            }
        }

        ShouldAgree(gpu.Hidden.Kernel.ReadOnlyValues, cpu.Hidden.Kernel.ReadOnlyValues, 1e-4, "kernel");
    }

    [Test]
    public void A_network_moves_in_the_middle_of_training_and_back()
    {
        using Mixed moved = Shaken(new Mixed(seed: 4, maxBatch: Batch));
        using Mixed stays = Shaken(new Mixed(seed: 4, maxBatch: Batch));
        stays.MoveTo(Device.Cpu);
        Adam first = new(0.01f), second = new(0.01f);
        foreach (Device device in (Device[])[Device.Cpu, Device.Cuda(0), Device.Cpu, Device.Auto])
        {
            moved.MoveTo(device);
            moved.Device.ShouldBe(device.Resolve());
            for (int step = 0; step < 3; step++)
            {
                float[] x = Normal(Batch * moved.InputLength, seed: (ulong)(20 + step));
                int[] labels = Whole(Batch, 4, seed: (ulong)step);
                moved.TrainStep(x, labels, first);
                stays.TrainStep(x, labels, second);
            }

            float[] outputs = moved.Outputs.ToArray();
            moved.MoveTo(device.Kind == DeviceKind.Cpu ? Device.Cuda(0) : Device.Cpu);
            moved.Outputs.ToArray().ShouldBe(outputs);
        }

        for (int i = 0; i < stays.Parameters.Count; i++) ShouldAgree(moved.Parameters[i].Values, stays.Parameters[i].Values, 1e-4, stays.Parameters[i].Name);
    }

    [Test]
    public void A_gradient_that_is_not_finite_moves_nothing_where_it_is_clipped_by_its_norm()
    {
        using Mixed network = Shaken(new Mixed(maxBatch: Batch));
        var optimizer = new Adam { Clipping = GradientClipping.ByGlobalNorm(1f) };
        float[] x = Normal(Batch * network.InputLength, seed: 1);
        int[] labels = Whole(Batch, 4, seed: 2);
        for (int step = 0; step < 3; step++) network.TrainStep(x, labels, optimizer);
        float[] before = [.. network.Parameters.Where(p => p.IsTrainable).SelectMany(p => p.Values.ToArray())];
        x[5] = float.PositiveInfinity;
        StepResult result = network.TrainStep(x, labels, optimizer);
        result.GradientNorm.ShouldBe(float.PositiveInfinity);
        result.IsFinite.ShouldBeFalse();
        network.Parameters.Where(p => p.IsTrainable).SelectMany(p => p.Values.ToArray()).ToArray().ShouldBe(before);
    }

    [Test]
    public void Networks_on_several_threads_do_not_disturb_each_other()
    {
        float[][] weights = new float[4][];
        Parallel.For(0, weights.Length, new ParallelOptions { MaxDegreeOfParallelism = weights.Length }, i =>
        {
            using Mixed network = Shaken(new Mixed(seed: 4, maxBatch: Batch));
            var optimizer = new Adam(0.01f);
            for (int step = 0; step < 4; step++)
                network.TrainStep(Normal(Batch * network.InputLength, seed: (ulong)step), Whole(Batch, 4, seed: (ulong)step), optimizer);
            weights[i] = Weights(network);
        });
        foreach (float[] other in weights.Skip(1)) other.ShouldBe(weights[0]);
    }

    private static Optimizer Rule(string rule) => rule switch
    {
        "adam" => new Adam(),
        "adamw" => new AdamW(amsGrad: true),
        "momentum" => new Sgd(momentum: 0.8f, nesterov: true, weightDecay: 0.01f),
        "rmsprop" => new RmsProp(momentum: 0.5f, centered: true),
        "clipped" => new Sgd { Clipping = GradientClipping.ByGlobalNorm(0.05f) },
        _ => new Adam { Clipping = GradientClipping.ByTensorNorm(0.02f) },
    };

    private static void ShouldAgree(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, double tolerance, string what)
    {
        actual.Length.ShouldBe(expected.Length, what);
        double largest = 1e-6;
        foreach (float value in expected) largest = Math.Max(largest, Math.Abs(value));
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs((double)actual[i] - expected[i]) <= tolerance * largest))
                Assert.Fail($"{what}: element {i} is {actual[i]:R}, on the processor {expected[i]:R}, where the largest is {largest:R}.");
        }
    }
}
