using FastNets.Backends;

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
    private bool _disposed;

    /// <summary>Called by generated code.</summary>
    /// <param name="description">What the declaration says.</param>
    /// <param name="seed">The seed of initial values and dropout.</param>
    /// <param name="maxBatch">The largest batch.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    protected Network(NetworkDescription description, ulong seed, int maxBatch)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBatch, 1);
        CheckShape(description.Input, "input");
        CheckShape(description.Output, "output");
        Description = description;
        InputLength = description.Input.Length;
        OutputLength = description.Output.Length;
        Seed = seed;
        MaxBatch = maxBatch;
        (_device, _passes) = Open(Device.Default.Resolve());
        InputSlot = Reserve(Arena.Input, (long)maxBatch * InputLength);
        _lengths = description.HasLengths ? Reserve(Arena.Input, maxBatch) : Slot.None;
        TargetSlot = Reserve(Arena.Targets, (long)maxBatch * OutputLength);
        _classWeights = TakesClasses ? Reserve(Arena.Targets, description.Output.Columns) : Slot.None;
        FigureSlot = Reserve(Arena.Activations, 3);
        LossSlot = Reserve(Arena.Activations, (long)maxBatch * LossesPerSample);

        void CheckShape(SampleShape shape, string what)
        {
            if (shape.Steps < 1 || shape.Columns < 1)
                throw new ArgumentOutOfRangeException(nameof(description), shape, $"{description.Name}: a sample's {what} would be {shape}; sizes are 1 or more.");
        }
    }

    /// <summary>What the declaration says.</summary>
    public NetworkDescription Description { get; }

    /// <summary>The name of the declaring class.</summary>
    public string Name => Description.Name;

    /// <summary>An input sample.</summary>
    public SampleShape InputShape => Description.Input;

    /// <summary>What a sample becomes.</summary>
    public SampleShape OutputShape => Description.Output;

    /// <summary>The numbers of an input sample.</summary>
    public int InputLength { get; }

    /// <summary>The numbers that a sample becomes.</summary>
    public int OutputLength { get; }

    /// <summary>What training makes small.</summary>
    public Loss Loss => Description.Loss;

    /// <summary>Whether the outputs are scores or probabilities of classes, and targets may be class indices.</summary>
    public bool TakesClasses => Loss is Loss.SoftmaxCrossEntropy or Loss.Focal;

    /// <summary>The number of class indices of a sample: one, or one for each step where the output is a sequence.</summary>
    public int LabelsPerSample => OutputShape.Steps;

    /// <summary>The seed of initial values and dropout.</summary>
    public ulong Seed { get; }

    /// <summary>The largest batch that memory was planned for; longer input to <see cref="Predict(ReadOnlySpan{float}, Span{float})"/> is cut into such batches.</summary>
    public int MaxBatch { get; }

    /// <summary>The layers in the order of data.</summary>
    public IReadOnlyList<Layer> Layers => _layers;

    /// <summary>The number of training steps so far: part of dropout's counter.</summary>
    public long Steps => _step;

    /// <summary>The penalties' present value: the sum over layers of L1 * sum(|w|) + L2 * sum(w^2).</summary>
    public float Penalty
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            try
            {
                _device.Begin(new PassKey(PassKind.Other), _step);
                _passes.Penalty(Segments, PenaltySlot);
                _device.Fetch(FigureSlot, FigureSlot.Length);
                _device.End();
            }
            finally
            {
                _device.Abort();
            }

            return _device.View(FigureSlot, FigureSlot.Length)[2];
        }
    }

    /// <summary>What the last forward pass gave, shape [its batch, <see cref="OutputLength"/>].</summary>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public ReadOnlySpan<float> Outputs
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _device.View(OutputSlot, LastBatch * OutputLength);
        }
    }

    /// <summary>
    /// Each sample's own loss as the last training step, gradient or evaluation found it ("no reduction"), shape [its batch]; of classes at each step of a sequence,
    /// [its batch, steps]. Class weights are in it; samples that don't count have 0.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public ReadOnlySpan<float> SampleLosses
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _device.View(LossSlot, LastBatch * LossesPerSample);
        }
    }

    /// <summary>The number of samples of the last forward pass.</summary>
    public int LastBatch { get; private set; }

    /// <summary>Frees the network's memory. Views taken from it must not be used any more.</summary>
    public void Dispose()
    {
        _disposed = true;
        _device.Dispose();
        GC.SuppressFinalize(this);
    }

    private int LossesPerSample => TakesClasses ? OutputShape.Steps : 1;

    internal void AddLayer(Layer layer) => _layers.Add(layer);
}
