using FastNets.Classification.Networks;
using FastNets.Memory;
using FastNets.Training;
using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Training.TrainingCases;

namespace FastNets.Engine.Tests.Training;

/// <summary>Epochs that draw their samples.</summary>
public sealed class SamplingTests
{
    [Test]
    public void Balanced_epochs_bring_out_a_rare_class()
    {
        (FeatureMatrix all, int[] allLabels) = Clouds(300);
        // One sample in twenty of class 1, none of class 2.
        int[] rows = [.. Enumerable.Range(0, 300).Where(i => allLabels[i] == 0 || (allLabels[i] == 1 && i % 20 == 1))];
        var x = new FeatureMatrix(rows.Length, Features);
        for (int i = 0; i < rows.Length; i++) all.Row(rows[i]).CopyTo(x.Row(i));
        int[] labels = [.. rows.Select(r => allLabels[r])];
        Share(new TrainerOptions()).ShouldBeLessThan(0.1);
        Share(new TrainerOptions { BalanceClasses = true }).ShouldBe(0.5, 0.1);
        Share(new TrainerOptions { SampleWeights = [.. labels.Select(l => l == 1 ? 1.0 : 0.0)] }).ShouldBe(1.0);

        // Of a network that has learnt nothing the bias tells which classes it saw.
        double Share(TrainerOptions options)
        {
            using SoftmaxHead network = Softmax();
            foreach (Parameter parameter in network.Parameters) parameter.Values.Clear();
            Trainer.Fit(network, TrainingSource.FromFeatures(x, labels), null, new Sgd(1e-3f), options with { Epochs = 1, BatchSize = 64 });
            Span<float> bias = network.Output.Bias!.Values;
            // Each sample of class c adds 2/3 to its bias's slope and takes 1/3 from the others'.
            double[] counts = [.. bias.ToArray().Select(b => (double)b)];
            double sum = counts[0] + counts[1] - (2 * counts[2]);
            return (counts[1] - counts[2]) / sum;
        }
    }

    [Test]
    public void Draws_are_the_same_for_the_same_seed()
    {
        float[] First(ulong seed)
        {
            using SoftmaxHead network = Softmax();
            Trainer.Fit(network, Source(40), null, new Adam(), new TrainerOptions { Epochs = 2, BatchSize = 8, BalanceClasses = true, Seed = seed });
            return Weights(network);
        }

        First(1).ShouldBe(First(1));
        First(1).ShouldNotBe(First(2));
    }

    [Test]
    public void Options_that_do_not_fit_are_refused()
    {
        using SoftmaxHead network = Softmax();
        Message(new TrainerOptions { BalanceClasses = true, SampleWeights = new double[40] }).ShouldStartWith("BalanceClasses and SampleWeights both say how often samples are drawn");
        Message(new TrainerOptions { SampleWeights = new double[39] }).ShouldStartWith("features: 40 samples, but 39 SampleWeights.");
        Message(new TrainerOptions { SampleWeights = new double[40] }).ShouldNotBeEmpty();

        string Message(TrainerOptions options) => Should.Throw<ArgumentException>(() => Trainer.Fit(network, Source(40), null, new Adam(), options)).Message;
    }
}
