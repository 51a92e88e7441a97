using System.Runtime.InteropServices;
using FastNets.Backends;

namespace FastNets;

// How a batch gets in: straight into the network's own memory, or by a copy from the caller's.
public abstract partial class Network
{
    /// <summary>The room for the samples of the next pass: write here to spare a copy.</summary>
    /// <param name="batch">The number of samples, 1 to <see cref="MaxBatch"/>.</param>
    /// <returns>Shape [batch, <see cref="InputLength"/>].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The batch is empty or larger than <see cref="MaxBatch"/>.</exception>
    public Span<float> InputRows(int batch)
    {
        CheckBatch(batch);
        return _arenas.Span(InputSlot, batch * InputLength);
    }

    /// <summary>The room for class indices of the next pass.</summary>
    /// <param name="batch">The number of samples, 1 to <see cref="MaxBatch"/>.</param>
    /// <returns>Shape [batch].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The batch is empty or larger than <see cref="MaxBatch"/>.</exception>
    /// <exception cref="InvalidOperationException">The network's loss does not take classes.</exception>
    public Span<int> LabelRows(int batch)
    {
        CheckBatch(batch);
        CheckKind(TargetKind.ClassIndices);
        return MemoryMarshal.Cast<float, int>(_arenas.Span(TargetSlot, batch));
    }

    /// <summary>The room for target values, one-hot or soft classes of the next pass.</summary>
    /// <param name="batch">The number of samples, 1 to <see cref="MaxBatch"/>.</param>
    /// <returns>Shape [batch, <see cref="OutputLength"/>].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The batch is empty or larger than <see cref="MaxBatch"/>.</exception>
    public Span<float> TargetRows(int batch)
    {
        CheckBatch(batch);
        return _arenas.Span(TargetSlot, batch * OutputLength);
    }

    private int Put(ReadOnlySpan<float> x, ReadOnlySpan<int> labels)
    {
        int batch = SamplesIn(x.Length, InputLength, nameof(x));
        if (labels.Length != batch) throw new ArgumentException($"{Name}: {batch} samples, but {labels.Length} labels.", nameof(labels));
        x.CopyTo(InputRows(batch));
        labels.CopyTo(LabelRows(batch));
        return batch;
    }

    private int Put(ReadOnlySpan<float> x, ReadOnlySpan<float> targets)
    {
        int batch = SamplesIn(x.Length, InputLength, nameof(x));
        if (targets.Length != batch * OutputLength)
            throw new ArgumentException($"{Name}: {batch} samples take {batch} x {OutputLength} = {(long)batch * OutputLength} target values, but there are {targets.Length}.", nameof(targets));
        x.CopyTo(InputRows(batch));
        targets.CopyTo(TargetRows(batch));
        return batch;
    }

    private int SamplesIn(int length, int sample, string name)
        => length % sample == 0
            ? length / sample
            : throw new ArgumentException($"{Name}: {length} values do not fill whole samples of {sample}.", name);

    private void CheckBatch(int batch)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (batch < 1 || batch > MaxBatch)
            throw new ArgumentOutOfRangeException(nameof(batch), batch, $"{Name}: a batch has 1 to {MaxBatch} samples; the largest is set by the constructor's maxBatch.");
    }

    private void CheckTargets(int batch, TargetKind targets)
    {
        CheckBatch(batch);
        CheckKind(targets);
        if (targets == TargetKind.Values) return;
        ReadOnlySpan<int> labels = LabelRows(batch);
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)OutputLength)
                throw new ArgumentOutOfRangeException(nameof(targets), labels[i], $"{Name}: sample {i} of the batch has label {labels[i]}, but there are {OutputLength} classes, 0 to {OutputLength - 1}.");
        }
    }

    private void CheckKind(TargetKind targets)
    {
        if (targets == TargetKind.ClassIndices && Loss != Loss.SoftmaxCrossEntropy)
            throw new InvalidOperationException($"{Name}: the loss {Loss} takes target values, not class labels.");
    }
}
