namespace FastNets;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber, 1997; forget gate by Gers et al., 2000): (i, f, g, o) = x W + b + h U,
/// c' = s(f) c + s(i) tanh(g), h' = s(o) tanh(c').
/// </summary>
/// <remarks>
/// Settings: Units (required), UseBias, UseRecurrentBias, ReturnSequences, Reverse, Bidirectional, Stateful, StateFrom, Truncate, Defaults, KernelInitializer,
/// RecurrentInitializer, BiasInitializer, L1, L2.
/// </remarks>
public sealed class Lstm : RecurrentLayer
{
    /// <summary>Called by generated code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="outputShape">What the layer gives for a sample.</param>
    /// <param name="weights">What it learns.</param>
    /// <param name="backward">What it learns in the other direction, or null.</param>
    /// <param name="settings">How it runs.</param>
    public Lstm(Network network, string name, SampleShape outputShape, RecurrentWeights weights, RecurrentWeights? backward, RecurrentSettings settings)
        : base(network, name, outputShape, weights, backward, settings)
    {
    }

    /// <summary>The cell with which the next batch starts, shape [<see cref="Network.MaxBatch"/>, units], to read and to write; empty unless the layer is stateful.</summary>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public Span<float> CellState => StateAt(Settings.CellState);

    /// <inheritdoc/>
    public override string Description => Describe("Lstm");
}
