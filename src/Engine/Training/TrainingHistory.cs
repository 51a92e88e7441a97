namespace FastNets.Training;

/// <summary>What a training run gave, epoch by epoch.</summary>
public sealed class TrainingHistory
{
    internal TrainingHistory(IReadOnlyList<EpochRecord> epochs, int steps, bool cancelled, string? stopReason, double seconds)
    {
        Epochs = epochs;
        Steps = steps;
        Cancelled = cancelled;
        StopReason = stopReason;
        Seconds = seconds;
    }

    /// <summary>The epochs that were gone through to their end.</summary>
    public IReadOnlyList<EpochRecord> Epochs { get; }

    /// <summary>The number of training steps, those of an epoch that was not finished included.</summary>
    public int Steps { get; }

    /// <summary>Whether the run was cancelled before its last epoch was done.</summary>
    public bool Cancelled { get; }

    /// <summary>Why a callback stopped the run; null where none did.</summary>
    public string? StopReason { get; }

    /// <summary>The time of the whole run, validation included, in seconds.</summary>
    public double Seconds { get; }
}
