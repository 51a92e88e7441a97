using FastNets.Classification;
using FastNets.Data;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Classification.ClassifierCases;

namespace FastNets.Engine.Tests.Classification;

/// <summary>Features that are kept in memory, and those that are computed anew for each batch.</summary>
public sealed class FeatureMemoryTests
{
    private const long BytesPerSeries = 252 * sizeof(float);

    private static readonly ClassifierKind[] NetworkKinds = [.. Kinds.Where(kind => kind is not (ClassifierKind.Mlp or ClassifierKind.Ridge))];

    [Test]
    public void A_network_is_the_same_whether_its_features_are_kept_or_not(
        [ValueSource(nameof(NetworkKinds))] ClassifierKind kind, [Values] bool unequal, [Values] SeriesPreprocessing preprocessing)
    {
        SeriesSet train = unequal ? Waves(50, 2, 12, 40) : Shapes(17);
        SeriesSet validation = unequal ? Waves(20, 2, 5, 60, seed: 2) : Shapes(7, seed: 2);
        ClassifierOptions options = Quick(kind) with { BatchSize = 20, Preprocessing = preprocessing };
        TrainingResult kept = TimeSeriesClassifier.Train(train, validation, options);
        foreach (long limit in new[] { 1, BytesPerSeries * train.Count, (BytesPerSeries * (train.Count + validation.Count)) - 1 })
        {
            TrainingResult other = TimeSeriesClassifier.Train(train, validation, options with { MaxFeatureBytes = limit });
            BytesOf(other.Classifier).ShouldBe(BytesOf(kept.Classifier));
            other.Classifier.Options.ShouldBe(kept.Classifier.Options);
            other.ValidationAccuracy.ShouldBe(kept.ValidationAccuracy);
            other.History!.Epochs.Select(e => (e.Loss, e.ValidationLoss, e.ValidationAccuracy)).ShouldBe(kept.History!.Epochs.Select(e => (e.Loss, e.ValidationLoss, e.ValidationAccuracy)));
            other.Classifier.Dispose();
        }

        kept.Classifier.Dispose();
    }

    [Test]
    public void A_ridge_classifier_needs_no_memory_for_validation_features()
    {
        SeriesSet train = Shapes(12);
        SeriesSet validation = Shapes(10, seed: 2);
        ClassifierOptions options = Quick(ClassifierKind.Ridge);
        TrainingResult kept = TimeSeriesClassifier.Train(train, validation, options);
        TrainingResult other = TimeSeriesClassifier.Train(train, validation, options with { MaxFeatureBytes = BytesPerSeries * train.Count });
        other.ValidationAccuracy.ShouldBe(kept.ValidationAccuracy);
        BytesOf(other.Classifier).ShouldBe(BytesOf(kept.Classifier));
    }

    [Test]
    public void Measuring_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => TimeSeriesClassifier.Train(
            Shapes(12), null, Quick(ClassifierKind.Softmax) with { MaxFeatureBytes = 1 }, new CancelAt(ClassifierPhase.Transform, source), source.Token));
    }

    private sealed class CancelAt(ClassifierPhase cancelled, CancellationTokenSource source) : ClassifierCallback
    {
        public override void OnPhaseStart(ClassifierPhase phase)
        {
            if (phase == cancelled) source.Cancel();
            phase.ShouldNotBe(ClassifierPhase.FitHead);
        }
    }
}
