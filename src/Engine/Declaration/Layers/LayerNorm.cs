using System.Globalization;

namespace FastNets;

/// <summary>Layer normalisation (Ba et al., 2016): the features of each sample (of a sequence: of each step) to mean 0 and variance 1, then y = f(gamma * x + beta).</summary>
/// <remarks>The same in training and inference. Settings: Activation, Defaults, Epsilon.</remarks>
public sealed class LayerNorm : Layer
{
    /// <summary>Called by generated code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="outputShape">What the layer gives for a sample.</param>
    /// <param name="gamma">The scale.</param>
    /// <param name="beta">The shift.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="activation">f.</param>
    public LayerNorm(Network network, string name, SampleShape outputShape, Parameter gamma, Parameter beta, float epsilon, Activation activation)
        : base(network, name, outputShape, gamma, beta)
    {
        Gamma = gamma;
        Beta = beta;
        Epsilon = epsilon;
        Activation = activation;
    }

    /// <summary>The scale, shape [features]; starts at 1.</summary>
    public Parameter Gamma { get; }

    /// <summary>The shift, shape [features]; starts at 0.</summary>
    public Parameter Beta { get; }

    /// <summary>Added to the variance.</summary>
    public float Epsilon { get; }

    /// <summary>f.</summary>
    public Activation Activation { get; }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"LayerNorm(epsilon {Epsilon}{LayerDescription.Function(Activation)})");
}
