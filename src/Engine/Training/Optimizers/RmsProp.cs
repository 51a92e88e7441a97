using System.Globalization;
using FastNets.Backends;
using FastNets.Kernels.Optimizers;

namespace FastNets.Training.Optimizers;

/// <summary>RMSprop (Tieleman and Hinton, 2012): gradients divided by their running root mean square, in PyTorch's form.</summary>
/// <remarks>
/// Epsilon is added outside the root (Keras adds it inside), and the momentum is of the divided gradients. The mean starts from 0 and is not corrected: first
/// steps are up to 1 / sqrt(1 - alpha) times too long, ten times by default. See <see cref="RmsPropStep"/>.
/// </remarks>
public sealed class RmsProp : Optimizer
{
    private float _momentum;

    /// <summary>Sets the rule.</summary>
    /// <param name="learningRate">The step size, above 0.</param>
    /// <param name="alpha">How much of the mean of squared gradients stays, in [0, 1).</param>
    /// <param name="epsilon">Added to the root; above 0.</param>
    /// <param name="momentum">How much of the velocity stays, in [0, 1).</param>
    /// <param name="centered">Whether gradients are divided by their running deviation instead (Graves, 2013).</param>
    /// <param name="weightDecay">Decay coupled into the gradient, on all parameters; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public RmsProp(float learningRate = 0.01f, float alpha = 0.99f, float epsilon = 1e-8f, float momentum = 0, bool centered = false, float weightDecay = 0)
        : base(learningRate)
    {
        Alpha = Fraction(alpha, nameof(alpha));
        Epsilon = Positive(epsilon, nameof(epsilon));
        _momentum = Fraction(momentum, nameof(momentum));
        Centered = centered;
        WeightDecay = NotNegative(weightDecay, nameof(weightDecay));
    }

    /// <summary>How much of the mean of squared gradients stays.</summary>
    public float Alpha { get; }

    /// <summary>Added to the root.</summary>
    public float Epsilon { get; }

    /// <summary>How much of the velocity stays; may be changed between steps, within (0, 1), where the optimizer was made with momentum.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range, or the optimizer was made without momentum.</exception>
    public float Momentum
    {
        get => _momentum;
        set => _momentum = ChangedMomentum(_momentum, value);
    }

    /// <summary>Whether gradients are divided by their deviation and not by their root mean square.</summary>
    public bool Centered { get; }

    /// <summary>Decay coupled into the gradient.</summary>
    public float WeightDecay { get; }

    internal override int StateBuffers => 1 + (Momentum == 0 ? 0 : 1) + (Centered ? 1 : 0);

    internal override float? MovingMomentum
    {
        get => Momentum == 0 ? null : Momentum;
        set => Momentum = value ?? 0;
    }

    private protected override string Rule => "rmsprop";

    private protected override string Settings
        => string.Create(CultureInfo.InvariantCulture, $"lr {LearningRate}, alpha {Alpha}, epsilon {Epsilon}, momentum {Momentum}{(Centered ? ", centered" : "")}, weight decay {WeightDecay}");

    internal override void Update<TBackend>(TBackend backend, ReadOnlySpan<UpdateSegment> segments, ReadOnlySpan<Slot> state, int step, Slot norm, Slot penalty)
        => backend.RmsPropUpdate(
            segments,
            state[0],
            Momentum == 0 ? Slot.None : state[1],
            Centered ? state[^1] : Slot.None,
            new RmsPropStep(LearningRate, Alpha, Epsilon, WeightDecay, Momentum, Centered),
            norm,
            penalty);
}
