namespace FastNets.Training;

/// <summary>What one epoch of training gave.</summary>
public sealed record EpochRecord
{
    /// <summary>The epoch's number, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The mean loss of the epoch's samples as training saw them (dropout on, weights moving), penalties not included.</summary>
    public required double Loss { get; init; }

    /// <summary>The penalties' mean over the epoch's steps.</summary>
    public required double Penalty { get; init; }

    /// <summary>The fraction of the epoch's samples whose largest output was their class, as training saw them; null where the loss is not a classifier's.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The mean loss of the validation samples after the epoch, penalties not included; null without validation.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The fraction of the validation samples that were classified rightly after the epoch; null without validation, or where the loss is not a classifier's.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>The time of the epoch's training steps, validation not included, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The number of training samples a second.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>The step size at the epoch's end.</summary>
    public required float LearningRate { get; init; }
}
