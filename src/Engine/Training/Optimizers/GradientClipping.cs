using System.Globalization;

namespace FastNets.Training.Optimizers;

/// <summary>What is measured to see whether gradients are too large.</summary>
public enum GradientClippingKind
{
    /// <summary>Nothing: gradients stay as they are.</summary>
    None,

    /// <summary>The Euclidean norm of all gradients together.</summary>
    GlobalNorm,

    /// <summary>The Euclidean norm of each parameter tensor's gradient.</summary>
    TensorNorm,

    /// <summary>The magnitude of each element.</summary>
    Value,
}

/// <summary>What an optimizer does to gradients that are too large (Pascanu, Mikolov and Bengio, 2013).</summary>
/// <remarks>
/// <para>
/// A norm above the maximum scales the gradient by maximum / (norm + 1e-6), as PyTorch does; a norm at or below it changes nothing. To scale always, to g * maximum / ||g||, would
/// not be clipping: it blows small gradients up as training converges, and divides 0 by 0 where a gradient vanishes.
/// </para>
/// <para>
/// Norms and limits are of the gradients with the layers' L1 and L2 penalties, as if these stood in the loss, and without weight decay. Frozen parameters
/// count for nothing. A norm costs one more pass over the gradients, a step reports it as <see cref="StepResult.GradientNorm"/>, and where it is not finite
/// the update is left out, so that weights stay what they were (a <see cref="Trainer"/> then stops). Clipping by value makes a gradient that is infinite the limit, but one that is no number stays so.
/// </para>
/// </remarks>
public readonly record struct GradientClipping
{
    private GradientClipping(GradientClippingKind kind, float maximum)
    {
        if (!float.IsFinite(maximum) || maximum <= 0)
            throw new ArgumentOutOfRangeException(nameof(maximum), maximum, "What gradients are clipped to is a finite number above 0; for no clipping use GradientClipping.None.");
        Kind = kind;
        Maximum = maximum;
    }

    /// <summary>No clipping.</summary>
    public static GradientClipping None => default;

    /// <summary>What is measured.</summary>
    public GradientClippingKind Kind { get; }

    /// <summary>The largest norm or magnitude; 0 for <see cref="None"/>.</summary>
    public float Maximum { get; }

    /// <summary>Scales all gradients alike, so that their direction stays, where their common norm is above a maximum.</summary>
    /// <param name="maximum">The largest norm, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is not a finite number above 0.</exception>
    public static GradientClipping ByGlobalNorm(float maximum) => new(GradientClippingKind.GlobalNorm, maximum);

    /// <summary>Scales the gradient of each parameter tensor whose own norm is above a maximum. The direction of all together changes.</summary>
    /// <param name="maximum">The largest norm, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is not a finite number above 0.</exception>
    public static GradientClipping ByTensorNorm(float maximum) => new(GradientClippingKind.TensorNorm, maximum);

    /// <summary>Moves each element to within [-maximum, maximum].</summary>
    /// <param name="maximum">The largest magnitude, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is not a finite number above 0.</exception>
    public static GradientClipping ByValue(float maximum) => new(GradientClippingKind.Value, maximum);

    internal bool NeedsNorm => Kind is GradientClippingKind.GlobalNorm or GradientClippingKind.TensorNorm;

    internal float Limit => Kind == GradientClippingKind.Value ? Maximum : float.PositiveInfinity;

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        GradientClippingKind.GlobalNorm => string.Create(CultureInfo.InvariantCulture, $"global norm {Maximum}"),
        GradientClippingKind.TensorNorm => string.Create(CultureInfo.InvariantCulture, $"tensor norm {Maximum}"),
        GradientClippingKind.Value => string.Create(CultureInfo.InvariantCulture, $"value {Maximum}"),
        _ => "none",
    };
}
