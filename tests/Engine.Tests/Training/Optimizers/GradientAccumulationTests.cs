using FastNets.Tests.Shared.Reference;
using FastNets.Training;
using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Training.Optimizers.OptimizerCases;

namespace FastNets.Engine.Tests.Training.Optimizers;

public sealed class GradientAccumulationTests
{
    private static IEnumerable<Func<GradientClipping, ParameterGroup[], Optimizer>> AllRules => Rules;

    [TestCaseSource(nameof(AllRules))]
    public void Batches_of_any_sizes_give_what_one_large_batch_gives(Func<GradientClipping, ParameterGroup[], Optimizer> rule)
    {
        (float[] x, int[] labels) = Batch(23);
        using Penalised large = Network();
        using Penalised small = Network(maxBatch: 11);
        StepResult whole = large.TrainStep(x, labels, rule(GradientClipping.ByGlobalNorm(0.5f), []));
        int start = 0;
        foreach (int count in (int[])[11, 4, 1, 7])
        {
            small.AccumulateGradients(x.AsSpan(start * 7, count * 7), labels.AsSpan(start, count));
            start += count;
        }

        small.AccumulatedSamples.ShouldBe(23);
        StepResult parts = small.ApplyGradients(rule(GradientClipping.ByGlobalNorm(0.5f), []));
        parts.Loss.ShouldBe(whole.Loss, 1e-6f);
        parts.Penalty.ShouldBe(whole.Penalty);
        parts.GradientNorm.ShouldBe(whole.GradientNorm, 1e-6f);
        for (int p = 0; p < large.Parameters.Count; p++)
            Close.ShouldBeCloseTo(small.Parameters[p].Gradient, Array.ConvertAll(large.Parameters[p].Gradient.ToArray(), v => (double)v), 1e-6, 1e-6, $"gradient of {large.Parameters[p]}");
    }

    [Test]
    public void Weights_after_accumulated_steps_are_those_of_large_batches()
    {
        (float[] x, int[] labels) = Batch(24);
        using Penalised large = Network();
        using Penalised small = Network();
        var sgd = new Sgd(0.1f, 0.9f, weightDecay: 0.01f);
        for (int i = 0; i < 4; i++)
        {
            large.TrainStep(x, labels, sgd);
            for (int part = 0; part < 3; part++) small.AccumulateGradients(x.AsSpan(part * 56, 56), labels.AsSpan(part * 8, 8));
            small.ApplyGradients(sgd);
        }

        for (int p = 0; p < large.Parameters.Count; p++)
            Close.ShouldBeCloseTo(small.Parameters[p].Values, Array.ConvertAll(large.Parameters[p].Values.ToArray(), v => (double)v), 1e-6, 1e-6, large.Parameters[p].Name);
    }

    [Test]
    public void One_batch_gives_the_bits_of_a_step()
    {
        (float[] x, int[] labels) = Batch(9);
        using Penalised step = Network();
        using Penalised accumulated = Network();
        step.TrainStep(x, labels, new Adam());
        accumulated.AccumulateGradients(x, labels);
        accumulated.ApplyGradients(new Adam());
        Weights(accumulated).ShouldBe(Weights(step));
    }

    [Test]
    public void Outputs_after_an_update_are_those_of_the_new_weights()
    {
        (float[] x, int[] labels) = Batch(9);
        using Penalised network = Network();
        float[] before = new float[27], after = new float[27];
        network.AccumulateGradients(x, labels);
        network.Predict(x, before);
        network.ApplyGradients(new Sgd(0.5f));
        network.Predict(x, after);
        after.ShouldNotBe(before);
    }

    [Test]
    public void Nothing_accumulated_cannot_be_applied()
    {
        (float[] x, int[] labels) = Batch(9);
        using Penalised network = Network();
        Should.Throw<InvalidOperationException>(() => network.ApplyGradients(new Sgd())).Message.ShouldContain("AccumulateGradients");
        network.AccumulateGradients(x, labels);
        network.DiscardGradients();
        Should.Throw<InvalidOperationException>(() => network.ApplyGradients(new Sgd()));
    }

    [Test]
    public void A_trainer_makes_one_step_of_several_batches()
    {
        using var large = TrainingCases.Softmax();
        using var small = TrainingCases.Softmax();
        var recorder = new Recorder();
        TrainingHistory whole = Trainer.Fit(large, TrainingCases.Source(44), null, new Adam(0.05f), new TrainerOptions { Epochs = 3, BatchSize = 12, Seed = 2 });
        TrainingHistory parts = Trainer.Fit(
            small, TrainingCases.Source(44), null, new Adam(0.05f), new TrainerOptions { Epochs = 3, BatchSize = 4, AccumulationSteps = 3, Seed = 2, Callbacks = [recorder] });
        parts.Steps.ShouldBe(whole.Steps);
        recorder.Batches.Take(4).Select(b => (b.Batch, b.Batches, b.Samples)).ShouldBe([(1, 4, 12), (2, 4, 12), (3, 4, 12), (4, 4, 8)]);
        for (int e = 0; e < 3; e++)
        {
            parts.Epochs[e].Loss.ShouldBe(whole.Epochs[e].Loss, 1e-5);
            parts.Epochs[e].Accuracy.ShouldBe(whole.Epochs[e].Accuracy);
        }

        float[] expected = TrainingCases.Weights(large), actual = TrainingCases.Weights(small);
        for (int i = 0; i < expected.Length; i++) actual[i].ShouldBe(expected[i], 1e-4f);
    }
}
