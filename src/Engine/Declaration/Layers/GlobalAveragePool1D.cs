namespace FastNets;

/// <summary>The mean over all steps of a sequence, channel by channel. Of a series with a length of its own, over its own steps.</summary>
/// <remarks>No settings.</remarks>
public sealed class GlobalAveragePool1D : Layer
{
    /// <summary>Called by generated code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="outputShape">What the layer gives for a sample.</param>
    public GlobalAveragePool1D(Network network, string name, SampleShape outputShape)
        : base(network, name, outputShape)
    {
    }

    /// <inheritdoc/>
    public override string Description => "GlobalAveragePool1D";
}
