using System.Globalization;

namespace FastNets;

/// <summary>A fully connected layer: y = f(x W + b).</summary>
/// <remarks>Settings: <see cref="LayerAttribute.Units"/> (required), Activation, UseBias, KernelInitializer, BiasInitializer, L1, L2.</remarks>
public sealed class Dense : Layer
{
    /// <summary>Called by generated code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="kernel">W.</param>
    /// <param name="bias">b, or null.</param>
    /// <param name="activation">f.</param>
    public Dense(Network network, string name, Parameter kernel, Parameter? bias, Activation activation)
        : base(network, name, (kernel ?? throw new ArgumentNullException(nameof(kernel))).Shape[1], kernel, bias)
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
        => string.Create(CultureInfo.InvariantCulture, $"Dense({OutputLength}, {Activation}{(Bias is null ? ", no bias" : "")}{Penalty("L1", Kernel.L1)}{Penalty("L2", Kernel.L2)})");

    private static string Penalty(string name, float factor)
        => factor == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {name} {factor}");
}
