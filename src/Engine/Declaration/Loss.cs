namespace FastNets;

/// <summary>What training makes small, averaged over the samples of a batch.</summary>
public enum Loss
{
    /// <summary>
    /// Cross-entropy between the targets and the softmax of the outputs, computed from logits by log-sum-exp. Targets are class
    /// indices, or one number a class (one-hot or soft). A last layer with <see cref="Activation.Softmax"/> and one that is linear
    /// train alike; they differ in what the network gives: probabilities, or logits.
    /// </summary>
    SoftmaxCrossEntropy,

    /// <summary>The mean of (output - target)^2 over all outputs of all samples.</summary>
    MeanSquaredError,

    /// <summary>The mean of |output - target| over all outputs of all samples.</summary>
    MeanAbsoluteError,

    /// <summary>Huber's loss, averaged over all outputs of all samples; see <see cref="NetworkAttribute.HuberDelta"/>.</summary>
    Huber,
}
