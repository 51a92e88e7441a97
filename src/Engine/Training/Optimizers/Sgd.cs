using System.Globalization;
using FastNets.Backends;
using FastNets.Kernels.Optimizers;

namespace FastNets.Training.Optimizers;

/// <summary>Stochastic gradient descent with momentum, in PyTorch's form.</summary>
/// <remarks>v = momentum * v + (1 - dampening) * g, w -= lr * v; the first step takes v = g. See <see cref="SgdStep"/>.</remarks>
public sealed class Sgd : Optimizer
{
    /// <summary>Sets the rule.</summary>
    /// <param name="learningRate">The step size, above 0.</param>
    /// <param name="momentum">How much of the velocity stays, in [0, 1).</param>
    /// <param name="nesterov">Whether to look one step ahead; needs momentum and no dampening.</param>
    /// <param name="dampening">How much of the gradient is left out of the velocity, in [0, 1).</param>
    /// <param name="weightDecay">Decay coupled into the gradient, on all parameters; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    /// <exception cref="ArgumentException">Nesterov without momentum, or with dampening.</exception>
    public Sgd(float learningRate = 0.01f, float momentum = 0, bool nesterov = false, float dampening = 0, float weightDecay = 0)
        : base(learningRate)
    {
        Momentum = Fraction(momentum, nameof(momentum));
        Dampening = Fraction(dampening, nameof(dampening));
        WeightDecay = NotNegative(weightDecay, nameof(weightDecay));
        if (nesterov && (momentum == 0 || dampening != 0))
            throw new ArgumentException("Nesterov's step needs a momentum above 0 and no dampening.", nameof(nesterov));
        Nesterov = nesterov;
    }

    /// <summary>How much of the velocity stays.</summary>
    public float Momentum { get; }

    /// <summary>Whether the step looks ahead.</summary>
    public bool Nesterov { get; }

    /// <summary>How much of the gradient is left out of the velocity.</summary>
    public float Dampening { get; }

    /// <summary>Decay coupled into the gradient.</summary>
    public float WeightDecay { get; }

    /// <inheritdoc/>
    public override string Description
        => string.Create(CultureInfo.InvariantCulture, $"sgd(lr {LearningRate}, momentum {Momentum}{(Nesterov ? ", nesterov" : "")}, dampening {Dampening}, weight decay {WeightDecay})");

    internal override int StateBuffers => Momentum == 0 ? 0 : 1;

    internal override float Update<TBackend>(TBackend backend, ReadOnlySpan<UpdateSegment> segments, ReadOnlySpan<Slot> state, int step)
        => backend.SgdUpdate(
            segments,
            state.IsEmpty ? Slot.None : state[0],
            new SgdStep(LearningRate, Momentum, Dampening, Nesterov, WeightDecay, First: step == 1));
}
