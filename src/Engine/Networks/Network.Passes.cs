using FastNets.Backends;
using FastNets.Training.Optimizers;

namespace FastNets;

// Passes over a batch: inference, evaluation, gradients, steps.
public abstract partial class Network
{
    private uint _step;

    /// <summary>Computes outputs for any number of samples, as inference does: dropout off, running statistics.</summary>
    /// <param name="x">Samples, shape [n, <see cref="InputLength"/>].</param>
    /// <param name="output">Shape [n, <see cref="OutputLength"/>].</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Predict(ReadOnlySpan<float> x, Span<float> output)
    {
        int count = SamplesFor(x.Length, output);
        for (int start = 0; start < count; start += MaxBatch)
        {
            int batch = Math.Min(MaxBatch, count - start);
            x.Slice(start * InputLength, batch * InputLength).CopyTo(InputRows(batch));
            Predict(batch).CopyTo(output.Slice(start * OutputLength, batch * OutputLength));
        }
    }

    /// <summary>Computes outputs for any number of samples of whole numbers, of a network with an <see cref="Embedding"/>.</summary>
    /// <param name="x">Samples, shape [n, <see cref="InputLength"/>].</param>
    /// <param name="output">Shape [n, <see cref="OutputLength"/>].</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Predict(ReadOnlySpan<int> x, Span<float> output)
    {
        int count = SamplesFor(x.Length, output);
        for (int start = 0; start < count; start += MaxBatch)
        {
            int batch = Math.Min(MaxBatch, count - start);
            x.Slice(start * InputLength, batch * InputLength).CopyTo(TokenRows(batch));
            Predict(batch).CopyTo(output.Slice(start * OutputLength, batch * OutputLength));
        }
    }

    /// <summary>Computes outputs for the samples in <see cref="InputRows"/>.</summary>
    /// <param name="batch">The number of samples.</param>
    /// <returns>Shape [batch, <see cref="OutputLength"/>]; valid until the next pass.</returns>
    public ReadOnlySpan<float> Predict(int batch)
    {
        CheckBatch(batch);
        try
        {
            PrepareSequences(batch);
            Infer(batch);
        }
        finally
        {
            _hasLengths = false;
        }

        return Outputs;
    }

    /// <summary>Computes the mean loss for the samples in <see cref="InputRows"/> as inference does, without penalties. <see cref="Outputs"/> then holds the outputs.</summary>
    /// <param name="batch">The number of samples.</param>
    /// <param name="targets">What was put: <see cref="LabelRows"/> or <see cref="TargetRows"/>.</param>
    public float Evaluate(int batch, TargetKind targets)
    {
        CheckBatch(batch);
        try
        {
            PrepareSequences(batch);
            CheckTargets(batch, targets);
            Infer(batch);
            ComputeLoss(_cpu, batch, targets, gradient: false);
        }
        finally
        {
            _hasLengths = false;
        }

        return _cpu.Read(TotalSlot);
    }

    /// <summary>Makes one training step: forward, loss, backward, update.</summary>
    /// <param name="x">Samples, shape [batch, <see cref="InputLength"/>].</param>
    /// <param name="labels">Class indices, shape [batch].</param>
    /// <param name="optimizer">The rule of the update.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the batch is empty or larger than <see cref="MaxBatch"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a class.</exception>
    public StepResult TrainStep(ReadOnlySpan<float> x, ReadOnlySpan<int> labels, Optimizer optimizer)
        => TrainStep(Put(x, labels), TargetKind.ClassIndices, optimizer);

    /// <summary>Makes one training step: forward, loss, backward, update.</summary>
    /// <param name="x">Samples, shape [batch, <see cref="InputLength"/>].</param>
    /// <param name="targets">Values, one-hot or soft classes, shape [batch, <see cref="OutputLength"/>].</param>
    /// <param name="optimizer">The rule of the update.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the batch is empty or larger than <see cref="MaxBatch"/>.</exception>
    public StepResult TrainStep(ReadOnlySpan<float> x, ReadOnlySpan<float> targets, Optimizer optimizer)
        => TrainStep(Put(x, targets), TargetKind.Values, optimizer);

    /// <summary>Makes one training step with the samples in <see cref="InputRows"/>.</summary>
    /// <param name="batch">The number of samples.</param>
    /// <param name="targets">What was put: <see cref="LabelRows"/> or <see cref="TargetRows"/>.</param>
    /// <param name="optimizer">The rule of the update.</param>
    public StepResult TrainStep(int batch, TargetKind targets, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        float loss = ComputeGradients(batch, targets);
        return Update(optimizer, loss);
    }

    /// <summary>Makes one training step with samples of whole numbers, of a network with an <see cref="Embedding"/>.</summary>
    /// <param name="x">Samples, shape [batch, <see cref="InputLength"/>].</param>
    /// <param name="labels">Class indices, shape [batch].</param>
    /// <param name="optimizer">The rule of the update.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the batch is empty or larger than <see cref="MaxBatch"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a class, or an input not a number that the embedding knows.</exception>
    public StepResult TrainStep(ReadOnlySpan<int> x, ReadOnlySpan<int> labels, Optimizer optimizer)
        => TrainStep(Put(x, labels), TargetKind.ClassIndices, optimizer);

    /// <summary>Makes one training step with samples of whole numbers, of a network with an <see cref="Embedding"/>.</summary>
    /// <param name="x">Samples, shape [batch, <see cref="InputLength"/>].</param>
    /// <param name="targets">Values, one-hot or soft classes, shape [batch, <see cref="OutputLength"/>].</param>
    /// <param name="optimizer">The rule of the update.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the batch is empty or larger than <see cref="MaxBatch"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An input is not a number that the embedding knows.</exception>
    public StepResult TrainStep(ReadOnlySpan<int> x, ReadOnlySpan<float> targets, Optimizer optimizer)
        => TrainStep(Put(x, targets), TargetKind.Values, optimizer);

    /// <summary>Forward, loss and backward without an update: the gradients are then in <see cref="Parameter.Gradient"/>.</summary>
    /// <param name="x">Samples, shape [batch, <see cref="InputLength"/>].</param>
    /// <param name="labels">Class indices, shape [batch].</param>
    /// <returns>The batch's loss, penalties not included.</returns>
    public float ComputeGradients(ReadOnlySpan<float> x, ReadOnlySpan<int> labels) => ComputeGradients(Put(x, labels), TargetKind.ClassIndices);

    /// <summary>Forward, loss and backward without an update: the gradients are then in <see cref="Parameter.Gradient"/>.</summary>
    /// <param name="x">Samples, shape [batch, <see cref="InputLength"/>].</param>
    /// <param name="targets">Values, one-hot or soft classes, shape [batch, <see cref="OutputLength"/>].</param>
    /// <returns>The batch's loss, penalties not included.</returns>
    public float ComputeGradients(ReadOnlySpan<float> x, ReadOnlySpan<float> targets) => ComputeGradients(Put(x, targets), TargetKind.Values);

    /// <summary>Forward, loss and backward for the samples in <see cref="InputRows"/>.</summary>
    /// <param name="batch">The number of samples.</param>
    /// <param name="targets">What was put: <see cref="LabelRows"/> or <see cref="TargetRows"/>.</param>
    /// <returns>The batch's loss, penalties not included.</returns>
    public float ComputeGradients(int batch, TargetKind targets)
    {
        CheckBatch(batch);
        try
        {
            PrepareSequences(batch);
            CheckTargets(batch, targets);
            _step++;
            LastBatch = batch;
            Forward(_cpu, batch, _step);
            ComputeLoss(_cpu, batch, targets, gradient: true);
            float loss = _cpu.Read(TotalSlot);
            Backward(_cpu, batch, _step);
            ParametersChanged();
            return loss;
        }
        finally
        {
            // Refused passes count too, so that lengths never reach a batch that they were not written for.
            _hasLengths = false;
        }
    }

    private int SamplesFor(int inputs, Span<float> output)
    {
        int count = SamplesIn(inputs, InputLength, "x");
        return output.Length == count * OutputLength
            ? count
            : throw new ArgumentException($"{Name}: {count} samples give {count} x {OutputLength} = {(long)count * OutputLength} outputs, but there is room for {output.Length}.", nameof(output));
    }

    private void Infer(int batch)
    {
        if (_foldIsStale)
        {
            Fold(_cpu);
            _foldIsStale = false;
        }

        LastBatch = batch;
        Infer(_cpu, batch);
    }
}
