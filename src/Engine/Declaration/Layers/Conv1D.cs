using System.Globalization;
using FastNets.Kernels.Convolution;

namespace FastNets;

/// <summary>A convolution over the steps of a sequence: y[t, j] = f(b[j] + sum over w, i of x[t * stride + w * dilation - padding, i] W[w, i, j]).</summary>
/// <remarks>
/// (In the sense of neural networks: the kernel is not flipped.) Settings: Filters and KernelSize (required), Stride, Dilation, Padding or PaddingLeft and PaddingRight,
/// Activation, UseBias, Defaults, KernelInitializer, BiasInitializer, L1, L2.
/// </remarks>
public sealed class Conv1D : Layer
{
    /// <summary>Called by generated code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="outputShape">What the layer gives for a sample.</param>
    /// <param name="kernel">W.</param>
    /// <param name="bias">b, or null.</param>
    /// <param name="sizes">The sizes.</param>
    /// <param name="activation">f.</param>
    public Conv1D(Network network, string name, SampleShape outputShape, Parameter kernel, Parameter? bias, ConvolutionShape sizes, Activation activation)
        : base(network, name, outputShape, kernel ?? throw new ArgumentNullException(nameof(kernel)), bias)
    {
        Kernel = kernel;
        Bias = bias;
        Sizes = sizes;
        Activation = activation;
    }

    /// <summary>W, shape [kernel size, channels, filters]. (PyTorch's <c>weight</c> is [filters, channels, kernel size].)</summary>
    public Parameter Kernel { get; }

    /// <summary>b, shape [filters]; null where the layer has none.</summary>
    public Parameter? Bias { get; }

    /// <summary>The sizes.</summary>
    public ConvolutionShape Sizes { get; }

    /// <summary>f.</summary>
    public Activation Activation { get; }

    /// <inheritdoc/>
    public override string Description
        => string.Create(CultureInfo.InvariantCulture, $"Conv1D({Sizes.Filters}, width {Sizes.Width}{(Sizes.Stride > 1 ? $", stride {Sizes.Stride}" : "")}{(Sizes.Dilation > 1 ? $", dilation {Sizes.Dilation}" : "")}{(Sizes.PadLeft + Sizes.PadRight > 0 ? $", padding {Sizes.PadLeft}+{Sizes.PadRight}" : "")}{LayerDescription.Function(Activation)}{(Bias is null ? ", no bias" : "")}{LayerDescription.Penalties(Kernel)})");
}
