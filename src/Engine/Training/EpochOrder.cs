using FastNets.Data;

namespace FastNets.Training;

/// <summary>Which samples an epoch takes, and in which order.</summary>
internal static class EpochOrder
{
    /// <summary>The order that the options ask for, as one batch of all samples of an epoch: the plan makes the cuts.</summary>
    /// <param name="train">The samples.</param>
    /// <param name="network">The network.</param>
    /// <param name="options">The checked options.</param>
    public static EpochSampler For(TrainingSource train, Network network, TrainerOptions options)
    {
        if (options.BalanceClasses) return new BalancedSampler(train.Labels, network.OutputShape.Columns, train.Count, train.Count, options.Seed);
        if (options.SampleWeights is { } weights) return new WeightedSampler([.. weights], train.Count, train.Count, options.Seed);
        return new BatchSampler(train.Count, train.Count, options.Shuffle, options.Seed);
    }
}
