using System.Globalization;
using FastNets.Backends;
using FastNets.Kernels.Optimizers;

namespace FastNets.Training.Optimizers;

/// <summary>Stochastic gradient descent with momentum, in PyTorch's form or, by <see cref="Averaged"/>, as an exponential average of gradients.</summary>
/// <remarks>
/// v = momentum * v + (1 - dampening) * g, w -= lr * v. PyTorch's first step takes v = g, also with dampening; with <see cref="ZeroStart"/> it starts from v = 0.
/// See <see cref="SgdStep"/>.
/// </remarks>
public sealed class Sgd : Optimizer
{
    private float _momentum;

    /// <summary>Sets the rule.</summary>
    /// <param name="learningRate">The step size, above 0.</param>
    /// <param name="momentum">How much of the velocity stays, in [0, 1).</param>
    /// <param name="nesterov">Whether to look one step ahead; needs momentum and no dampening.</param>
    /// <param name="dampening">How much of the gradient is left out of the velocity, in [0, 1).</param>
    /// <param name="weightDecay">The decay's factor, on all parameters; 0 or more.</param>
    /// <param name="zeroStart">Whether the velocity starts as 0 and not as the first gradient.</param>
    /// <param name="decoupledDecay">Whether the decay acts on the weights (SGDW; Loshchilov and Hutter, 2019) and not on the gradient.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    /// <exception cref="ArgumentException">Nesterov without momentum, or with dampening.</exception>
    public Sgd(
        float learningRate = 0.01f, float momentum = 0, bool nesterov = false, float dampening = 0, float weightDecay = 0, bool zeroStart = false, bool decoupledDecay = false)
        : base(learningRate)
    {
        _momentum = Fraction(momentum, nameof(momentum));
        Dampening = Fraction(dampening, nameof(dampening));
        WeightDecay = NotNegative(weightDecay, nameof(weightDecay));
        if (nesterov && (momentum == 0 || dampening != 0))
            throw new ArgumentException("Nesterov's step needs a momentum above 0 and no dampening.", nameof(nesterov));
        Nesterov = nesterov;
        ZeroStart = zeroStart;
        DecoupledDecay = decoupledDecay;
    }

    /// <summary>How much of the velocity stays; may be changed between steps, within (0, 1), where the optimizer was made with momentum.</summary>
    /// <remarks>Where dampening equals momentum, as in <see cref="Averaged"/>, it stays so.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range, or the optimizer was made without momentum.</exception>
    public float Momentum
    {
        get => _momentum;
        set
        {
            bool average = Dampening == _momentum;
            _momentum = ChangedMomentum(_momentum, value);
            if (average) Dampening = _momentum;
        }
    }

    /// <summary>Whether the step looks ahead.</summary>
    public bool Nesterov { get; }

    /// <summary>How much of the gradient is left out of the velocity.</summary>
    public float Dampening { get; private set; }

    /// <summary>The decay's factor.</summary>
    public float WeightDecay { get; }

    /// <summary>Whether the velocity starts as 0 and not as the first gradient.</summary>
    public bool ZeroStart { get; }

    /// <summary>Whether the decay acts on the weights and not on the gradient.</summary>
    public bool DecoupledDecay { get; }

    /// <summary>The exponential average of gradients: v = momentum * v + (1 - momentum) * g from v = 0, w -= lr * v.</summary>
    /// <remarks>
    /// The same path as <c>new Sgd(lr * (1 - momentum), momentum)</c>: PyTorch's velocity sums gradients up to g / (1 - momentum), this one averages them to g. So at the
    /// same learning rate its steps are 1 / (1 - momentum) times shorter, 10 times at momentum 0.9; a rate found for one form must be
    /// converted for the other. The first steps are short in both, by the same factor 1 - momentum^t of the final length.
    /// </remarks>
    /// <param name="learningRate">The step size, above 0.</param>
    /// <param name="momentum">How much of the average stays, in [0, 1).</param>
    /// <param name="weightDecay">Decay coupled into the gradient; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public static Sgd Averaged(float learningRate = 0.1f, float momentum = 0.9f, float weightDecay = 0)
        => new(learningRate, momentum, dampening: momentum, weightDecay: weightDecay, zeroStart: true);

    internal override int StateBuffers => Momentum == 0 ? 0 : 1;

    internal override float? MovingMomentum
    {
        get => Momentum == 0 ? null : Momentum;
        set => Momentum = value ?? 0;
    }

    private protected override string Rule => DecoupledDecay ? "sgdw" : "sgd";

    private protected override string Settings
        => string.Create(
            CultureInfo.InvariantCulture,
            $"lr {LearningRate}, momentum {Momentum}{(Nesterov ? ", nesterov" : "")}, dampening {Dampening}{(ZeroStart ? ", zero start" : "")}, weight decay {WeightDecay}");

    internal override void Update<TBackend>(TBackend backend, ReadOnlySpan<UpdateSegment> segments, ReadOnlySpan<Slot> state, int step, Slot norm, Slot penalty)
        => backend.SgdUpdate(
            segments,
            state.IsEmpty ? Slot.None : state[0],
            new SgdStep(LearningRate, Momentum, Dampening, Nesterov, WeightDecay, First: step == 1 && !ZeroStart, DecoupledDecay),
            norm,
            penalty);
}
