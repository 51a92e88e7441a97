using FastNets.Backends;
using FastNets.Training.Callbacks;

namespace FastNets.Training;

/// <summary>Whether network, samples and options fit, before any work.</summary>
internal static class TrainerChecks
{
    /// <summary>Checks all.</summary>
    /// <param name="network">The network.</param>
    /// <param name="train">The samples to learn from.</param>
    /// <param name="validation">The samples to measure, or null.</param>
    /// <param name="options">The options.</param>
    /// <returns>Whether the network has batch normalisation.</returns>
    public static bool Check(Network network, TrainingSource train, TrainingSource? validation, TrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Epochs < 1)
            throw new ArgumentOutOfRangeException(nameof(options), options.Epochs, "Epochs must be 1 or more.");
        if (options.FirstEpoch < 1 || options.FirstEpoch > options.Epochs)
            throw new ArgumentOutOfRangeException(nameof(options), options.FirstEpoch, $"FirstEpoch must be from 1 to {options.Epochs}, the last epoch's number (Epochs).");
        if (options.AccumulationSteps < 1)
            throw new ArgumentOutOfRangeException(nameof(options), options.AccumulationSteps, "AccumulationSteps must be 1 or more.");
        CheckCallbacks(options);
        if (options.BatchSize < 1 || options.BatchSize > network.MaxBatch)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                options.BatchSize,
                $"{network.Name}: BatchSize must be from 1 to {network.MaxBatch}, the largest batch that the network was built for; build it with a larger maxBatch or ask for smaller batches.");
        }

        CheckSource(network, train, nameof(train));
        CheckSampling(train, options);
        CheckStates(network, options);
        if (validation is not null) CheckSource(network, validation, nameof(validation));
        if (options.DropLast && train.Count < options.BatchSize)
            throw new ArgumentException($"{train.Name}: with DropLast, {train.Count} samples do not fill one batch of {options.BatchSize}; ask for smaller batches, or keep the last batch.", nameof(options));
        bool batchNorm = network.Layers.Any(l => l is BatchNorm);
        if (batchNorm && options.BatchSize == 1)
            throw new ArgumentException($"{network.Name} has batch normalisation, which cannot learn from batches of one sample; ask for a BatchSize of 2 or more.", nameof(options));
        if (batchNorm && train.Count == 1)
            throw new ArgumentException($"{train.Name}: {network.Name} has batch normalisation, which cannot learn from one sample.", nameof(train));
        return batchNorm;
    }

    private static void CheckSampling(TrainingSource train, TrainerOptions options)
    {
        if (options.BalanceClasses && options.SampleWeights is not null)
            throw new ArgumentException("BalanceClasses and SampleWeights both say how often samples are drawn; use one of the two.", nameof(options));
        if (options.BalanceClasses && (train.Targets != TargetKind.ClassIndices || train.TargetLength != 1))
            throw new ArgumentException($"{train.Name}: BalanceClasses needs samples with one class label each.", nameof(options));
        if (options.SampleWeights is { } weights && weights.Count != train.Count)
            throw new ArgumentException($"{train.Name}: {train.Count} samples, but {weights.Count} SampleWeights.", nameof(options));
    }

    // A carried state belongs to the series that the batch before it ended in: an order that is drawn would give it to others.
    private static void CheckStates(Network network, TrainerOptions options)
    {
        if (!options.Shuffle && !options.BalanceClasses && options.SampleWeights is null) return;
        if (network.Layers.OfType<RecurrentLayer>().FirstOrDefault(l => l.IsStateful) is { } layer)
            throw new ArgumentException($"{network.Name}: layer '{layer.Name}' carries its state from batch to batch, so samples must come in the order of their series; set Shuffle to false, and draw none.", nameof(options));
    }

    private static void CheckCallbacks(TrainerOptions options)
    {
        foreach (TrainerCallback callback in options.Callbacks ?? throw new ArgumentException("Callbacks must not be null; leave the list empty.", nameof(options)))
        {
            if (callback is null) throw new ArgumentException("One of the Callbacks is null.", nameof(options));
            if (callback is ReduceOnPlateau && options.Schedule is not null)
                throw new ArgumentException($"A schedule sets the learning rate at each step, so that {nameof(ReduceOnPlateau)} would have no effect; use one of the two.", nameof(options));
        }
    }

    /// <summary>Checks that samples fit a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="source">The samples.</param>
    /// <param name="parameter">The parameter's name for the exception.</param>
    public static void CheckSource(Network network, TrainingSource source, string parameter)
    {
        if (source.Count == 0) throw new ArgumentException($"{source.Name}: there are no samples.", parameter);
        if (source.InputProblem(network) is { } problem) throw new ArgumentException($"{source.Name}: {problem}.", parameter);
        if (source.Targets == TargetKind.Values)
        {
            int targets = source.TargetLengthFor(network);
            if (targets != network.OutputLength)
                throw new ArgumentException($"{source.Name}: a sample has {targets} target values, but {network.Name} has {network.OutputLength} outputs.", parameter);
            return;
        }

        if (!network.TakesClasses)
            throw new ArgumentException($"{source.Name}: {network.Name}'s loss, {network.Loss}, takes target values, but the samples have classes.", parameter);
        int each = network.LabelsPerSample;
        if (source.TargetLength != each)
            throw new ArgumentException($"{source.Name}: a sample has {source.TargetLength} class labels, but {network.Name} takes {each}.", parameter);
        ReadOnlySpan<int> labels = source.Labels;
        int classes = network.OutputShape.Columns;
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] < (uint)classes || (labels[i] == -1 && network.Description.IgnoreMissing)) continue;
            throw new ArgumentException($"{source.Name}: sample {i / each}{(each == 1 ? "" : $", step {i % each},")} has label {labels[i]}, but {network.Name} has {classes} classes, 0 to {classes - 1}.", parameter);
        }
    }
}
