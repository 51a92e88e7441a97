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
            Infer(batch, null, fetchOutputs: true);
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
    public float Evaluate(int batch, TargetKind targets) => Evaluate(batch, targets, fetchOutputs: false);

    /// <summary>The same; whoever looks at <see cref="Outputs"/> each time lets them come back within the pass.</summary>
    internal float Evaluate(int batch, TargetKind targets, bool fetchOutputs)
    {
        CheckBatch(batch);
        try
        {
            PrepareSequences(batch);
            CheckTargets(batch, targets);
            Infer(batch, targets, fetchOutputs);
        }
        finally
        {
            _hasLengths = false;
        }

        return _device.View(FigureSlot, FigureSlot.Length)[0];
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
        Start(batch, targets, optimizer);
        return Updated(optimizer, Finish());
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
        Start(batch, targets, null);
        return Finish();
    }

    private int SamplesFor(int inputs, Span<float> output)
    {
        int count = SamplesIn(inputs, InputLength, "x");
        return output.Length == count * OutputLength
            ? count
            : throw new ArgumentException($"{Name}: {count} samples give {count} x {OutputLength} = {(long)count * OutputLength} outputs, but there is room for {output.Length}.", nameof(output));
    }

    /// <summary>Starts forward, loss and backward, and an update where there is an optimizer, as one pass, which <see cref="Finish"/> ends. Only a batch may be staged in between.</summary>
    internal void Start(int batch, TargetKind targets, Optimizer? optimizer, bool fetchOutputs = false)
    {
        CheckBatch(batch);
        try
        {
            if (_batch == BatchState.Written)
            {
                PrepareSequences(batch);
                CheckTargets(batch, targets);
            }

            if (optimizer is not null && !ReferenceEquals(_optimizer, optimizer)) Use(optimizer);
            _step++;
            LastBatch = batch;
            ParametersChanged();
            PassKind kind = optimizer is null ? PassKind.Gradients : PassKind.Training;
            bool isSent = _batch == BatchState.Sent;
            if (!_device.Begin(new PassKey(kind, batch, targets, _hasLengths, _hasClassWeights, optimizer, fetchOutputs, isSent), _step))
            {
                if (!isSent) SendBatch(batch, targets);
                SendClassWeights();
                _passes.Forward(batch, _step);
                _passes.Loss(batch, targets, gradient: true);
                _passes.Backward(batch, _step);
            }

            if (optimizer is not null) EnqueueUpdate(optimizer);
            _device.Fetch(FigureSlot, FigureSlot.Length);
            if (fetchOutputs) _device.Fetch(OutputSlot, batch * OutputLength);
            _device.Submit();
        }
        catch
        {
            _device.Abort();
            throw;
        }
        finally
        {
            // Refused passes count too, so that lengths never reach a batch that they were not written for.
            _hasLengths = false;
            _batch = BatchState.Written;
        }
    }

    /// <summary>Ends the pass that was started.</summary>
    /// <returns>The batch's loss, penalties not included.</returns>
    internal float Finish()
    {
        try
        {
            _device.Finish();
            return _device.View(FigureSlot, FigureSlot.Length)[0];
        }
        finally
        {
            _device.Abort();
        }
    }

    /// <summary>Inference, and the loss where there are targets, as one pass.</summary>
    private void Infer(int batch, TargetKind? targets, bool fetchOutputs)
    {
        try
        {
            if (_foldIsStale)
            {
                _device.Begin(new PassKey(PassKind.Other), _step);
                _passes.Fold();
                _device.End();
                _foldIsStale = false;
            }

            LastBatch = batch;
            PassKind kind = targets is null ? PassKind.Inference : PassKind.Evaluation;
            if (!_device.Begin(new PassKey(kind, batch, targets ?? default, _hasLengths, _hasClassWeights, FetchesOutputs: fetchOutputs), _step))
            {
                SendBatch(batch, targets);
                if (targets is not null) SendClassWeights();
                _passes.Infer(batch);
                if (targets is { } kindOfTargets) _passes.Loss(batch, kindOfTargets, gradient: false);
            }

            if (targets is not null) _device.Fetch(FigureSlot, FigureSlot.Length);
            if (fetchOutputs) _device.Fetch(OutputSlot, batch * OutputLength);
            _device.End();
        }
        finally
        {
            _device.Abort();
        }
    }

    private void SendBatch(int batch, TargetKind? targets)
    {
        _device.Send(InputSlot, batch * InputLength);
        if (_hasLengths) _device.Send(_lengths, batch);
        if (targets is { } kind) _device.Send(TargetSlot, TargetsOf(batch, kind));
    }

    private void SendClassWeights()
    {
        if (_hasClassWeights) _device.Send(_classWeights, OutputShape.Columns);
    }

    private int TargetsOf(int batch, TargetKind targets) => batch * (targets == TargetKind.ClassIndices ? LabelsPerSample : OutputLength);
}
