using FastNets.Data;

namespace FastNets.Training;

/// <summary>Which samples an epoch takes, and in which order.</summary>
internal abstract class EpochOrder
{
    /// <summary>The order that the options ask for.</summary>
    /// <param name="train">The samples.</param>
    /// <param name="network">The network.</param>
    /// <param name="options">The checked options.</param>
    public static EpochOrder For(TrainingSource train, Network network, TrainerOptions options)
    {
        if (options.BalanceClasses) return new DrawnBalanced(new BalancedSampler(train.Labels, network.OutputShape.Columns, train.Count, train.Count, options.Seed));
        if (options.SampleWeights is { } weights) return new DrawnByWeight(new WeightedSampler([.. weights], train.Count, train.Count, options.Seed));
        return new EverySampleOnce(train.Count, options.Shuffle, options.Seed);
    }

    /// <summary>The number of samples of an epoch, the same for all epochs.</summary>
    public abstract int Count { get; }

    /// <summary>Sets the order of an epoch, which depends on the epoch's number alone. Allocates nothing.</summary>
    /// <param name="epoch">Its number, from 0.</param>
    public abstract void Begin(int epoch);

    /// <summary>The present epoch's samples, <see cref="Count"/> indices; one may occur more than once, another not at all.</summary>
    public abstract ReadOnlySpan<int> Rows { get; }
}

/// <summary>Every sample once, as it comes or shuffled.</summary>
internal sealed class EverySampleOnce(int count, bool shuffle, ulong seed) : EpochOrder
{
    // One batch of all samples: the sampler gives the order, the plan makes the cuts.
    private readonly BatchSampler _order = new(count, count, shuffle, seed);

    /// <inheritdoc/>
    public override int Count => count;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Rows => _order.Batch(0);

    /// <inheritdoc/>
    public override void Begin(int epoch) => _order.StartEpoch(epoch);
}

/// <summary>Samples drawn with replacement, every class equally often.</summary>
internal sealed class DrawnBalanced(BalancedSampler sampler) : EpochOrder
{
    /// <inheritdoc/>
    public override int Count => sampler.SamplesPerEpoch;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Rows => sampler.Batch(0);

    /// <inheritdoc/>
    public override void Begin(int epoch) => sampler.StartEpoch(epoch);
}

/// <summary>Samples drawn with replacement, each as often as its weight says.</summary>
internal sealed class DrawnByWeight(WeightedSampler sampler) : EpochOrder
{
    /// <inheritdoc/>
    public override int Count => sampler.SamplesPerEpoch;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Rows => sampler.Batch(0);

    /// <inheritdoc/>
    public override void Begin(int epoch) => sampler.StartEpoch(epoch);
}
