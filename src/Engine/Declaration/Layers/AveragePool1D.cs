using System.Globalization;
using FastNets.Kernels.Convolution;

namespace FastNets;

/// <summary>The mean of each window over the steps of a sequence, channel by channel.</summary>
/// <remarks>Padding is left out of the mean, as in Keras (PyTorch counts it unless count_include_pad is false). Settings: KernelSize (required), Stride (left out: KernelSize), Padding or PaddingLeft and PaddingRight.</remarks>
public sealed class AveragePool1D : Layer
{
    /// <summary>Called by generated code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="outputShape">What the layer gives for a sample.</param>
    /// <param name="sizes">The sizes.</param>
    public AveragePool1D(Network network, string name, SampleShape outputShape, PoolingShape sizes)
        : base(network, name, outputShape) => Sizes = sizes;

    /// <summary>The sizes.</summary>
    public PoolingShape Sizes { get; }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"AveragePool1D({Sizes.Width}, stride {Sizes.Stride})");
}
