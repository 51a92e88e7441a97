using FastNets.Training.Schedules;

namespace FastNets.Training;

/// <summary>How a <see cref="Trainer"/> goes through the samples.</summary>
public sealed record TrainerOptions
{
    /// <summary>The number of the last epoch: how often all samples are gone through, where <see cref="FirstEpoch"/> is 1. At least 1. Default 10.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>
    /// The number of the first epoch, 1 to <see cref="Epochs"/>. Default 1. Training that was interrupted goes on as if it had not been with the next epoch's number, the same network and the
    /// same optimizer object: orders and schedules depend on the numbers of epochs only.
    /// </summary>
    public int FirstEpoch { get; init; } = 1;

    /// <summary>The number of samples of a batch, 1 to the network's <see cref="Network.MaxBatch"/>. Default 64.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>
    /// The number of batches whose gradients are averaged for one step, as <see cref="Network.AccumulateGradients(int, Backends.TargetKind)"/> does; at least 1. Default 1. The last step of an epoch
    /// takes what is left. For steps of more samples than the network was built for.
    /// </summary>
    public int AccumulationSteps { get; init; } = 1;

    /// <summary>
    /// Whether each epoch takes the samples in a new random order. Default true. Stateful layers need the order of their series, so false; their states are reset
    /// at the beginning of each epoch and of each evaluation.
    /// </summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// Whether an epoch draws its samples with replacement so that every class comes equally often, and not each sample once. Needs class labels, one a sample. Default false.
    /// </summary>
    public bool BalanceClasses { get; init; }

    /// <summary>How often an epoch draws each sample, with replacement, relative to the others: one number a sample, 0 or more; null, the default, takes each sample once.</summary>
    public IReadOnlyList<double>? SampleWeights { get; init; }

    /// <summary>The seed of the order. An epoch's order depends on the seed and the epoch's number only.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether a last batch that is not full is left out. Default false: every sample counts in every epoch.</summary>
    public bool DropLast { get; init; }

    /// <summary>How the learning rate moves from step to step, starting from the optimizer's, which it has again afterwards; null, the default, leaves it alone.</summary>
    public LearningRateSchedule? Schedule { get; init; }

    /// <summary>Who is told how training goes, and may take part. Default: nobody.</summary>
    public IReadOnlyList<TrainerCallback> Callbacks { get; init; } = [];
}
