namespace FastNets;

/// <summary>The sum of several inputs of one shape, y = f(a + b + ...): a residual connection (He et al., 2016).</summary>
/// <remarks>Settings: From (required), two inputs or more; Activation.</remarks>
public sealed class Add : Layer
{
    /// <summary>Called by generated code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="outputShape">What the layer gives for a sample.</param>
    /// <param name="activation">f.</param>
    public Add(Network network, string name, SampleShape outputShape, Activation activation)
        : base(network, name, outputShape) => Activation = activation;

    /// <summary>f.</summary>
    public Activation Activation { get; }

    /// <inheritdoc/>
    public override string Description => Activation == Activation.Linear ? "Add" : $"Add({Activation})";
}
