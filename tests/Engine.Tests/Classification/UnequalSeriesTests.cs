using FastNets.Classification;
using FastNets.Data;
using FastNets.Engine.Tests.Serialization;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Classification.ClassifierCases;

namespace FastNets.Engine.Tests.Classification;

/// <summary>Series of several channels, and of lengths that differ.</summary>
public sealed class UnequalSeriesTests
{
    private static readonly ClassifierKind[] RocketKinds = [.. Kinds.Where(kind => kind != ClassifierKind.Mlp)];

    [Test]
    public void Series_of_several_channels_and_lengths_are_told_apart_by_every_kind([ValueSource(nameof(RocketKinds))] ClassifierKind kind, [Values(1, 3)] int channels)
    {
        var options = new ClassifierOptions { Kind = kind, Features = 840, Seed = 3, Epochs = kind == ClassifierKind.Ridge ? null : 30 };
        TrainingResult result = TimeSeriesClassifier.Train(Waves(60, channels, 20, 50), Waves(30, channels, 15, 60, seed: 4), options);
        using TimeSeriesClassifier classifier = result.Classifier;
        (classifier.Channels, classifier.Length, classifier.TakesAnyLength).ShouldBe((channels, 50, true));
        (classifier.Options.AlwaysPads, classifier.Options.ReferenceLength).ShouldBe((true, 50));
        result.ValidationAccuracy!.Value.ShouldBeGreaterThan(0.9);
        classifier.Evaluate(Waves(60, channels, 15, 60, seed: 2)).Accuracy.ShouldBeGreaterThan(0.9);
    }

    [Test]
    public void Several_channels_of_one_length_are_told_apart_without_padding()
    {
        using TimeSeriesClassifier classifier = TimeSeriesClassifier.Train(Waves(60, 3, 40, 40), null, Quick(ClassifierKind.Ridge)).Classifier;
        (classifier.TakesAnyLength, classifier.Options.AlwaysPads, classifier.Options.ReferenceLength).ShouldBe((false, false, null));
        classifier.Evaluate(Waves(60, 3, 40, 40, seed: 2)).Accuracy.ShouldBeGreaterThan(0.9);
        Should.Throw<DataFormatException>(() => classifier.Predict(Waves(6, 3, 30, 50))).Message.ShouldContain("equal lengths are needed");
        Should.Throw<DataFormatException>(() => classifier.Predict(Waves(6, 2, 40, 40))).Message.ShouldContain("2 channels, but the classifier was trained on 3");
    }

    [Test]
    public void A_loaded_classifier_is_the_saved_one([ValueSource(nameof(RocketKinds))] ClassifierKind kind)
    {
        using var folder = new TemporaryFolder();
        using TimeSeriesClassifier saved = TimeSeriesClassifier.Train(Waves(24, 3, 10, 40), null, Quick(kind) with { Deterministic = true }).Classifier;
        saved.Save(folder.File("a"));
        using TimeSeriesClassifier loaded = TimeSeriesClassifier.Load(folder.File("a"));

        SeriesSet test = Waves(40, 3, 1, 90, seed: 8);
        loaded.Predict(test).Scores.ToArray().ShouldBe(saved.Predict(test).Scores.ToArray());
        loaded.Options.ShouldBe(saved.Options);
        loaded.Options.Deterministic.ShouldBeTrue();
        (loaded.Channels, loaded.Length, loaded.TakesAnyLength).ShouldBe((3, 40, true));
        loaded.Save(folder.File("b"));
        File.ReadAllBytes(folder.File("b")).ShouldBe(File.ReadAllBytes(folder.File("a")));
    }

    [Test]
    public void One_series_of_any_length_is_classified_as_in_a_set()
    {
        using TimeSeriesClassifier classifier = TimeSeriesClassifier.Train(Waves(24, 2, 10, 40), null, Quick(ClassifierKind.Ridge)).Classifier;
        SeriesSet test = Waves(12, 2, 1, 60, seed: 5);
        Predictions all = classifier.Predict(test);
        float[] scores = new float[3];
        for (int i = 0; i < test.Count; i++)
        {
            classifier.Predict(test.Series(i), scores).ShouldBe(all.ClassIndices[i]);
            scores.ShouldBe(all.ScoresOf(i).ToArray());
        }

        Should.Throw<ArgumentException>(() => classifier.Predict(new float[5])).Message.ShouldContain("5 values, but the classifier was trained on 2 channels of any one length");
        Should.Throw<ArgumentException>(() => classifier.Predict([])).Message.ShouldContain("0 values");
        var empty = new SeriesSet("empty", 2, [3, 0], new float[6], [], []);
        Should.Throw<DataFormatException>(() => classifier.Predict(empty)).Message.ShouldContain("series 1 has 0 time steps");
    }

    [Test]
    public void Padding_can_be_asked_for_of_series_of_one_length()
    {
        ClassifierOptions options = Quick(ClassifierKind.Softmax) with { AlwaysPads = true, ReferenceLength = 30 };
        using TimeSeriesClassifier classifier = TimeSeriesClassifier.Train(Shapes(12), Waves(9, 1, 5, 80).WithLabels([.. Enumerable.Repeat("bell", 9)]), options).Classifier;
        (classifier.Length, classifier.TakesAnyLength).ShouldBe((30, true));
        classifier.Predict(Waves(5, 1, 1, 100)).Count.ShouldBe(5);
    }

    [Test]
    public void The_length_that_dilations_are_chosen_for_is_that_of_all_training_series_whatever_is_held_out()
    {
        // Of each class one series is longer; if it is held out, the others are still not taken for all there is.
        int[] lengths = [.. Enumerable.Range(0, 20).Select(i => i < 2 ? 40 : 20)];
        float[] values = [.. Enumerable.Range(0, lengths.Sum()).Select(i => i * 7919 % 101 / 50f)];
        var set = new SeriesSet("long and short", 1, lengths, values, [.. Enumerable.Range(0, 20).Select(i => i % 2)], ["a", "b"]);
        for (ulong seed = 0; seed < 8; seed++)
        {
            ClassifierOptions options = new() { Features = 84, Seed = seed, ValidationFraction = 0.5 };
            using TimeSeriesClassifier classifier = TimeSeriesClassifier.Train(set, null, options).Classifier;
            (classifier.Length, classifier.TakesAnyLength).ShouldBe((40, true));
        }
    }
}
