using FastNets.Random;

namespace FastNets.Data;

/// <summary>Divides the samples of each epoch into batches, in their order or shuffled.</summary>
/// <remarks>
/// The order of an epoch is a function of the seed and the epoch's number alone, so that training can go on anywhere after it was stopped.
/// Starting an epoch and taking batches allocate nothing. Not thread-safe.
/// </remarks>
public sealed class BatchSampler
{
    // Keeps the orders of epochs apart from what else is drawn with the same seed.
    private const ulong Purpose = 0x42415443UL << 32;

    private readonly int[] _order;
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
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (dropLast && batchSize > count)
            throw new ArgumentException($"Without the last batch nothing is left of {count} samples in batches of {batchSize}.", nameof(dropLast));
        _order = new int[count];
        _shuffle = shuffle;
        _seed = seed;
        BatchSize = batchSize;
        BatchCount = (count / batchSize) + (dropLast || count % batchSize == 0 ? 0 : 1);
        StartEpoch(0);
    }

    /// <summary>The number of samples.</summary>
    public int Count => _order.Length;

    /// <summary>The number of samples of a full batch.</summary>
    public int BatchSize { get; }

    /// <summary>The number of batches of an epoch.</summary>
    public int BatchCount { get; }

    /// <summary>The epoch whose batches <see cref="Batch"/> gives.</summary>
    public int Epoch { get; private set; }

    /// <summary>Goes to an epoch, any one.</summary>
    /// <param name="epoch">Its number, from 0.</param>
    public void StartEpoch(int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        Epoch = epoch;
        for (int i = 0; i < _order.Length; i++) _order[i] = i;
        if (!_shuffle) return;
        var random = new PhiloxStream(_seed, Purpose | (uint)epoch);
        random.Shuffle<int>(_order);
    }

    /// <summary>The samples of a batch of the current epoch; valid until another epoch is started.</summary>
    /// <param name="batch">The batch's number, 0 to <see cref="BatchCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such batch.</exception>
    public ReadOnlySpan<int> Batch(int batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(batch, BatchCount);
        int start = batch * BatchSize;
        return _order.AsSpan(start, Math.Min(BatchSize, _order.Length - start));
    }
}
