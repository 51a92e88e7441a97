using FastNets.Backends;
using FastNets.Training.Optimizers;

namespace FastNets;

// One update from several batches: for batches larger than memory, or than what the network was built for.
public abstract partial class Network
{
    private long _accumulatedSamples;
    private double _accumulatedLoss;

    /// <summary>The number of samples whose gradients wait for <see cref="ApplyGradients"/>.</summary>
    public long AccumulatedSamples => _accumulatedSamples;

    /// <summary>Forward, loss and backward; the gradients are added to those that wait for <see cref="ApplyGradients"/>.</summary>
    /// <param name="x">Samples, shape [batch, <see cref="InputLength"/>].</param>
    /// <param name="labels">Class indices, shape [batch].</param>
    /// <returns>This batch's mean loss, penalties not included.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or the batch is empty or larger than <see cref="MaxBatch"/>.</exception>
    public float AccumulateGradients(ReadOnlySpan<float> x, ReadOnlySpan<int> labels) => AccumulateGradients(Put(x, labels), TargetKind.ClassIndices);

    /// <summary>Forward, loss and backward; the gradients are added to those that wait for <see cref="ApplyGradients"/>.</summary>
    /// <param name="x">Samples, shape [batch, <see cref="InputLength"/>].</param>
    /// <param name="targets">Values, one-hot or soft classes, shape [batch, <see cref="OutputLength"/>].</param>
    /// <returns>This batch's mean loss, penalties not included.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or the batch is empty or larger than <see cref="MaxBatch"/>.</exception>
    public float AccumulateGradients(ReadOnlySpan<float> x, ReadOnlySpan<float> targets) => AccumulateGradients(Put(x, targets), TargetKind.Values);

    /// <summary>Forward, loss and backward for the samples in <see cref="InputRows"/>; the gradients are added to those that wait for <see cref="ApplyGradients"/>.</summary>
    /// <remarks>
    /// What waits is the mean over samples, whatever the batches' sizes: the gradient that one large batch would give, apart from rounding. Not so
    /// with batch normalisation, which normalises each batch by its own statistics, and moves the running ones once a batch. The memory for it is taken at the first call.
    /// </remarks>
    /// <param name="batch">The number of samples.</param>
    /// <param name="targets">What was put: <see cref="LabelRows"/> or <see cref="TargetRows"/>.</param>
    /// <returns>This batch's mean loss, penalties not included.</returns>
    public float AccumulateGradients(int batch, TargetKind targets)
    {
        float loss = ComputeGradients(batch, targets);
        Accumulate(batch, loss);
        return loss;
    }

    /// <summary>Adds the gradients of a batch that were just computed to those that wait.</summary>
    internal void Accumulate(int batch, float loss)
    {
        if (_device.Length(Arena.AccumulatedGradients) == 0)
        {
            _reserved[(int)Arena.AccumulatedGradients] = _reserved[(int)Arena.Parameters];
            _device.Allocate(Arena.AccumulatedGradients, (int)_reserved[(int)Arena.AccumulatedGradients]);
        }

        float fraction = (float)((double)batch / (_accumulatedSamples + batch));
        try
        {
            _device.Begin(new PassKey(PassKind.Other), _step);
            _passes.MoveTowards(AllOf(Arena.Gradients), AllOf(Arena.AccumulatedGradients), fraction);
            _device.End();
        }
        finally
        {
            _device.Abort();
        }

        _accumulatedSamples += batch;
        _accumulatedLoss += (double)loss * batch;
    }

    /// <summary>Makes one update with the mean gradient of the samples accumulated since the last, which is then in <see cref="Parameter.Gradient"/>.</summary>
    /// <param name="optimizer">The rule of the update.</param>
    /// <returns>The samples' mean loss, and what a step reports else.</returns>
    /// <exception cref="InvalidOperationException">No gradients were accumulated.</exception>
    public StepResult ApplyGradients(Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_accumulatedSamples == 0)
            throw new InvalidOperationException($"{Name}: there are no gradients to apply; call {nameof(AccumulateGradients)} for at least one batch before.");
        if (!ReferenceEquals(_optimizer, optimizer)) Use(optimizer);
        float loss = (float)(_accumulatedLoss / _accumulatedSamples);
        ParametersChanged();
        try
        {
            _device.Begin(new PassKey(PassKind.Other), _step);
            _passes.MoveTowards(AllOf(Arena.AccumulatedGradients), AllOf(Arena.Gradients), 1);
            EnqueueUpdate(optimizer);
            _device.Fetch(FigureSlot, FigureSlot.Length);
            _device.End();
        }
        finally
        {
            _device.Abort();
        }

        DiscardGradients();
        return Updated(optimizer, loss);
    }

    /// <summary>Forgets the gradients that wait for <see cref="ApplyGradients"/>.</summary>
    public void DiscardGradients()
    {
        _accumulatedSamples = 0;
        _accumulatedLoss = 0;
    }

    private Slot AllOf(Arena arena) => new(arena, 0, (int)_reserved[(int)arena]);
}
