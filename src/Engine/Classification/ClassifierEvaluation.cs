using FastNets.Training.Metrics;

namespace FastNets.Classification;

/// <summary>What a <see cref="TimeSeriesClassifier"/> says about series whose classes are known, and how right it is.</summary>
public sealed class ClassifierEvaluation
{
    internal ClassifierEvaluation(Predictions predictions, ClassificationReport report, double? loss)
    {
        Predictions = predictions;
        Report = report;
        Loss = loss;
    }

    /// <summary>What it says about each series.</summary>
    public Predictions Predictions { get; }

    /// <summary>Accuracy and the scores of each class.</summary>
    public ClassificationReport Report { get; }

    /// <summary>The fraction of series that it gets right.</summary>
    public double Accuracy => Report.Accuracy;

    /// <summary>The mean cross-entropy of the series, computed from logits; null where the classifier gives no probabilities.</summary>
    public double? Loss { get; }
}
