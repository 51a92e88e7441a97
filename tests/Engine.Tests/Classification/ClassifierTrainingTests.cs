using FastNets.Classification;
using FastNets.Data;
using FastNets.Training;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Classification.ClassifierCases;

namespace FastNets.Engine.Tests.Classification;

public sealed class ClassifierTrainingTests
{
    [Test]
    public void Shapes_in_noise_are_told_apart_by_every_kind([ValueSource(typeof(ClassifierCases), nameof(Kinds))] ClassifierKind kind)
    {
        var options = new ClassifierOptions { Kind = kind, Features = 420, Seed = 2, Epochs = kind == ClassifierKind.Ridge ? null : 40 };
        TrainingResult result = TimeSeriesClassifier.Train(Shapes(30), null, options);
        using TimeSeriesClassifier classifier = result.Classifier;
        ClassifierEvaluation evaluation = classifier.Evaluate(Shapes(60, seed: 5));
        evaluation.Accuracy.ShouldBeGreaterThan(kind == ClassifierKind.Mlp ? 0.8 : 0.95);
        (evaluation.Loss is null).ShouldBe(kind == ClassifierKind.Ridge);
        (result.History is null).ShouldBe(kind == ClassifierKind.Ridge);
        result.Seconds.Total.ShouldBeGreaterThan(0);
    }

    [Test]
    public void Defaults_are_filled_in()
    {
        using TimeSeriesClassifier classifier = TimeSeriesClassifier.Train(Shapes(4), null, new ClassifierOptions { Kind = ClassifierKind.Softmax, Features = 84 }).Classifier;
        ClassifierOptions options = classifier.Options;
        (options.Epochs, options.BatchSize, options.LearningRate, options.Optimizer).ShouldBe((100, 12, 1e-3f, OptimizerKind.Adam));
        classifier.FeatureCount.ShouldBe(84);
        classifier.Length.ShouldBe(Length);
        classifier.Classes.ShouldBe(["bell", "cylinder", "funnel"]);
    }

    [Test]
    public void Every_optimizer_learns([Values] OptimizerKind optimizer)
    {
        ClassifierOptions options = Quick(ClassifierKind.Softmax) with { Optimizer = optimizer, Epochs = 10 };
        TrainingHistory history = TimeSeriesClassifier.Train(Shapes(12), null, options).History!;
        history.Epochs[^1].Loss.ShouldBeLessThan(history.Epochs[0].Loss);
    }

    [Test]
    public void Phases_and_epochs_are_reported_in_order()
    {
        var observer = new PhaseRecorder();
        TimeSeriesClassifier.Train(Shapes(12), Shapes(5, seed: 3), Quick(ClassifierKind.Head), observer);
        observer.Events.ShouldBe([
            "start FitTransform", "end FitTransform", "start Transform", "end Transform", "start Transform", "end Transform",
            "start FitHead", "epoch 1", "epoch 2", "epoch 3", "end FitHead"]);
    }

    [Test]
    public void A_share_of_each_class_is_held_out([Values(ClassifierKind.Ridge, ClassifierKind.Head)] ClassifierKind kind)
    {
        SeriesSet all = Shapes(20);
        ClassifierOptions options = Quick(kind) with { ValidationFraction = 0.25 };
        TrainingResult result = TimeSeriesClassifier.Train(all, null, options);
        (int[] kept, int[] heldOut) = Splits.Stratified(all.Labels, 0.25, options.Seed);
        TrainingResult byHand = TimeSeriesClassifier.Train(all.Subset(kept), all.Subset(heldOut), options with { ValidationFraction = null });
        result.ValidationAccuracy.ShouldBe(byHand.ValidationAccuracy);
        result.ValidationAccuracy.ShouldBe(result.Classifier.Evaluate(all.Subset(heldOut)).Accuracy);
        result.Classifier.Predict(all).Scores.ToArray().ShouldBe(byHand.Classifier.Predict(all).Scores.ToArray());
        if (kind == ClassifierKind.Head) result.History!.Epochs[^1].ValidationAccuracy.ShouldBe(result.ValidationAccuracy);
    }

    [Test]
    public void Level_and_size_do_not_matter_after_standardisation()
    {
        SeriesSet train = Shapes(12);
        SeriesSet test = Shapes(10, seed: 4);
        ClassifierOptions options = Quick(ClassifierKind.Ridge) with { Preprocessing = SeriesPreprocessing.Standardize };
        using TimeSeriesClassifier classifier = TimeSeriesClassifier.Train(train, null, options).Classifier;
        float[] moved = [.. test.Values.ToArray().Select(v => (v * 1024) + 4096)];
        var other = new SeriesSet("moved", 1, [.. Enumerable.Repeat(Length, test.Count)], moved, [], []);
        classifier.Predict(other).ClassIndices.ToArray().ShouldBe(classifier.Predict(test).ClassIndices.ToArray());
    }

    [Test]
    public void Cancelling_keeps_the_network_of_that_moment()
    {
        using var source = new CancellationTokenSource();
        var observer = new PhaseRecorder { AtEpoch = _ => source.Cancel() };
        TrainingResult result = TimeSeriesClassifier.Train(Shapes(12), null, Quick(ClassifierKind.Softmax), observer, source.Token);
        result.History!.Cancelled.ShouldBeTrue();
        result.History.Epochs.Count.ShouldBe(1);
        result.Classifier.Predict(Shapes(2)).Count.ShouldBe(6);
    }

    [Test]
    public void Cancelling_before_there_is_a_head_throws([Values(ClassifierKind.Ridge, ClassifierKind.Head)] ClassifierKind kind)
    {
        using var source = new CancellationTokenSource();
        var observer = new PhaseRecorder { AtPhaseEnd = source.Cancel };
        Should.Throw<OperationCanceledException>(() => TimeSeriesClassifier.Train(Shapes(12), null, Quick(kind), observer, source.Token));
        observer.Events.ShouldBe(["start FitTransform", "end FitTransform"]);
    }

    [Test]
    public void Several_channels_are_learnt_by_the_perceptron()
    {
        SeriesSet plain = Plain(24, 12, classes: 2, channels: 3);
        float[] values = plain.Values.ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            int series = i / 36;
            int channel = i / 12 % 3;
            if (channel == 2) values[i] += plain.Labels[series] == 0 ? 100 : -100;
        }

        var set = new SeriesSet("channels", 3, [.. Enumerable.Repeat(12, 24)], values, plain.Labels.ToArray(), plain.Classes);
        using TimeSeriesClassifier classifier = TimeSeriesClassifier.Train(set, null, new ClassifierOptions { Kind = ClassifierKind.Mlp, Epochs = 10 }).Classifier;
        classifier.Channels.ShouldBe(3);
        classifier.FeatureCount.ShouldBe(36);
        classifier.Evaluate(set).Accuracy.ShouldBeGreaterThan(0.9);
    }

    private sealed class PhaseRecorder : ClassifierCallback
    {
        public List<string> Events { get; } = [];

        public Action<EpochRecord>? AtEpoch { get; init; }

        public Action? AtPhaseEnd { get; init; }

        public override void OnPhaseStart(ClassifierPhase phase) => Events.Add($"start {phase}");

        public override void OnPhaseEnd(ClassifierPhase phase, double seconds)
        {
            seconds.ShouldBeGreaterThanOrEqualTo(0);
            Events.Add($"end {phase}");
            AtPhaseEnd?.Invoke();
        }

        public override void OnEpochEnd(TrainerContext context, EpochRecord record)
        {
            Events.Add($"epoch {record.Epoch}");
            AtEpoch?.Invoke(record);
        }
    }
}
