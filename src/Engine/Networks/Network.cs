using FastNets.Backends;
using FastNets.Training.Optimizers;

namespace FastNets;

/// <summary>A network that was declared with <see cref="NetworkAttribute"/>: what every generated class can do.</summary>
/// <remarks>
/// All memory is taken in the constructor (and at an optimizer's first step); after that a step allocates nothing.
/// Not thread-safe: use one network from one thread at a time. The same seed, data and instruction set give the same
/// bits, whatever the number of threads.
/// </remarks>
public abstract partial class Network : IDisposable
{
    private readonly List<Layer> _layers = [];
    private uint _step;
    private Optimizer? _optimizer;
    private int _optimizerSteps;
    private bool _disposed;

    /// <summary>Called by generated code.</summary>
    /// <param name="name">The class's name.</param>
    /// <param name="inputLength">The length of an input sample.</param>
    /// <param name="outputLength">The number of outputs of a sample.</param>
    /// <param name="loss">What training makes small.</param>
    /// <param name="seed">The seed of initial values and dropout.</param>
    /// <param name="maxBatch">The largest batch.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    protected Network(string name, int inputLength, int outputLength, Loss loss, ulong seed, int maxBatch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBatch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputLength, 1);
        Name = name;
        InputLength = inputLength;
        OutputLength = outputLength;
        Loss = loss;
        Seed = seed;
        MaxBatch = maxBatch;
        _cpu = new CpuBackend(_arenas);
        InputSlot = Reserve(Arena.Input, (long)maxBatch * inputLength);
        TargetSlot = Reserve(Arena.Targets, (long)maxBatch * outputLength);
        LossSlot = Reserve(Arena.Activations, maxBatch);
    }

    /// <summary>The name of the declaring class.</summary>
    public string Name { get; }

    /// <summary>The length of an input sample.</summary>
    public int InputLength { get; }

    /// <summary>The number of outputs of a sample.</summary>
    public int OutputLength { get; }

    /// <summary>What training makes small.</summary>
    public Loss Loss { get; }

    /// <summary>The seed of initial values and dropout.</summary>
    public ulong Seed { get; }

    /// <summary>The largest batch that memory was planned for; longer input to <see cref="Predict(ReadOnlySpan{float}, Span{float})"/> is cut into such batches.</summary>
    public int MaxBatch { get; }

    /// <summary>The layers in the order of data.</summary>
    public IReadOnlyList<Layer> Layers => _layers;

    /// <summary>The number of training steps so far: part of dropout's counter.</summary>
    public long Steps => _step;

    /// <summary>The penalties' present value: the sum over layers of L1 * sum(|w|) + L2 * sum(w^2).</summary>
    public float Penalty => _cpu.Penalty(Segments);

    /// <summary>What the last forward pass gave, shape [its batch, <see cref="OutputLength"/>].</summary>
    public ReadOnlySpan<float> Outputs => _arenas.Span(OutputSlot, LastBatch * OutputLength);

    /// <summary>The number of samples of the last forward pass.</summary>
    public int LastBatch { get; private set; }

    /// <summary>Computes outputs for any number of samples, as inference does: dropout off, running statistics.</summary>
    /// <param name="x">Samples, shape [n, <see cref="InputLength"/>].</param>
    /// <param name="output">Shape [n, <see cref="OutputLength"/>].</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Predict(ReadOnlySpan<float> x, Span<float> output)
    {
        int count = SamplesIn(x.Length, InputLength, nameof(x));
        if (output.Length != count * OutputLength)
            throw new ArgumentException($"{Name}: {count} samples give {count} x {OutputLength} = {(long)count * OutputLength} outputs, but there is room for {output.Length}.", nameof(output));
        for (int start = 0; start < count; start += MaxBatch)
        {
            int batch = Math.Min(MaxBatch, count - start);
            x.Slice(start * InputLength, batch * InputLength).CopyTo(InputRows(batch));
            Predict(batch).CopyTo(output.Slice(start * OutputLength, batch * OutputLength));
        }
    }

    /// <summary>Computes outputs for the samples in <see cref="InputRows"/>.</summary>
    /// <param name="batch">The number of samples.</param>
    /// <returns>Shape [batch, <see cref="OutputLength"/>]; valid until the next pass.</returns>
    public ReadOnlySpan<float> Predict(int batch)
    {
        CheckBatch(batch);
        Infer(batch);
        return Outputs;
    }

    /// <summary>Computes the mean loss for the samples in <see cref="InputRows"/> as inference does, without penalties. <see cref="Outputs"/> then holds the outputs.</summary>
    /// <param name="batch">The number of samples.</param>
    /// <param name="targets">What was put: <see cref="LabelRows"/> or <see cref="TargetRows"/>.</param>
    public float Evaluate(int batch, TargetKind targets)
    {
        CheckTargets(batch, targets);
        Infer(batch);
        ComputeLoss(_cpu, batch, targets, gradient: false);
        return _cpu.Mean(LossSlot, batch);
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
        return new StepResult(loss, Update(optimizer));
    }

    /// <summary>Forward, loss and backward without an update: the gradients are then in <see cref="Parameter.Gradient"/>.</summary>
    /// <param name="x">Samples, shape [batch, <see cref="InputLength"/>].</param>
    /// <param name="labels">Class indices, shape [batch].</param>
    /// <returns>The batch's mean loss, penalties not included.</returns>
    public float ComputeGradients(ReadOnlySpan<float> x, ReadOnlySpan<int> labels) => ComputeGradients(Put(x, labels), TargetKind.ClassIndices);

    /// <summary>Forward, loss and backward without an update: the gradients are then in <see cref="Parameter.Gradient"/>.</summary>
    /// <param name="x">Samples, shape [batch, <see cref="InputLength"/>].</param>
    /// <param name="targets">Values, one-hot or soft classes, shape [batch, <see cref="OutputLength"/>].</param>
    /// <returns>The batch's mean loss, penalties not included.</returns>
    public float ComputeGradients(ReadOnlySpan<float> x, ReadOnlySpan<float> targets) => ComputeGradients(Put(x, targets), TargetKind.Values);

    /// <summary>Forward, loss and backward for the samples in <see cref="InputRows"/>.</summary>
    /// <param name="batch">The number of samples.</param>
    /// <param name="targets">What was put: <see cref="LabelRows"/> or <see cref="TargetRows"/>.</param>
    /// <returns>The batch's mean loss, penalties not included.</returns>
    public float ComputeGradients(int batch, TargetKind targets)
    {
        CheckTargets(batch, targets);
        _step++;
        LastBatch = batch;
        Forward(_cpu, batch, _step);
        ComputeLoss(_cpu, batch, targets, gradient: true);
        float loss = _cpu.Mean(LossSlot, batch);
        Backward(_cpu, batch, _step);
        ParametersChanged();
        return loss;
    }

    /// <summary>Frees the network's memory. Views taken from it must not be used any more.</summary>
    public void Dispose()
    {
        _disposed = true;
        _arenas.Dispose();
        GC.SuppressFinalize(this);
    }

    internal void AddLayer(Layer layer) => _layers.Add(layer);

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

    private float Update(Optimizer optimizer)
    {
        if (!ReferenceEquals(_optimizer, optimizer))
        {
            AllocateOptimizerState(optimizer.StateBuffers);
            _optimizer = optimizer;
            _optimizerSteps = 0;
        }

        _optimizerSteps++;
        return optimizer.Update(_cpu, Segments, _optimizerState, _optimizerSteps);
    }
}
