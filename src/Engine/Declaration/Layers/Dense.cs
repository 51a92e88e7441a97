using System.Globalization;

namespace FastNets;

/// <summary>A fully connected layer: y = f(x W + b); on a sequence, the same for each step.</summary>
/// <remarks>Settings: <see cref="LayerAttribute.Units"/> (required), Activation, UseBias, KernelInitializer, BiasInitializer, L1, L2.</remarks>
public sealed class Dense : Layer
{
    /// <summary>Called by generated code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="outputShape">What the layer gives for a sample.</param>
    /// <param name="kernel">W.</param>
    /// <param name="bias">b, or null.</param>
    /// <param name="activation">f.</param>
    public Dense(Network network, string name, SampleShape outputShape, Parameter kernel, Parameter? bias, Activation activation)
        : base(network, name, outputShape, kernel ?? throw new ArgumentNullException(nameof(kernel)), bias)
    {
        Kernel = kernel;
        Bias = bias;
        Activation = activation;
    }

    /// <summary>W, shape [inputs, units]. (PyTorch's <c>weight</c> is its transpose.)</summary>
    public Parameter Kernel { get; }

    /// <summary>b, shape [units]; null where the layer has none.</summary>
    public Parameter? Bias { get; }

    /// <summary>f.</summary>
    public Activation Activation { get; }

    /// <inheritdoc/>
    public override string Description
        => string.Create(CultureInfo.InvariantCulture, $"Dense({OutputShape.Columns}, {Activation}{(Bias is null ? ", no bias" : "")}{LayerDescription.Penalties(Kernel)})");
}
