namespace FastNets;

/// <summary>
/// The gated recurrent unit (Cho et al., 2014), reset gate behind the recurrent product: r = s(x Wr + br + h Ur + cr), z likewise,
/// n = tanh(x Wn + bn + r (h Un + cn)), h' = (1 - z) n + z h.
/// </summary>
/// <remarks>
/// Settings: Units (required), UseBias, UseRecurrentBias, ReturnSequences, Reverse, Bidirectional, Stateful, StateFrom, Truncate, Defaults, KernelInitializer,
/// RecurrentInitializer, BiasInitializer, L1, L2.
/// </remarks>
public sealed class Gru : RecurrentLayer
{
    /// <summary>Called by generated code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="outputShape">What the layer gives for a sample.</param>
    /// <param name="weights">What it learns.</param>
    /// <param name="backward">What it learns in the other direction, or null.</param>
    /// <param name="settings">How it runs.</param>
    public Gru(Network network, string name, SampleShape outputShape, RecurrentWeights weights, RecurrentWeights? backward, RecurrentSettings settings)
        : base(network, name, outputShape, weights, backward, settings)
    {
    }

    /// <inheritdoc/>
    public override string Description => Describe("Gru");
}
