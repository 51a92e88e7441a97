using System.Globalization;
using FastNets.Backends;
using FastNets.Kernels.Optimizers;

namespace FastNets.Training.Optimizers;

/// <summary>Adam (Kingma and Ba, 2015), with epsilon outside the corrected root, as in PyTorch.</summary>
/// <remarks>See <see cref="AdamStep"/>. Keras corrects the step size instead; the two differ by epsilon's scale only.</remarks>
public class Adam : Optimizer
{
    /// <summary>Sets the rule.</summary>
    /// <param name="learningRate">The step size, above 0.</param>
    /// <param name="beta1">How much of the mean of gradients stays, in [0, 1).</param>
    /// <param name="beta2">How much of the mean of squared gradients stays, in [0, 1).</param>
    /// <param name="epsilon">Added to the root; above 0.</param>
    /// <param name="weightDecay">Decay coupled into the gradient, on all parameters; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public Adam(float learningRate = 1e-3f, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, float weightDecay = 0)
        : base(learningRate)
    {
        Beta1 = Fraction(beta1, nameof(beta1));
        Beta2 = Fraction(beta2, nameof(beta2));
        Epsilon = float.IsFinite(epsilon) && epsilon > 0 ? epsilon : throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "epsilon is a finite number above 0.");
        WeightDecay = NotNegative(weightDecay, nameof(weightDecay));
    }

    /// <summary>How much of the mean of gradients stays.</summary>
    public float Beta1 { get; }

    /// <summary>How much of the mean of squared gradients stays.</summary>
    public float Beta2 { get; }

    /// <summary>Added to the root.</summary>
    public float Epsilon { get; }

    /// <summary>The decay's factor.</summary>
    public float WeightDecay { get; }

    /// <inheritdoc/>
    public override string Description
        => string.Create(CultureInfo.InvariantCulture, $"{(Decoupled ? "adamw" : "adam")}(lr {LearningRate}, betas {Beta1} and {Beta2}, epsilon {Epsilon}, weight decay {WeightDecay})");

    internal override int StateBuffers => 2;

    private protected virtual bool Decoupled => false;

    internal override float Update<TBackend>(TBackend backend, ReadOnlySpan<UpdateSegment> segments, ReadOnlySpan<Slot> state, int step)
        => backend.AdamUpdate(
            segments,
            state[0],
            state[1],
            new AdamStep(
                LearningRate, Beta1, Beta2, Epsilon,
                (float)(1 / (1 - Math.Pow(Beta1, step))), (float)(1 / (1 - Math.Pow(Beta2, step))),
                WeightDecay, Decoupled));
}

/// <summary>Adam with decay on the weights themselves (Loshchilov and Hutter, 2019).</summary>
public sealed class AdamW : Adam
{
    /// <summary>Sets the rule.</summary>
    /// <param name="learningRate">The step size, above 0.</param>
    /// <param name="beta1">How much of the mean of gradients stays, in [0, 1).</param>
    /// <param name="beta2">How much of the mean of squared gradients stays, in [0, 1).</param>
    /// <param name="epsilon">Added to the root; above 0.</param>
    /// <param name="weightDecay">Each step takes lr * weightDecay of each weight away; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public AdamW(float learningRate = 1e-3f, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, float weightDecay = 0.01f)
        : base(learningRate, beta1, beta2, epsilon, weightDecay)
    {
    }

    private protected override bool Decoupled => true;
}
