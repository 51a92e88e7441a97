namespace FastNets.Classification.Networks;

/// <summary>Multinomial logistic regression: one dense layer with softmax over features. Gives probabilities.</summary>
[Network(Input = "features", Loss = Loss.SoftmaxCrossEntropy)]
public sealed partial class SoftmaxHead
{
    /// <summary>The class probabilities.</summary>
    [Layer(Units = "classes", Activation = Activation.Softmax)]
    public partial Dense Output { get; }
}
