using System.Globalization;
using FastNets.Backends;
using FastNets.Kernels.Optimizers;

namespace FastNets.Training.Optimizers;

/// <summary>Adam (Kingma and Ba, 2015), with epsilon outside the corrected root, as in PyTorch.</summary>
/// <remarks>
/// <para>
/// m = beta1 * m + (1 - beta1) * g and v = beta2 * v + (1 - beta2) * g^2 start from 0 and so are too small at first, by 1 - beta1^t and 1 - beta2^t at step t
/// (at step 1 ten and a thousand times with the usual betas); what moves a weight is lr * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon). The correction
/// is made anew from the step's number and the learning rate each time, never stored in either. See <see cref="AdamStep"/>.
/// </para>
/// <para>
/// With <see cref="EpsilonHat"/> the step size is corrected instead, lr * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + epsilon): the paper's
/// efficient form, and Keras's. The two differ by epsilon's scale only.
/// </para>
/// </remarks>
public class Adam : Optimizer
{
    private float _beta1;

    /// <summary>Sets the rule.</summary>
    /// <param name="learningRate">The step size, above 0.</param>
    /// <param name="beta1">How much of the mean of gradients stays, in [0, 1).</param>
    /// <param name="beta2">How much of the mean of squared gradients stays, in [0, 1).</param>
    /// <param name="epsilon">Added to the root; above 0.</param>
    /// <param name="weightDecay">Decay coupled into the gradient, on all parameters; 0 or more.</param>
    /// <param name="amsGrad">Whether the largest mean of squared gradients so far is used (Reddi et al., 2018): step sizes then never grow again.</param>
    /// <param name="epsilonHat">Whether epsilon is added to the root of the uncorrected mean, as in Keras (whose default epsilon is 1e-7).</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public Adam(
        float learningRate = 1e-3f, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, float weightDecay = 0, bool amsGrad = false, bool epsilonHat = false)
        : base(learningRate)
    {
        _beta1 = Fraction(beta1, nameof(beta1));
        Beta2 = Fraction(beta2, nameof(beta2));
        Epsilon = Positive(epsilon, nameof(epsilon));
        WeightDecay = NotNegative(weightDecay, nameof(weightDecay));
        AmsGrad = amsGrad;
        EpsilonHat = epsilonHat;
    }

    /// <summary>How much of the mean of gradients stays, in [0, 1); may be changed between steps.</summary>
    /// <remarks>The correction takes the present value, as PyTorch's does.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public float Beta1
    {
        get => _beta1;
        set => _beta1 = Fraction(value, nameof(value));
    }

    /// <summary>How much of the mean of squared gradients stays.</summary>
    public float Beta2 { get; }

    /// <summary>Added to the root.</summary>
    public float Epsilon { get; }

    /// <summary>The decay's factor.</summary>
    public float WeightDecay { get; }

    /// <summary>Whether the largest mean of squared gradients so far is used.</summary>
    public bool AmsGrad { get; }

    /// <summary>Whether epsilon is added to the root of the uncorrected mean.</summary>
    public bool EpsilonHat { get; }

    internal override int StateBuffers => AmsGrad ? 3 : 2;

    internal override float? MovingMomentum
    {
        get => Beta1;
        set => Beta1 = value ?? 0;
    }

    private protected virtual bool Decoupled => false;

    private protected override string Rule => Decoupled ? "adamw" : "adam";

    private protected override string Settings
        => string.Create(CultureInfo.InvariantCulture, $"lr {LearningRate}, betas {Beta1} and {Beta2}, epsilon{(EpsilonHat ? "-hat" : "")} {Epsilon}, weight decay {WeightDecay}{(AmsGrad ? ", amsgrad" : "")}");

    internal override void Update<TBackend>(TBackend backend, ReadOnlySpan<UpdateSegment> segments, ReadOnlySpan<Slot> state, int step, Slot norm, Slot penalty)
    {
        double correction1 = 1 / (1 - Math.Pow(Beta1, step));
        double correction2 = 1 / (1 - Math.Pow(Beta2, step));
        if (EpsilonHat) (correction1, correction2) = (correction1 / Math.Sqrt(correction2), 1);
        backend.AdamUpdate(
            segments,
            state[0],
            state[1],
            AmsGrad ? state[2] : Slot.None,
            new AdamStep(LearningRate, Beta1, Beta2, Epsilon, (float)correction1, (float)correction2, WeightDecay, Decoupled, AmsGrad),
            norm,
            penalty);
    }
}

/// <summary>Adam with decay on the weights themselves (Loshchilov and Hutter, 2019).</summary>
/// <remarks>fastai's "Adam" is this one with beta2 0.99 and epsilon 1e-5.</remarks>
public sealed class AdamW : Adam
{
    /// <summary>Sets the rule.</summary>
    /// <param name="learningRate">The step size, above 0.</param>
    /// <param name="beta1">How much of the mean of gradients stays, in [0, 1).</param>
    /// <param name="beta2">How much of the mean of squared gradients stays, in [0, 1).</param>
    /// <param name="epsilon">Added to the root; above 0.</param>
    /// <param name="weightDecay">Each step takes lr * weightDecay of each weight away; 0 or more.</param>
    /// <param name="amsGrad">Whether the largest mean of squared gradients so far is used (Reddi et al., 2018).</param>
    /// <param name="epsilonHat">Whether epsilon is added to the root of the uncorrected mean, as in Keras.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public AdamW(
        float learningRate = 1e-3f, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, float weightDecay = 0.01f, bool amsGrad = false, bool epsilonHat = false)
        : base(learningRate, beta1, beta2, epsilon, weightDecay, amsGrad, epsilonHat)
    {
    }

    private protected override bool Decoupled => true;
}
