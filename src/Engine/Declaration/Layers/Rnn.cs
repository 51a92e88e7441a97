namespace FastNets;

/// <summary>A simple recurrent layer (Elman, 1990): h' = f(x W + b + h U), f the hyperbolic tangent or ReLU.</summary>
/// <remarks>
/// Settings: Units (required), Activation, UseBias, UseRecurrentBias, ReturnSequences, Reverse, Bidirectional, Stateful, StateFrom, Truncate, Defaults, KernelInitializer,
/// RecurrentInitializer, BiasInitializer, L1, L2.
/// </remarks>
public sealed class Rnn : RecurrentLayer
{
    /// <summary>Called by generated code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="outputShape">What the layer gives for a sample.</param>
    /// <param name="weights">What it learns.</param>
    /// <param name="backward">What it learns in the other direction, or null.</param>
    /// <param name="settings">How it runs.</param>
    /// <param name="activation">f.</param>
    public Rnn(Network network, string name, SampleShape outputShape, RecurrentWeights weights, RecurrentWeights? backward, RecurrentSettings settings, Activation activation)
        : base(network, name, outputShape, weights, backward, settings) => Activation = activation;

    /// <summary>f.</summary>
    public Activation Activation { get; }

    /// <inheritdoc/>
    public override string Description => Describe("Rnn", $", {Activation}");
}
