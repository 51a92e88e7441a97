using FastNets;

namespace MiniRocketOnline;

/// <summary>tsai's MiniRocketHead, for features that were computed before. With weights of zero every class has the same probability at first.</summary>
[Network(Input = "features", Loss = Loss.SoftmaxCrossEntropy)]
public sealed partial class FeatureHead
{
    [Layer(Defaults = LayerDefaults.PyTorch)]
    public partial BatchNorm Norm { get; }

    [Layer(Rate = 0)]
    public partial Dropout Drop { get; }

    [Layer(Units = "classes", KernelInitializer = Initializer.Zeros, Activation = Activation.Softmax)]
    public partial Dense Output { get; }
}
