using FastNets.Data;

namespace FastNets.Training;

/// <summary>An epoch's order and where its batches begin and end: even batches, except that one of a single sample is avoided where it would teach nothing.</summary>
internal sealed class BatchPlan
{
    private readonly EpochSampler _order;
    private readonly int _size;
    private readonly int _lastStart;

    /// <summary>Cuts the samples into batches.</summary>
    /// <param name="count">The number of samples, at least 1.</param>
    /// <param name="options">The checked options.</param>
    /// <param name="needsTwo">Whether a batch of one sample teaches nothing (batch normalisation).</param>
    public BatchPlan(int count, TrainerOptions options, bool needsTwo)
        : this(new BatchSampler(count, count, options.Shuffle, options.Seed), options, needsTwo)
    {
    }

    /// <summary>Cuts the samples of an order into batches.</summary>
    /// <param name="order">The samples of an epoch, in one batch.</param>
    /// <param name="options">The checked options.</param>
    /// <param name="needsTwo">Whether a batch of one sample teaches nothing (batch normalisation).</param>
    public BatchPlan(EpochSampler order, TrainerOptions options, bool needsTwo)
    {
        _order = order;
        _size = options.BatchSize;
        int count = order.SamplesPerEpoch;
        int rest = count % _size;
        Samples = options.DropLast ? count - rest : count;
        Batches = (Samples + _size - 1) / _size;
        _lastStart = (Batches - 1) * _size;
        if (!needsTwo || Samples - _lastStart != 1) return;
        if (_size > 2)
        {
            _lastStart--;
            return;
        }

        Samples--;
        Batches--;
        _lastStart -= _size;
    }

    /// <summary>The number of batches of an epoch.</summary>
    public int Batches { get; }

    /// <summary>The number of samples of an epoch.</summary>
    public int Samples { get; }

    /// <summary>Sets the order of an epoch.</summary>
    /// <param name="epoch">Its number, from 1.</param>
    public void Begin(int epoch) => _order.StartEpoch(epoch - 1);

    /// <summary>A batch's samples.</summary>
    /// <param name="batch">The batch, from 0.</param>
    public ReadOnlySpan<int> Rows(int batch)
    {
        int start = batch == Batches - 1 ? _lastStart : batch * _size;
        int end = batch == Batches - 1 ? Samples : batch == Batches - 2 ? _lastStart : start + _size;
        return _order.Batch(0)[start..end];
    }
}
