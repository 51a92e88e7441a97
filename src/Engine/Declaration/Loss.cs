namespace FastNets;

/// <summary>What training makes small, averaged over a batch (or summed, see <see cref="NetworkAttribute.Reduction"/>).</summary>
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

    /// <summary>
    /// Binary cross-entropy of each output by itself, computed from logits: max(z, 0) - z t + log(1 + e^-|z|), averaged over all outputs of all samples.
    /// A last layer with <see cref="Activation.Sigmoid"/> and one that is linear train alike; they differ in what the network gives.
    /// </summary>
    BinaryCrossEntropy,

    /// <summary>
    /// Cross-entropy in which a class's term is multiplied by (1 - p)^gamma, so that samples that are easy count less (Lin et al., 2017);
    /// see <see cref="NetworkAttribute.FocalGamma"/>. Targets as for <see cref="SoftmaxCrossEntropy"/>.
    /// </summary>
    Focal,
}
