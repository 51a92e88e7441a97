namespace FastNets.Training;

/// <summary>How a <see cref="Trainer"/> goes through the samples.</summary>
public sealed record TrainerOptions
{
    /// <summary>How often all samples are gone through; at least 1. Default 10.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>The number of samples of a step, 1 to the network's <see cref="Network.MaxBatch"/>. Default 64.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Whether each epoch takes the samples in a new random order. Default true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>The seed of the order. An epoch's order depends on the seed and the epoch's number only.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether a last batch that is not full is left out. Default false: every sample counts in every epoch.</summary>
    public bool DropLast { get; init; }
}
