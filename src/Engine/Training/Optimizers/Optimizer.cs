using FastNets.Backends;
using FastNets.Kernels.Optimizers;

namespace FastNets.Training.Optimizers;

/// <summary>The rule by which a step moves the parameters.</summary>
/// <remarks>
/// Settings only: the moments lie in the network, which resets them when another optimizer object is given to it.
/// An optimizer object may serve several networks, each with its own moments.
/// </remarks>
public abstract class Optimizer
{
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

    /// <summary>The rule and its settings in one line, as reports and model files state them.</summary>
    public abstract string Description { get; }

    /// <summary>How many numbers the rule keeps for each parameter.</summary>
    internal abstract int StateBuffers { get; }

    /// <summary>Makes one update.</summary>
    /// <param name="backend">The network's backend.</param>
    /// <param name="segments">The runs of parameters and their penalties.</param>
    /// <param name="state"><see cref="StateBuffers"/> places, laid out as the parameters.</param>
    /// <param name="step">The number of this update, from 1.</param>
    /// <returns>The penalties' value before the update.</returns>
    internal abstract float Update<TBackend>(TBackend backend, ReadOnlySpan<UpdateSegment> segments, ReadOnlySpan<Slot> state, int step)
        where TBackend : struct, IBackend;

    private protected static float Fraction(float value, string name)
        => value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} lies in [0, 1).");

    private protected static float NotNegative(float value, string name)
        => float.IsFinite(value) && value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is a finite number, 0 or more.");
}
