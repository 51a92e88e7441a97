using FastNets.Training;

namespace FastNets.Classification;

/// <summary>What training a <see cref="TimeSeriesClassifier"/> gave.</summary>
public sealed class TrainingResult
{
    internal TrainingResult(TimeSeriesClassifier classifier, TrainingHistory? history, double? validationAccuracy, PhaseSeconds seconds)
    {
        Classifier = classifier;
        History = history;
        ValidationAccuracy = validationAccuracy;
        Seconds = seconds;
    }

    /// <summary>The trained classifier; to be disposed by the caller.</summary>
    public TimeSeriesClassifier Classifier { get; }

    /// <summary>The network's epochs; null for <see cref="ClassifierKind.Ridge"/>.</summary>
    public TrainingHistory? History { get; }

    /// <summary>The fraction of the validation series that the classifier gets right; null without validation, and where training was cancelled and the validation features are not in memory.</summary>
    public double? ValidationAccuracy { get; }

    /// <summary>How long the phases took.</summary>
    public PhaseSeconds Seconds { get; }
}
