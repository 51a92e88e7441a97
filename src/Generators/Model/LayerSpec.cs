namespace FastNets.Generators.Model;

/// <summary>What the user wrote for one layer.</summary>
/// <param name="Name">The property's name.</param>
/// <param name="Modifiers">The property's modifiers, as in <c>public partial</c>.</param>
/// <param name="Kind">The layer's kind, from the property's type.</param>
/// <param name="Settings">The kind's settings, defaults filled in.</param>
internal sealed record LayerSpec(string Name, string Modifiers, LayerKind Kind, LayerSettings Settings);

/// <summary>The settings of all kinds of layers. Each kind reads its own.</summary>
internal sealed record LayerSettings
{
    public Size Units { get; init; }

    public Size? Inputs { get; init; }

    public ActivationKind Activation { get; init; }

    public bool UseBias { get; init; } = true;

    public string KernelInitializer { get; init; } = "GlorotUniform";

    public string BiasInitializer { get; init; } = "Zeros";

    public float L1 { get; init; }

    public float L2 { get; init; }

    public float Rate { get; init; }

    public float Momentum { get; init; }

    public float Epsilon { get; init; }

    public bool UnbiasedVariance { get; init; }
}
