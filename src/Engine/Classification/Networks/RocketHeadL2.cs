namespace FastNets.Classification.Networks;

/// <summary><see cref="RocketHead"/> with an L2 penalty of 1e-4 on the hidden layer's kernel. Gives probabilities.</summary>
[Network(Input = "features", Loss = Loss.SoftmaxCrossEntropy)]
public sealed partial class RocketHeadL2
{
    /// <summary>Normalises the features, with Keras's settings.</summary>
    [Layer]
    public partial BatchNorm Norm { get; }

    /// <summary>The hidden layer.</summary>
    [Layer(Units = 64, Activation = Activation.Sigmoid, L2 = 1e-4f)]
    public partial Dense Hidden { get; }

    /// <summary>The class probabilities.</summary>
    [Layer(Units = "classes", Activation = Activation.Softmax)]
    public partial Dense Output { get; }
}
