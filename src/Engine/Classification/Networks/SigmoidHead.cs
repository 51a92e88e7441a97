namespace FastNets.Classification.Networks;

/// <summary>A hidden layer of 64 sigmoid units over features, then softmax. Gives probabilities.</summary>
/// <remarks>It needs features that are standardised: on raw proportions the sigmoids saturate and it learns one class only.</remarks>
[Network(Input = "features", Loss = Loss.SoftmaxCrossEntropy)]
public sealed partial class SigmoidHead
{
    /// <summary>The hidden layer.</summary>
    [Layer(Units = 64, Activation = Activation.Sigmoid)]
    public partial Dense Hidden { get; }

    /// <summary>The class probabilities.</summary>
    [Layer(Units = "classes", Activation = Activation.Softmax)]
    public partial Dense Output { get; }
}
