using FastNets.Random;

namespace FastNets.Data;

/// <summary>Divides the samples of each epoch into batches, in their order or shuffled.</summary>
/// <remarks>
/// The order of an epoch is a function of the seed and the epoch's number alone, so that training can go on anywhere after it was stopped.
/// Starting an epoch and taking batches allocate nothing. Not thread-safe.
/// </remarks>
public sealed class BatchSampler : EpochSampler
{
    // Keeps the orders of epochs apart from what else is drawn with the same seed.
    private const ulong Purpose = 0x42415443UL << 32;

    private readonly bool _shuffle;
    private readonly ulong _seed;

    /// <summary>Makes a sampler, at the beginning of epoch 0.</summary>
    /// <param name="count">The number of samples, at least 1.</param>
    /// <param name="batchSize">The number of samples of a batch, at least 1; the last batch of an epoch may have fewer.</param>
    /// <param name="shuffle">Whether each epoch has an order of its own.</param>
    /// <param name="seed">The seed of the orders.</param>
    /// <param name="dropLast">Whether a last batch that is not full is left out.</param>
    /// <exception cref="ArgumentException">A number is below 1, or leaving out the last batch leaves none.</exception>
    public BatchSampler(int count, int batchSize, bool shuffle, ulong seed, bool dropLast = false)
        : base(count, nameof(count), batchSize, dropLast)
    {
        _shuffle = shuffle;
        _seed = seed;
        StartEpoch(0);
    }

    /// <inheritdoc/>
    public override int Count => SamplesPerEpoch;

    private protected override void Draw(Span<int> samples, int epoch)
    {
        for (int i = 0; i < samples.Length; i++) samples[i] = i;
        if (!_shuffle) return;
        var random = new PhiloxStream(_seed, Purpose | (uint)epoch);
        random.Shuffle(samples);
    }
}
