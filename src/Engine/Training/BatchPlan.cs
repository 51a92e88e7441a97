using FastNets.Random;

namespace FastNets.Training;

/// <summary>The order of an epoch's samples and where its batches begin and end.</summary>
internal sealed class BatchPlan
{
    // Keeps the draws of orders apart from those of initial weights, whose streams count from 0.
    private const ulong Stream = 0x4F72646572000000;

    private readonly int[] _order;
    private readonly TrainerOptions _options;
    private readonly int _lastStart;
    private readonly int _end;

    /// <summary>Cuts the samples into batches.</summary>
    /// <param name="count">The number of samples, at least 1.</param>
    /// <param name="options">The checked options.</param>
    /// <param name="needsTwo">Whether a batch of one sample teaches nothing (batch normalisation).</param>
    public BatchPlan(int count, TrainerOptions options, bool needsTwo)
    {
        _options = options;
        _order = new int[count];
        int size = options.BatchSize;
        int rest = count % size;
        _end = options.DropLast && rest > 0 ? count - rest : count;
        Batches = (_end + size - 1) / size;
        _lastStart = (Batches - 1) * size;
        if (!needsTwo || _end - _lastStart != 1) return;
        if (size > 2)
        {
            _lastStart--;
        }
        else
        {
            _end--;
            Batches--;
            _lastStart = (Batches - 1) * size;
        }
    }

    /// <summary>The number of steps of an epoch.</summary>
    public int Batches { get; }

    /// <summary>The number of samples of an epoch.</summary>
    public int Samples => _end;

    /// <summary>Sets the order of an epoch.</summary>
    /// <param name="epoch">Its number, from 1.</param>
    public void Begin(int epoch)
    {
        for (int i = 0; i < _order.Length; i++) _order[i] = i;
        if (!_options.Shuffle) return;
        var random = new PhiloxStream(_options.Seed, Stream + (ulong)epoch);
        random.Shuffle(_order.AsSpan());
    }

    /// <summary>A batch's samples.</summary>
    /// <param name="batch">The batch, from 0.</param>
    public ReadOnlySpan<int> Rows(int batch)
    {
        int start = batch == Batches - 1 ? _lastStart : batch * _options.BatchSize;
        int end = batch == Batches - 1 ? _end : batch == Batches - 2 ? _lastStart : start + _options.BatchSize;
        return _order.AsSpan(start, end - start);
    }
}
