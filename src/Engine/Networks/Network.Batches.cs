using System.Runtime.InteropServices;
using FastNets.Backends;

namespace FastNets;

// How a batch gets in: straight into the network's own memory, or by a copy from the caller's.
public abstract partial class Network
{
    /// <summary>The room for the samples of the next pass: write here to spare a copy.</summary>
    /// <param name="batch">The number of samples, 1 to <see cref="MaxBatch"/>.</param>
    /// <returns>Shape [batch, <see cref="InputLength"/>]; of a sequence [batch, steps, channels].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The batch is empty or larger than <see cref="MaxBatch"/>.</exception>
    /// <exception cref="InvalidOperationException">The network takes whole numbers.</exception>
    public Span<float> InputRows(int batch)
    {
        CheckBatch(batch);
        if (Description.TakesTokens) throw new InvalidOperationException($"{Name} has an Embedding: its input are whole numbers, see {nameof(TokenRows)}.");
        return _device.Edit(InputSlot, batch * InputLength);
    }

    /// <summary>The room for the whole numbers of the next pass, of a network with an <see cref="Embedding"/>.</summary>
    /// <param name="batch">The number of samples, 1 to <see cref="MaxBatch"/>.</param>
    /// <returns>Shape [batch, <see cref="InputLength"/>].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The batch is empty or larger than <see cref="MaxBatch"/>.</exception>
    /// <exception cref="InvalidOperationException">The network takes numbers of any kind.</exception>
    public Span<int> TokenRows(int batch)
    {
        CheckBatch(batch);
        if (!Description.TakesTokens) throw new InvalidOperationException($"{Name} has no Embedding: its input are floating-point numbers, see {nameof(InputRows)}.");
        return MemoryMarshal.Cast<float, int>(_device.Edit(InputSlot, batch * InputLength));
    }

    /// <summary>The room for class indices of the next pass.</summary>
    /// <param name="batch">The number of samples, 1 to <see cref="MaxBatch"/>.</param>
    /// <returns>Shape [batch]; [batch, steps] where the output is a sequence.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The batch is empty or larger than <see cref="MaxBatch"/>.</exception>
    /// <exception cref="InvalidOperationException">The network's loss does not take classes.</exception>
    public Span<int> LabelRows(int batch)
    {
        CheckBatch(batch);
        CheckKind(TargetKind.ClassIndices);
        return MemoryMarshal.Cast<float, int>(_device.Edit(TargetSlot, batch * LabelsPerSample));
    }

    /// <summary>The room for target values, one-hot or soft classes of the next pass.</summary>
    /// <param name="batch">The number of samples, 1 to <see cref="MaxBatch"/>.</param>
    /// <returns>Shape [batch, <see cref="OutputLength"/>].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The batch is empty or larger than <see cref="MaxBatch"/>.</exception>
    public Span<float> TargetRows(int batch)
    {
        CheckBatch(batch);
        return _device.Edit(TargetSlot, batch * OutputLength);
    }

    private int Put(ReadOnlySpan<float> x, ReadOnlySpan<int> labels)
    {
        int batch = SamplesIn(x.Length, InputLength, nameof(x));
        x.CopyTo(InputRows(batch));
        PutLabels(labels, batch);
        return batch;
    }

    private int Put(ReadOnlySpan<int> x, ReadOnlySpan<int> labels)
    {
        int batch = SamplesIn(x.Length, InputLength, nameof(x));
        x.CopyTo(TokenRows(batch));
        PutLabels(labels, batch);
        return batch;
    }

    private void PutLabels(ReadOnlySpan<int> labels, int batch)
    {
        CheckKind(TargetKind.ClassIndices);
        if (labels.Length != batch * LabelsPerSample)
            throw new ArgumentException(LabelsPerSample == 1 ? $"{Name}: {batch} samples, but {labels.Length} labels." : $"{Name}: {batch} samples of {LabelsPerSample} steps, but {labels.Length} labels.", nameof(labels));
        labels.CopyTo(LabelRows(batch));
    }

    private int Put(ReadOnlySpan<float> x, ReadOnlySpan<float> targets)
    {
        int batch = SamplesIn(x.Length, InputLength, nameof(x));
        x.CopyTo(InputRows(batch));
        PutTargets(targets, batch);
        return batch;
    }

    private int Put(ReadOnlySpan<int> x, ReadOnlySpan<float> targets)
    {
        int batch = SamplesIn(x.Length, InputLength, nameof(x));
        x.CopyTo(TokenRows(batch));
        PutTargets(targets, batch);
        return batch;
    }

    private void PutTargets(ReadOnlySpan<float> targets, int batch)
    {
        if (targets.Length != batch * OutputLength)
            throw new ArgumentException($"{Name}: {batch} samples take {batch} x {OutputLength} = {(long)batch * OutputLength} target values, but there are {targets.Length}.", nameof(targets));
        targets.CopyTo(TargetRows(batch));
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
        CheckKind(targets);
        if (targets == TargetKind.Values) return;
        ReadOnlySpan<int> labels = LabelRows(batch);
        int classes = OutputShape.Columns;
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] < (uint)classes || (labels[i] == -1 && Description.IgnoreMissing)) continue;
            if (i % LabelsPerSample >= LabelsOf(i / LabelsPerSample)) continue;
            string where = LabelsPerSample == 1 ? $"sample {i} of the batch" : $"step {i % LabelsPerSample} of sample {i / LabelsPerSample} of the batch";
            string hint = labels[i] == -1 ? " A missing label needs 'IgnoreMissing = true' in the declaration." : "";
            throw new ArgumentOutOfRangeException(nameof(targets), labels[i], $"{Name}: {where} has label {labels[i]}, but there are {classes} classes, 0 to {classes - 1}.{hint}");
        }
    }

    private void CheckKind(TargetKind targets)
    {
        if (targets == TargetKind.ClassIndices && !TakesClasses)
            throw new InvalidOperationException($"{Name}: the loss {Loss} takes target values, not class labels.");
    }
}
