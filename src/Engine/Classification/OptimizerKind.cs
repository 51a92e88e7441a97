using FastNets.Training.Optimizers;

namespace FastNets.Classification;

/// <summary>The rule by which a network's weights are moved, with its usual settings.</summary>
public enum OptimizerKind
{
    /// <summary><see cref="Training.Optimizers.Adam"/>.</summary>
    Adam,

    /// <summary><see cref="Training.Optimizers.AdamW"/> with a weight decay of 0.01.</summary>
    AdamW,

    /// <summary><see cref="Training.Optimizers.Sgd"/> without momentum.</summary>
    Sgd,

    /// <summary><see cref="Training.Optimizers.Sgd"/> with momentum 0.9.</summary>
    Momentum,

    /// <summary><see cref="Training.Optimizers.Sgd"/> with Nesterov's momentum 0.9.</summary>
    Nesterov,
}

/// <summary>Makes optimizers.</summary>
internal static class OptimizerKinds
{
    private const float UsualMomentum = 0.9f;

    /// <summary>Makes an optimizer.</summary>
    /// <param name="kind">The rule.</param>
    /// <param name="learningRate">The step size.</param>
    public static Optimizer Create(this OptimizerKind kind, float learningRate) => kind switch
    {
        OptimizerKind.Adam => new Adam(learningRate),
        OptimizerKind.AdamW => new AdamW(learningRate),
        OptimizerKind.Sgd => new Sgd(learningRate),
        OptimizerKind.Momentum => new Sgd(learningRate, UsualMomentum),
        OptimizerKind.Nesterov => new Sgd(learningRate, UsualMomentum, nesterov: true),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such optimizer."),
    };
}
