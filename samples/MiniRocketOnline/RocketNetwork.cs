using FastNets;

namespace MiniRocketOnline;

/// <summary>tsai's MiniRocket: the same head behind a layer that computes the features of each batch anew.</summary>
[Network(Length = "length", Loss = Loss.SoftmaxCrossEntropy)]
public sealed partial class RocketNetwork
{
    [Layer(Features = 10000, MaxDilations = 32)]
    public partial MiniRocketLayer Rocket { get; }

    [Layer(Defaults = LayerDefaults.PyTorch)]
    public partial BatchNorm Norm { get; }

    [Layer(Rate = 0)]
    public partial Dropout Drop { get; }

    [Layer(Units = "classes", KernelInitializer = Initializer.Zeros, Activation = Activation.Softmax)]
    public partial Dense Output { get; }
}
