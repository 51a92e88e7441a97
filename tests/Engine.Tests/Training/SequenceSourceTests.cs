using FastNets.Data;
using FastNets.Memory;
using FastNets.Random;
using FastNets.Training;
using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Training;

/// <summary>How sequences, whole numbers and labels of steps come into a network.</summary>
public sealed class SequenceSourceTests
{
    [Test]
    public void A_sequence_is_given_step_after_step()
    {
        using var network = new Autoencoder(maxBatch: 2);
        SeriesSet set = Series([12, 12], channels: 2);
        TrainingSource.Reconstructing(set).Put(network, [1, 0]);
        ReadOnlySpan<float> x = network.InputRows(2);
        for (int step = 0; step < 12; step++)
        {
            for (int channel = 0; channel < 2; channel++)
            {
                x[(step * 2) + channel].ShouldBe(set.Channel(1, channel)[step]);
                x[24 + (step * 2) + channel].ShouldBe(set.Channel(0, channel)[step]);
            }
        }

        network.TargetRows(2).ToArray().ShouldBe(x.ToArray());
    }

    [Test]
    public void Series_bring_their_lengths_and_padding_is_zero()
    {
        using var network = new RaggedGru(steps: 6, channels: 2, maxBatch: 3);
        SeriesSet set = Series([6, 2, 4], channels: 2);
        network.InputRows(3).Fill(9f);
        TrainingSource.FromSeries(set).Put(network, [0, 1, 2]);
        network.LengthRows(3).ToArray().ShouldBe([6, 2, 4]);
        network.InputRows(3).Slice(12 + 4, 8).ToArray().ShouldAllBe(v => v == 0);
    }

    [Test]
    public void Series_of_unequal_lengths_are_learnt()
    {
        SeriesSet set = Series([.. Enumerable.Range(0, 60).Select(i => 3 + (i % 4))], channels: 2);
        using var network = new RaggedGru(steps: 6, channels: 2, seed: 1, maxBatch: 16);
        TrainingHistory history = Trainer.Fit(
            network, TrainingSource.FromSeries(set), null, new Adam(0.03f), new TrainerOptions { Epochs = 60, BatchSize = 16 });
        history.Epochs[^1].Accuracy!.Value.ShouldBeGreaterThan(0.9);
        Trainer.Evaluate(network, TrainingSource.FromSeries(set)).Accuracy!.Value.ShouldBeGreaterThan(0.9);
    }

    [Test]
    public void Series_shorter_than_the_network_takes_are_their_own_targets()
    {
        SeriesSet set = Series([5, 3, 4, 2], channels: 2);
        using var network = new RaggedAutoencoder(steps: 6, maxBatch: 4);
        var source = TrainingSource.Reconstructing(set);
        TrainingHistory history = Trainer.Fit(network, source, null, new Adam(0.03f), new TrainerOptions { Epochs = 20, BatchSize = 4 });
        history.Epochs[^1].Loss.ShouldBeLessThan(history.Epochs[0].Loss);
        history.Epochs[^1].Accuracy.ShouldBeNull();
    }

    [Test]
    public void Series_that_are_their_own_soft_targets_are_judged_by_the_largest_at_each_step()
    {
        SeriesSet set = Series([4, 4, 4, 4, 4, 4], channels: 3);
        using var network = new SoftSteps(seed: 3, maxBatch: 4);
        var source = TrainingSource.Reconstructing(set);
        Trainer.Fit(network, source, null, new Adam(0.03f), new TrainerOptions { Epochs = 2, BatchSize = 4 }).Epochs[^1].Accuracy.ShouldNotBeNull();
        int right = 0;
        for (int i = 0; i < set.Count; i++)
        {
            source.Put(network, [i]);
            float[] targets = network.TargetRows(1).ToArray();
            network.Predict(1);
            float[] outputs = network.Outputs.ToArray();
            for (int step = 0; step < 4; step++)
            {
                int at = step * 3;
                if (Array.IndexOf(outputs, outputs[at..(at + 3)].Max(), at) == Array.IndexOf(targets, targets[at..(at + 3)].Max(), at)) right++;
            }
        }

        Trainer.Evaluate(network, source).Accuracy.ShouldBe(right / 24.0);
    }

    [Test]
    public void Unequal_lengths_need_a_network_that_takes_them()
    {
        using var fixedLength = new Autoencoder();
        Message(() => Fit(fixedLength, TrainingSource.Reconstructing(Series([12, 9], channels: 2))))
            .ShouldBe("s: the series have 9 to 12 steps, but Autoencoder takes 12; declare it with 'Lengths = true' for series of other lengths, or resample them. (Parameter 'train')");
        using var ragged = new RaggedGru(steps: 6, channels: 2);
        Message(() => Fit(ragged, TrainingSource.FromSeries(Series([7, 3], channels: 2)))).ShouldStartWith("s: the longest series has 7 steps, but RaggedGru takes up to 6.");
        Message(() => Fit(ragged, TrainingSource.FromSeries(Series([6, 3], channels: 1)))).ShouldStartWith("s: the series have 1 channels, but RaggedGru takes 2.");
    }

    [Test]
    public void Each_step_may_have_a_label_and_missing_ones_are_not_judged()
    {
        using var network = new StepLabels(seed: 2, maxBatch: 8);
        (FeatureMatrix x, int[] labels) = Steps(24);
        labels[5] = -1;
        var source = TrainingSource.FromFeatures(x, labels);
        source.TargetLength.ShouldBe(4);
        TrainingHistory history = Trainer.Fit(network, source, null, new Adam(0.03f), new TrainerOptions { Epochs = 40, BatchSize = 8 });
        history.Epochs[^1].Accuracy!.Value.ShouldBeGreaterThan(0.9);
        EvaluationResult result = Trainer.Evaluate(network, source);
        int right = 0;
        float[] outputs = new float[24 * 12];
        for (int i = 0; i < 24; i++) network.Predict(x.Row(i), outputs.AsSpan(i * 12, 12));
        for (int i = 0; i < labels.Length; i++)
        {
            float[] row = outputs[(i * 3)..((i + 1) * 3)];
            if (labels[i] >= 0 && Array.IndexOf(row, row.Max()) == labels[i]) right++;
        }

        result.Accuracy!.Value.ShouldBe((double)right / 95, 1e-12);
    }

    [Test]
    public void Labels_of_steps_must_be_as_many_as_steps()
    {
        using var network = new StepLabels();
        (FeatureMatrix x, _) = Steps(6);
        Message(() => Fit(network, TrainingSource.FromFeatures(x, new int[6]))).ShouldStartWith("features: a sample has 1 class labels, but StepLabels takes 4.");
        Message(() => TrainingSource.FromFeatures(x, new int[7])).ShouldBe("features: 6 samples, but 7 labels.");
        int[] wrong = new int[24];
        wrong[9] = 3;
        Message(() => Fit(network, TrainingSource.FromFeatures(x, wrong))).ShouldStartWith("features: sample 2, step 1, has label 3, but StepLabels has 3 classes, 0 to 2.");
    }

    [Test]
    public void Whole_numbers_are_learnt_through_an_embedding()
    {
        int[] tokens = new int[40 * 5];
        int[] labels = new int[40];
        var random = new PhiloxStream(3, 0);
        for (int i = 0; i < 40; i++)
        {
            labels[i] = i % 2;
            for (int j = 0; j < 5; j++) tokens[(i * 5) + j] = (3 * labels[i]) + random.NextInt32(4);
        }

        using var network = new Words(seed: 1, maxBatch: 8);
        TrainingHistory history = Trainer.Fit(network, TrainingSource.FromTokens(tokens, 5, labels), null, new Adam(0.05f), new TrainerOptions { Epochs = 30, BatchSize = 8 });
        history.Epochs[^1].Accuracy!.Value.ShouldBeGreaterThan(0.95);
        float[] byLoop = new float[80];
        network.Predict(tokens, byLoop);
        network.Outputs.Length.ShouldBe(16);
    }

    [Test]
    public void Numbers_and_whole_numbers_are_not_mixed_up()
    {
        using var words = new Words();
        using var matrix = new FeatureMatrix(4, 5);
        Message(() => Fit(words, TrainingSource.FromFeatures(matrix, new int[4]))).ShouldStartWith("features: the samples are floating-point numbers, but Words has an Embedding and takes whole numbers.");
        using var rocket = new OnlineRocket();
        Message(() => Fit(rocket, TrainingSource.FromTokens(new int[80], 40, new int[2]))).ShouldStartWith("tokens: the samples are whole numbers, but OnlineRocket has no Embedding.");
        Should.Throw<InvalidOperationException>(() => words.InputRows(1).Length.ToString()).Message.ShouldContain("TokenRows");
        Should.Throw<InvalidOperationException>(() => rocket.TokenRows(1).Length.ToString()).Message.ShouldContain("InputRows");
        Message(() => TrainingSource.FromTokens(new int[7], 5, new int[1])).ShouldStartWith("tokens: 7 numbers do not fill whole samples of 5.");
        int[] outside = [0, 1, 2, 3, 7];
        Should.Throw<ArgumentOutOfRangeException>(() => words.TrainStep(outside, [0], new Adam())).Message.ShouldContain('7');
    }

    private static void Fit(Network network, TrainingSource source) => Trainer.Fit(network, source, null, new Adam(), new TrainerOptions { Epochs = 1, BatchSize = 2 });

    private static string Message(Action action) => Should.Throw<ArgumentException>(action).Message;

    // The class shows in the mean of the first channel.
    private static SeriesSet Series(int[] lengths, int channels)
    {
        var random = new PhiloxStream(5, (ulong)lengths.Length);
        int[] labels = [.. lengths.Select((_, i) => i % 3)];
        List<float> values = [];
        for (int i = 0; i < lengths.Length; i++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                for (int step = 0; step < lengths[i]; step++) values.Add((float)random.NextNormal() + (channel == 0 ? 4 * (labels[i] - 1) : 0));
            }
        }

        return new SeriesSet("s", channels, lengths, [.. values], labels, ["a", "b", "c"]);
    }

    // A step's class is the one of its own numbers.
    private static (FeatureMatrix X, int[] Labels) Steps(int count)
    {
        var random = new PhiloxStream(8, 0);
        var x = new FeatureMatrix(count, 8);
        int[] labels = new int[count * 4];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = random.NextInt32(3);
            Span<float> step = x.Row(i / 4).Slice(i % 4 * 2, 2);
            step[0] = (2 * labels[i]) - 2 + (0.3f * (float)random.NextNormal());
            step[1] = (float)random.NextNormal();
        }

        return (x, labels);
    }
}
