namespace FastNets.Classification.Networks;

/// <summary>Batch normalisation of the features, a hidden layer of 64 sigmoid units, softmax. Gives probabilities.</summary>
[Network(Input = "features", Loss = Loss.SoftmaxCrossEntropy)]
public sealed partial class RocketHead
{
    /// <summary>Normalises the features, with Keras's settings.</summary>
    [Layer]
    public partial BatchNorm Norm { get; }

    /// <summary>The hidden layer.</summary>
    [Layer(Units = 64, Activation = Activation.Sigmoid)]
    public partial Dense Hidden { get; }

    /// <summary>The class probabilities.</summary>
    [Layer(Units = "classes", Activation = Activation.Softmax)]
    public partial Dense Output { get; }
}
