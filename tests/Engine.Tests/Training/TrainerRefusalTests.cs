using FastNets.Classification.Networks;
using FastNets.Memory;
using FastNets.Training;
using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Training.TrainingCases;

namespace FastNets.Engine.Tests.Training;

public sealed class TrainerRefusalTests
{
    [TestCase(0)]
    [TestCase(17)]
    public void A_batch_that_the_network_was_not_built_for_is_refused(int batchSize)
    {
        using SoftmaxHead network = Softmax(maxBatch: 16);
        Refused<ArgumentOutOfRangeException>(network, Source(20), new TrainerOptions { BatchSize = batchSize }).ShouldContain("from 1 to 16");
    }

    [Test]
    public void No_epoch_is_refused()
    {
        using SoftmaxHead network = Softmax();
        Refused<ArgumentOutOfRangeException>(network, Source(20), new TrainerOptions { Epochs = 0 }).ShouldContain("Epochs");
    }

    [Test]
    public void Samples_of_another_length_are_refused_with_both_numbers()
    {
        using var network = new SoftmaxHead(Features + 1, Classes);
        Refused<ArgumentException>(network, Source(20), new TrainerOptions()).ShouldContain("a sample has 6 values, but SoftmaxHead takes 7");
    }

    [Test]
    public void A_label_without_an_output_is_refused_with_its_sample()
    {
        using var network = new SoftmaxHead(Features, 2);
        Refused<ArgumentException>(network, Source(20), new TrainerOptions()).ShouldContain("sample 2 has label 2, but SoftmaxHead has 2 classes");
    }

    [Test]
    public void No_samples_are_refused()
    {
        using SoftmaxHead network = Softmax();
        Refused<ArgumentException>(network, Source(0), new TrainerOptions()).ShouldContain("there are no samples");
    }

    [Test]
    public void Dropping_the_only_batch_is_refused()
    {
        using SoftmaxHead network = Softmax();
        Refused<ArgumentException>(network, Source(20), new TrainerOptions { DropLast = true }).ShouldContain("20 samples do not fill one batch of 64");
    }

    [TestCase(20, 1)]
    [TestCase(1, 8)]
    public void Batch_normalisation_refuses_single_samples(int count, int batchSize)
    {
        using RocketHead network = Normalized();
        Refused<ArgumentException>(network, Source(count), new TrainerOptions { BatchSize = batchSize }).ShouldContain("batch normalisation");
    }

    [Test]
    public void Classes_for_a_network_that_predicts_numbers_are_refused()
    {
        using var network = new Regression(Features);
        Refused<ArgumentException>(network, Source(20), new TrainerOptions()).ShouldContain("takes target values");
    }

    [Test]
    public void Counts_that_differ_are_refused()
    {
        (FeatureMatrix x, _) = Clouds(5);
        Should.Throw<ArgumentException>(() => TrainingSource.FromFeatures(x, new int[4])).Message.ShouldContain("5 samples, but 4 labels");
    }

    [Test]
    public void A_loss_that_is_no_number_stops_training_and_says_where()
    {
        (FeatureMatrix x, int[] labels) = Clouds(20);
        x.Row(19)[2] = float.NaN;
        using SoftmaxHead network = Softmax();
        var options = new TrainerOptions { BatchSize = 8, Shuffle = false };
        var thrown = Should.Throw<TrainingDivergedException>(() => Trainer.Fit(network, TrainingSource.FromFeatures(x, labels), null, new Adam(0.5f), options));
        (thrown.Epoch, thrown.Batch, thrown.LearningRate).ShouldBe((1, 3, 0.5f));
        thrown.Message.ShouldContain("epoch 1, batch 3, at learning rate 0.5");
        thrown.Message.ShouldContain("0.05 or less");
    }

    [Test]
    public void A_learning_rate_that_is_far_too_large_stops_training()
    {
        (FeatureMatrix x, _) = Clouds(20);
        var targets = new FeatureMatrix(20, 1);
        using var network = new Regression(Features, seed: 1);
        Should.Throw<TrainingDivergedException>(() => Trainer.Fit(
            network, TrainingSource.FromFeatures(x, targets), null, new Sgd(1e20f), new TrainerOptions { BatchSize = 20, Epochs = 20 })).Epoch.ShouldBeGreaterThan(1);
    }

    [Test]
    public void A_gradient_beyond_all_range_stops_training_before_it_moves_a_weight()
    {
        (FeatureMatrix x, int[] labels) = Clouds(20);
        foreach (ref float value in x.Buffer.Span(0, 20 * Features)) value *= 1e20f;
        using SoftmaxHead network = Softmax();
        float[] before = Weights(network);
        var optimizer = new Sgd { Clipping = GradientClipping.ByGlobalNorm(1) };
        Should.Throw<TrainingDivergedException>(() => Trainer.Fit(network, TrainingSource.FromFeatures(x, labels), null, optimizer, new TrainerOptions { BatchSize = 20 }))
            .Message.ShouldContain("the gradient is not finite");
        Weights(network).ShouldBe(before);
    }

    private static string Refused<T>(Network network, TrainingSource source, TrainerOptions options)
        where T : Exception
    {
        string message = Should.Throw<T>(() => Trainer.Fit(network, source, null, new Adam(), options)).Message;
        network.Steps.ShouldBe(0);
        return message;
    }
}
