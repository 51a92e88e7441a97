using System.Globalization;
using FastNets.Backends;

namespace FastNets;

/// <summary>A layer whose state goes from step to step of a sequence.</summary>
/// <remarks>
/// Trained by backpropagation through the whole sequence: the gradient at a step is that by its output plus what comes back through the state from the steps
/// behind it, W and U get the sum over all steps. The products with W of all steps are one product, as are the weights' gradients.
/// </remarks>
public abstract class RecurrentLayer : Layer
{
    private readonly Network _network;

    private protected RecurrentLayer(Network network, string name, SampleShape outputShape, RecurrentWeights weights, RecurrentWeights? backward, RecurrentSettings settings)
        : base(network, name, outputShape, [.. weights.All, .. backward?.All ?? []])
    {
        _network = network;
        Weights = weights;
        BackwardWeights = backward;
        Settings = settings;
        network.AddState(settings.HiddenState);
        network.AddState(settings.CellState);
    }

    /// <summary>What the layer learns (of a bidirectional one: in the direction from first to last).</summary>
    public RecurrentWeights Weights { get; }

    /// <summary>What a bidirectional layer learns in the direction from last to first; null for others.</summary>
    public RecurrentWeights? BackwardWeights { get; }

    /// <summary>How it runs.</summary>
    public RecurrentSettings Settings { get; }

    /// <summary>Whether the state is carried from batch to batch.</summary>
    public bool IsStateful => !Settings.HiddenState.IsNone;

    /// <summary>The state with which the next batch starts, shape [<see cref="Network.MaxBatch"/>, units], to read and to write; empty unless the layer is stateful.</summary>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public Span<float> HiddenState => StateAt(Settings.HiddenState);

    private protected Span<float> StateAt(Slot slot) => slot.IsNone ? default : _network.Edit(slot);

    private protected string Describe(string kind, string more = "")
        => string.Create(CultureInfo.InvariantCulture, $"{kind}({Settings.Units}{more}{(BackwardWeights is null ? "" : ", bidirectional")}{(Settings.Reverse ? ", reverse" : "")}{(Settings.ReturnSequences ? ", sequences" : "")}{(IsStateful ? ", stateful" : "")}{(Settings.Truncate > 0 ? $", truncated at {Settings.Truncate}" : "")}{LayerDescription.Penalties(Weights.Kernel)})");
}
