using FastNets.Training.Optimizers;

namespace FastNets.Training;

/// <summary>Where a run of training stands, for its callbacks.</summary>
public sealed class TrainerContext
{
    private readonly List<EpochRecord> _history;

    internal TrainerContext(Network network, Optimizer optimizer, TrainerOptions options, bool hasValidation, int stepsPerEpoch, List<EpochRecord> history)
    {
        Network = network;
        Optimizer = optimizer;
        Options = options;
        HasValidation = hasValidation;
        StepsPerEpoch = stepsPerEpoch;
        Epoch = options.FirstEpoch;
        _history = history;
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>The rule of the update.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The run's options.</summary>
    public TrainerOptions Options { get; }

    /// <summary>Whether there are validation samples.</summary>
    public bool HasValidation { get; }

    /// <summary>Whether the network's loss is a classifier's, so that there are accuracies.</summary>
    public bool HasAccuracy => Network.TakesClasses;

    /// <summary>The present epoch's number, from 1.</summary>
    public int Epoch { get; internal set; }

    /// <summary>The last epoch's number.</summary>
    public int Epochs => Options.Epochs;

    /// <summary>The number of steps of an epoch.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>The present or next step's place in the whole of training: epochs before <see cref="TrainerOptions.FirstEpoch"/> count.</summary>
    public TrainingProgress Progress => new(((Epoch - 1L) * StepsPerEpoch) + StepInEpoch, (long)Epochs * StepsPerEpoch, StepsPerEpoch);

    /// <summary>The epochs done in this run.</summary>
    public IReadOnlyList<EpochRecord> History => _history;

    /// <summary>Why training is to stop; null while it goes on.</summary>
    public string? StopReason { get; private set; }

    internal int StepInEpoch { get; set; }

    /// <summary>Stops training: after the present epoch where it is called at its end, else after the present step; an epoch that still had steps is then not counted.</summary>
    /// <param name="reason">Why, as <see cref="TrainingHistory.StopReason"/> reports it. The first reason stays.</param>
    /// <exception cref="ArgumentException">The reason is empty.</exception>
    public void Stop(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        StopReason ??= reason;
    }
}

/// <summary>A step's place in the whole of training.</summary>
/// <param name="Step">The step's number, from 0.</param>
/// <param name="Steps">The number of steps of the whole training.</param>
/// <param name="StepsPerEpoch">The number of steps of an epoch.</param>
public readonly record struct TrainingProgress(long Step, long Steps, long StepsPerEpoch)
{
    /// <summary>The step's epoch, from 0.</summary>
    public long Epoch => Step / StepsPerEpoch;
}
