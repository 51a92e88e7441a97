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

    /// <summary>Frees the network's memory. Views taken from it must not be used any more.</summary>
    public void Dispose()
    {
        _disposed = true;
        _arenas.Dispose();
        GC.SuppressFinalize(this);
    }

    internal void AddLayer(Layer layer) => _layers.Add(layer);
}
