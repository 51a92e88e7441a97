using FastNets.Backends;
using FastNets.Data;
using FastNets.Memory;
using FastNets.Training;
using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Networks.NetworkCases;

namespace FastNets.Engine.Tests.Networks;

/// <summary>What a built network refuses, and that its message says what to do. Nothing is learned from what was refused.</summary>
public sealed class RunTimeRefusalTests
{
    private const int Batch = 4;
    private static readonly Adam Rule = new();

    [Test]
    public void Input_that_is_no_whole_number_of_samples()
    {
        using var network = new GoldenLstm(maxBatch: Batch);
        Refused<ArgumentException>(network, () => network.TrainStep(new float[91], [1, 2], Rule), "GoldenLstm: 91 values do not fill whole samples of 45");
        Refused<ArgumentException>(network, () => network.Predict(new float[44], new float[4]), "44 values do not fill whole samples of 45");
        Refused<ArgumentException>(network, () => network.Predict(new float[90], new float[7]), "2 samples give 2 x 4 = 8 outputs, but there is room for 7");
    }

    [Test]
    public void An_empty_batch()
    {
        using var network = new GoldenGru(maxBatch: Batch);
        Refused<ArgumentOutOfRangeException>(network, () => network.TrainStep(ReadOnlySpan<float>.Empty, ReadOnlySpan<int>.Empty, Rule), "GoldenGru: a batch has 1 to 4 samples");
        Refused<ArgumentOutOfRangeException>(network, () => network.Evaluate(0, TargetKind.ClassIndices), "a batch has 1 to 4 samples");
        Refused<ArgumentOutOfRangeException>(network, () => network.Predict(0), "a batch has 1 to 4 samples");
        Should.NotThrow(() => network.Predict(ReadOnlySpan<float>.Empty, []));
    }

    [Test]
    public void A_batch_larger_than_the_network_was_built_for()
    {
        using var network = new GoldenGru(maxBatch: Batch);
        Refused<ArgumentOutOfRangeException>(network, () => network.TrainStep(new float[5 * 45], new int[5], Rule), "a batch has 1 to 4 samples; the largest is set by the constructor's maxBatch");
        Refused<ArgumentOutOfRangeException>(network, () => network.InputRows(5), "a batch has 1 to 4 samples");
        // Predictions of any number of samples are cut into batches.
        float[] output = new float[9 * 4];
        Should.NotThrow(() => network.Predict(Normal(9 * 45, seed: 1), output));
    }

    [TestCase(4)]
    [TestCase(-1)]
    [TestCase(int.MinValue)]
    public void A_label_that_is_no_class(int label)
    {
        using var network = new GoldenGru(maxBatch: Batch);
        Refused<ArgumentOutOfRangeException>(network, () => network.TrainStep(new float[3 * 45], [0, 3, label], Rule), $"sample 2 of the batch has label {label}, but there are 4 classes, 0 to 3.");
        network.LabelRows(1)[0] = label;
        Refused<ArgumentOutOfRangeException>(network, () => network.Evaluate(1, TargetKind.ClassIndices), "sample 0 of the batch");
    }

    [Test]
    public void Labels_of_another_number()
    {
        using var network = new GoldenGru(maxBatch: Batch);
        Refused<ArgumentException>(network, () => network.TrainStep(new float[2 * 45], [1], Rule), "GoldenGru: 2 samples, but 1 labels");
        using var tags = new LengthsTags(steps: 9, maxBatch: Batch);
        Refused<ArgumentException>(tags, () => tags.TrainStep(new float[2 * 27], [1, 2], Rule), "LengthsTags: 2 samples of 9 steps, but 2 labels");
    }

    [Test]
    public void Labels_where_the_loss_takes_values()
    {
        using var network = new GoldenAutoencoder(maxBatch: Batch);
        Refused<InvalidOperationException>(network, () => network.TrainStep(new float[70], [1], Rule), "GoldenAutoencoder: the loss MeanSquaredError takes target values, not class labels");
        Refused<ArgumentException>(network, () => network.TrainStep(new float[70], new float[69], Rule), "1 samples take 1 x 70 = 70 target values, but there are 69");
    }

    [Test]
    public void MiniRocket_that_was_not_fitted()
    {
        using var network = new RocketNetwork(maxBatch: Batch);
        const string Message = "RocketNetwork: layer 'Rocket' was not fitted; call Rocket.Fit with the training series first";
        Refused<InvalidOperationException>(network, () => network.TrainStep(new float[100], [1, 2], Rule), Message);
        Refused<InvalidOperationException>(network, () => network.Predict(2), Message);
        network.Rocket.IsFitted.ShouldBeFalse();
        DataFormatException error = Should.Throw<DataFormatException>(() => network.Rocket.Fit(Series(49)));
        error.Message.ShouldContain("49 time steps, but layer 'Rocket' takes 50");
        network.Rocket.Fit(Series(50));
        Should.NotThrow(() => network.TrainStep(new float[100], [1, 2], Rule));
        float[] missing = new float[100];
        missing[60] = float.NaN;
        Should.Throw<DataFormatException>(() => network.Predict(missing, new float[8]));

        static SeriesSet Series(int length) => new("train", 1, [.. Enumerable.Repeat(length, 12)], Normal(12 * length, seed: 2), [], []);
    }

    [TestCase(50)]
    [TestCase(-1)]
    public void A_number_that_the_embedding_does_not_know(int token)
    {
        using var network = new EmbeddedGru(maxBatch: Batch);
        int[] tokens = Whole(2 * 12, 50, seed: 3);
        tokens[15] = token;
        Refused<ArgumentOutOfRangeException>(network, () => network.TrainStep(tokens, [1, 2], Rule), $"EmbeddedGru: step 3 of sample 1 of the batch is {token}, but layer 'Words' knows the numbers 0 to 49.");
        Refused<ArgumentOutOfRangeException>(network, () => network.Predict(tokens, new float[6]), $"step 3 of sample 1 of the batch is {token}");
    }

    [Test]
    public void Input_of_the_other_kind()
    {
        using var embedded = new EmbeddedGru(maxBatch: Batch);
        Refused<InvalidOperationException>(embedded, () => embedded.TrainStep(new float[12], [1], Rule), "EmbeddedGru has an Embedding: its input are whole numbers, see TokenRows");
        using var network = new GoldenGru(maxBatch: Batch);
        Refused<InvalidOperationException>(network, () => network.TrainStep(new int[45], [1], Rule), "GoldenGru has no Embedding: its input are floating-point numbers, see InputRows");
    }

    [Test]
    public void Class_weights_that_do_not_fit()
    {
        using var network = new FocalNetwork(maxBatch: Batch);
        Refused<ArgumentException>(network, () => network.SetClassWeights([1, 2, 3]), "FocalNetwork: 4 classes, but 3 weights");
        Refused<ArgumentException>(network, () => network.SetClassWeights(new float[5]), "4 classes, but 5 weights");
        Refused<ArgumentOutOfRangeException>(network, () => network.SetClassWeights([1, 2, -1, 1]), "the weight of class 2 is -1; it must be a finite number, 0 or more");
        Refused<ArgumentOutOfRangeException>(network, () => network.SetClassWeights([float.NaN, 2, 1, 1]), "the weight of class 0 is NaN");
        using var values = new GoldenAutoencoder(maxBatch: Batch);
        Refused<InvalidOperationException>(values, () => values.SetClassWeights([1]), "GoldenAutoencoder: the loss MeanSquaredError has no classes to weigh");
    }

    [Test]
    public void Sizes_that_no_network_can_have()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new LongLstm(steps: 0)).Message.ShouldContain("steps");
        Should.Throw<ArgumentOutOfRangeException>(() => new GoldenGru(maxBatch: 0)).Message.ShouldContain("maxBatch");
    }

    [Test]
    public void Missing_values_in_recurrent_input_stop_training()
    {
        using var network = new GoldenLstm(maxBatch: Batch);
        var x = new FeatureMatrix(8, network.InputLength);
        for (int i = 0; i < 8; i++) Normal(network.InputLength, seed: (ulong)i).CopyTo(x.Row(i));
        x.Row(5)[7] = float.NaN;
        TrainingSource source = TrainingSource.FromFeatures(x, Whole(8, 4, seed: 4));
        TrainingDivergedException error = Should.Throw<TrainingDivergedException>(() => Trainer.Fit(network, source, null, new Adam(), new TrainerOptions { Epochs = 2, BatchSize = 4 }));
        error.Epoch.ShouldBe(1);
        error.Message.ShouldContain("GoldenLstm: the loss became NaN");
        error.Message.ShouldContain("check them and the targets for missing, infinite and very large values");
    }

    [Test]
    public void A_disposed_network()
    {
        var network = new GoldenGru(maxBatch: Batch);
        network.Dispose();
        Should.Throw<ObjectDisposedException>(() => network.Predict(1));
        Should.Throw<ObjectDisposedException>(network.ResetStates);
        Should.NotThrow(network.Dispose);
    }

    private static void Refused<TException>(Network network, Action act, string message)
        where TException : Exception
    {
        float[] before = Weights(network);
        Should.Throw<TException>(act).Message.ShouldContain(message);
        Weights(network).ShouldBe(before);
    }
}
