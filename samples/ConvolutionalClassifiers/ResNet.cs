using FastNets;

namespace ConvolutionalClassifiers;

/// <summary>The residual network of Wang, Yan and Oates (2017): three blocks of three convolutions, each block added to what it was given.</summary>
[Network(Length = "length", Loss = Loss.SoftmaxCrossEntropy)]
public sealed partial class ResNet
{
    [Layer(Filters = 64, KernelSize = 8, Padding = Padding.Same)] public partial Conv1D Convolution1A { get; }
    [Layer(Momentum = 0.9f, Activation = Activation.ReLU)] public partial BatchNorm Norm1A { get; }
    [Layer(Filters = 64, KernelSize = 5, Padding = Padding.Same)] public partial Conv1D Convolution1B { get; }
    [Layer(Momentum = 0.9f, Activation = Activation.ReLU)] public partial BatchNorm Norm1B { get; }
    [Layer(Filters = 64, KernelSize = 3, Padding = Padding.Same)] public partial Conv1D Convolution1C { get; }
    [Layer(Momentum = 0.9f)] public partial BatchNorm Norm1C { get; }
    [Layer(From = LayerAttribute.NetworkInput, Filters = 64, KernelSize = 1)] public partial Conv1D Match1 { get; }
    [Layer(Momentum = 0.9f)] public partial BatchNorm Shortcut1 { get; }
    [Layer(From = new[] { nameof(Norm1C), nameof(Shortcut1) }, Activation = Activation.ReLU)] public partial Add Block1 { get; }

    [Layer(Filters = 128, KernelSize = 8, Padding = Padding.Same)] public partial Conv1D Convolution2A { get; }
    [Layer(Momentum = 0.9f, Activation = Activation.ReLU)] public partial BatchNorm Norm2A { get; }
    [Layer(Filters = 128, KernelSize = 5, Padding = Padding.Same)] public partial Conv1D Convolution2B { get; }
    [Layer(Momentum = 0.9f, Activation = Activation.ReLU)] public partial BatchNorm Norm2B { get; }
    [Layer(Filters = 128, KernelSize = 3, Padding = Padding.Same)] public partial Conv1D Convolution2C { get; }
    [Layer(Momentum = 0.9f)] public partial BatchNorm Norm2C { get; }
    [Layer(From = nameof(Block1), Filters = 128, KernelSize = 1)] public partial Conv1D Match2 { get; }
    [Layer(Momentum = 0.9f)] public partial BatchNorm Shortcut2 { get; }
    [Layer(From = new[] { nameof(Norm2C), nameof(Shortcut2) }, Activation = Activation.ReLU)] public partial Add Block2 { get; }

    // The channels are as many as the block gives, so its input needs no convolution to be added.
    [Layer(Filters = 128, KernelSize = 8, Padding = Padding.Same)] public partial Conv1D Convolution3A { get; }
    [Layer(Momentum = 0.9f, Activation = Activation.ReLU)] public partial BatchNorm Norm3A { get; }
    [Layer(Filters = 128, KernelSize = 5, Padding = Padding.Same)] public partial Conv1D Convolution3B { get; }
    [Layer(Momentum = 0.9f, Activation = Activation.ReLU)] public partial BatchNorm Norm3B { get; }
    [Layer(Filters = 128, KernelSize = 3, Padding = Padding.Same)] public partial Conv1D Convolution3C { get; }
    [Layer(Momentum = 0.9f)] public partial BatchNorm Norm3C { get; }
    [Layer(From = nameof(Block2))] public partial BatchNorm Shortcut3 { get; }
    [Layer(From = new[] { nameof(Norm3C), nameof(Shortcut3) }, Activation = Activation.ReLU)] public partial Add Block3 { get; }

    [Layer] public partial GlobalAveragePool1D Mean { get; }
    [Layer(Units = "classes", Activation = Activation.Softmax)] public partial Dense Output { get; }
}
