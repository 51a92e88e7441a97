using System.Globalization;
using FastNets.Backends;
using FastNets.Kernels.Optimizers;

namespace FastNets.Training.Optimizers;

/// <summary>The rule by which a step moves the parameters.</summary>
/// <remarks>
/// <para>
/// Settings only: the moments lie in the network, which resets them when another optimizer object is given to it.
/// An optimizer object may serve several networks, each with its own moments.
/// </para>
/// <para>
/// In each step: the layers' penalties add their gradients to the loss's, L1 * sign(w) and 2 * L2 * w; <see cref="Clipping"/> acts on that
/// sum; weight decay comes after. Coupled weight decay adds decay * w to the gradient, which is the gradient of decay / 2 * ||w||^2: Tikhonov's
/// or L2 regularisation, scaled by the learning rate as every other gradient, and for each weight of its own size and sign (subtracting the same number,
/// such as ||w||^2, from all weights regularises nothing). Decoupled weight decay takes learning rate * decay * w from the weight itself, so that
/// moments and adaptive step sizes do not see it (Loshchilov and Hutter, 2019).
/// </para>
/// </remarks>
public abstract class Optimizer
{
    private readonly ParameterGroup[] _groups = [];
    private float _learningRate;

    private protected Optimizer(float learningRate) => LearningRate = learningRate;

    /// <summary>The step size; may be changed between steps. Above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number above 0.</exception>
    public float LearningRate
    {
        get => _learningRate;
        set => _learningRate = float.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A learning rate is a finite number above 0.");
    }

    /// <summary>What is done to gradients that are too large. Default <see cref="GradientClipping.None"/>.</summary>
    public GradientClipping Clipping { get; init; }

    /// <summary>Parameters that are updated differently from the others: the first group that a parameter belongs to counts. Default: none.</summary>
    /// <exception cref="ArgumentNullException">The list or a group is null.</exception>
    public IReadOnlyList<ParameterGroup> Groups
    {
        get => _groups;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach (ParameterGroup group in value) ArgumentNullException.ThrowIfNull(group, nameof(value));
            _groups = [.. value];
        }
    }

    /// <summary>The rule and its settings in one line, as reports and model files state them.</summary>
    public string Description
    {
        get
        {
            string clipping = Clipping == GradientClipping.None ? "" : $", clipping {Clipping}";
            string groups = _groups.Length == 0 ? "" : $", groups [{string.Join("; ", _groups.Select(g => g.ToString()))}]";
            return string.Create(CultureInfo.InvariantCulture, $"{Rule}({Settings}{clipping}{groups})");
        }
    }

    /// <summary>The rule's name.</summary>
    private protected abstract string Rule { get; }

    /// <summary>The rule's settings.</summary>
    private protected abstract string Settings { get; }

    /// <summary>How many numbers the rule keeps for each parameter.</summary>
    internal abstract int StateBuffers { get; }

    /// <summary>The momentum that a schedule may move between steps, in [0, 1): SGD's and RMSprop's momentum, Adam's first beta. Null where there is none.</summary>
    internal abstract float? MovingMomentum { get; set; }

    /// <summary>Makes one update.</summary>
    /// <param name="backend">The network's backend.</param>
    /// <param name="segments">The runs of parameters, their penalties and factors.</param>
    /// <param name="state"><see cref="StateBuffers"/> places, laid out as the parameters.</param>
    /// <param name="step">The number of this update, from 1.</param>
    /// <param name="norm">Where the gradients' norm is, [1]: where it is infinite nothing moves. None where they are not clipped by a norm.</param>
    /// <param name="penalty">[1]: the penalties' value before the update.</param>
    internal abstract void Update<TBackend>(TBackend backend, ReadOnlySpan<UpdateSegment> segments, ReadOnlySpan<Slot> state, int step, Slot norm, Slot penalty)
        where TBackend : struct, IBackend;

    /// <summary>What a parameter's learning rate and weight decay are multiplied by.</summary>
    internal (float LearningRate, float WeightDecay) FactorsOf(Parameter parameter)
    {
        foreach (ParameterGroup group in _groups)
        {
            if (group.Contains(parameter)) return (group.LearningRateFactor, group.WeightDecayFactor);
        }

        return (1, 1);
    }

    private protected static float Fraction(float value, string name)
        => value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} lies in [0, 1).");

    private protected static float NotNegative(float value, string name)
        => float.IsFinite(value) && value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is a finite number, 0 or more.");

    private protected static float Positive(float value, string name)
        => float.IsFinite(value) && value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is a finite number above 0.");

    // Whether there is a velocity is decided once: a network takes the memory for it at an optimizer's first step.
    private protected static float ChangedMomentum(float old, float value)
    {
        if (Fraction(value, "momentum") == 0 == (old == 0)) return value;
        throw new ArgumentOutOfRangeException(
            nameof(value), value, old == 0
                ? "This optimizer was made without momentum and has no velocity; make it with a momentum above 0 to change it between steps."
                : "This optimizer was made with momentum; it may be changed between steps to any value above 0 and below 1. For a step without momentum make another optimizer.");
    }
}
