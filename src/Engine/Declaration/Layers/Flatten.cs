namespace FastNets;

/// <summary>All steps of a sequence side by side, as one vector: step after step. (PyTorch, which keeps channels outside, flattens channel after channel.)</summary>
/// <remarks>No settings. Nothing is copied.</remarks>
public sealed class Flatten : Layer
{
    /// <summary>Called by generated code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="outputShape">What the layer gives for a sample.</param>
    public Flatten(Network network, string name, SampleShape outputShape)
        : base(network, name, outputShape)
    {
    }

    /// <inheritdoc/>
    public override string Description => "Flatten";
}
