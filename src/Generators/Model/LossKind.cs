namespace FastNets.Generators.Model;

/// <summary>The losses, in the order of the engine's enum.</summary>
internal enum LossKind
{
    SoftmaxCrossEntropy,
    MeanSquaredError,
    MeanAbsoluteError,
    Huber,
    BinaryCrossEntropy,
    Focal,
}

/// <summary>How a batch's losses become one number, in the order of the engine's enum.</summary>
internal enum ReductionKind
{
    Mean,
    Sum,
}

/// <summary>A loss with its settings.</summary>
/// <param name="Kind">The loss.</param>
/// <param name="HuberDelta">Where Huber's loss turns from a square into a line.</param>
/// <param name="LabelSmoothing">How much of each target is spread over all classes.</param>
/// <param name="FocalGamma">The focal loss's exponent.</param>
/// <param name="Reduction">How a batch's losses become one number.</param>
/// <param name="IgnoreMissing">Whether missing targets count for nothing.</param>
internal sealed record LossSpec(
    LossKind Kind,
    float HuberDelta = 1f,
    float LabelSmoothing = 0f,
    float FocalGamma = 2f,
    ReductionKind Reduction = ReductionKind.Mean,
    bool IgnoreMissing = false)
{
    /// <summary>Whether targets are classes: then the network's outputs are scores of classes.</summary>
    public bool OfClasses => Kind is LossKind.SoftmaxCrossEntropy or LossKind.Focal;
}
