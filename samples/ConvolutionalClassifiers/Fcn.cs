using FastNets;

namespace ConvolutionalClassifiers;

/// <summary>The fully convolutional network of Wang, Yan and Oates, "Time series classification from scratch with deep neural networks: a strong baseline", IJCNN 2017.</summary>
[Network(Length = "length", Loss = Loss.SoftmaxCrossEntropy)]
public sealed partial class Fcn
{
    [Layer(Filters = 128, KernelSize = 8, Padding = Padding.Same)]
    public partial Conv1D Convolution1 { get; }

    [Layer(Momentum = 0.9f, Activation = Activation.ReLU)]
    public partial BatchNorm Norm1 { get; }

    [Layer(Filters = 256, KernelSize = 5, Padding = Padding.Same)]
    public partial Conv1D Convolution2 { get; }

    [Layer(Momentum = 0.9f, Activation = Activation.ReLU)]
    public partial BatchNorm Norm2 { get; }

    [Layer(Filters = 128, KernelSize = 3, Padding = Padding.Same)]
    public partial Conv1D Convolution3 { get; }

    [Layer(Momentum = 0.9f, Activation = Activation.ReLU)]
    public partial BatchNorm Norm3 { get; }

    [Layer]
    public partial GlobalAveragePool1D Mean { get; }

    [Layer(Units = "classes", Activation = Activation.Softmax)]
    public partial Dense Output { get; }
}
