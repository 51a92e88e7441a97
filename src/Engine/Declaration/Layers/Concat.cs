namespace FastNets;

/// <summary>Several inputs side by side: columns of vectors, channels of sequences.</summary>
/// <remarks>Settings: From (required), two inputs or more with the same steps.</remarks>
public sealed class Concat : Layer
{
    /// <summary>Called by generated code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="outputShape">What the layer gives for a sample.</param>
    public Concat(Network network, string name, SampleShape outputShape)
        : base(network, name, outputShape)
    {
    }

    /// <inheritdoc/>
    public override string Description => "Concat";
}
