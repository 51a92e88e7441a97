namespace FastNets;

/// <summary>A function on each element (or, for softmax, on each sample) as a layer of its own.</summary>
/// <remarks>Settings: <see cref="LayerAttribute.Activation"/> (required). Neighbouring functions become one loop.</remarks>
public sealed class ActivationLayer : Layer
{
    /// <summary>Called by generated code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="outputShape">What the layer gives for a sample.</param>
    /// <param name="function">The function.</param>
    public ActivationLayer(Network network, string name, SampleShape outputShape, Activation function)
        : base(network, name, outputShape) => Function = function;

    /// <summary>The function.</summary>
    public Activation Function { get; }

    /// <inheritdoc/>
    public override string Description => $"Activation({Function})";
}
