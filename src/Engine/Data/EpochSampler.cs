namespace FastNets.Data;

/// <summary>Says which samples each epoch takes, in which order, and divides them into batches.</summary>
/// <remarks>
/// What an epoch takes is a function of the sampler's arguments and the epoch's number alone, so that training can go on anywhere after it
/// was stopped. Starting an epoch and taking batches allocate nothing. Not thread-safe.
/// </remarks>
public abstract class EpochSampler
{
    private readonly int[] _samples;

    private protected EpochSampler(int samplesPerEpoch, string samplesParameter, int batchSize, bool dropLast)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samplesPerEpoch, 1, samplesParameter);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (dropLast && batchSize > samplesPerEpoch)
            throw new ArgumentException($"Without the last batch nothing is left of {samplesPerEpoch} samples in batches of {batchSize}.", nameof(dropLast));
        _samples = new int[samplesPerEpoch];
        BatchSize = batchSize;
        BatchCount = (samplesPerEpoch / batchSize) + (dropLast || samplesPerEpoch % batchSize == 0 ? 0 : 1);
    }

    /// <summary>The number of samples to take from.</summary>
    public abstract int Count { get; }

    /// <summary>The number of samples of an epoch.</summary>
    public int SamplesPerEpoch => _samples.Length;

    /// <summary>The number of samples of a full batch.</summary>
    public int BatchSize { get; }

    /// <summary>The number of batches of an epoch.</summary>
    public int BatchCount { get; }

    /// <summary>The epoch whose batches <see cref="Batch"/> gives.</summary>
    public int Epoch { get; private set; } = -1;

    /// <summary>Goes to an epoch, any one.</summary>
    /// <param name="epoch">Its number, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public void StartEpoch(int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        if (epoch == Epoch) return;
        Epoch = epoch;
        Draw(_samples, epoch);
    }

    /// <summary>The samples of a batch of the current epoch; valid until another epoch is started.</summary>
    /// <param name="batch">The batch's number, 0 to <see cref="BatchCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such batch.</exception>
    public ReadOnlySpan<int> Batch(int batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(batch, BatchCount);
        int start = batch * BatchSize;
        return _samples.AsSpan(start, Math.Min(BatchSize, _samples.Length - start));
    }

    /// <summary>The samples of an epoch.</summary>
    private protected abstract void Draw(Span<int> samples, int epoch);
}
