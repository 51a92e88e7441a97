using FastNets.Generators.Helpers;

namespace FastNets.Generators.Model;

/// <summary>What the user wrote for one layer.</summary>
/// <param name="Name">The property's name.</param>
/// <param name="Modifiers">The property's modifiers, as in <c>public partial</c>.</param>
/// <param name="Kind">The layer's kind, from the property's type.</param>
/// <param name="Settings">The kind's settings, defaults filled in.</param>
internal sealed record LayerSpec(string Name, string Modifiers, LayerKind Kind, LayerSettings Settings)
{
    /// <summary>The layers that it takes its input from; none for the layer before it (the network's input for the first).</summary>
    public EquatableArray<string> From { get; init; }

    /// <summary>The user's own function or layer, for <see cref="LayerKind.Custom"/>.</summary>
    public CustomSpec? Custom { get; init; }
}

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

    public string RecurrentInitializer { get; init; } = "Orthogonal";

    public bool UseRecurrentBias { get; init; }

    public bool ReturnSequences { get; init; }

    public bool Reverse { get; init; }

    public bool Bidirectional { get; init; }

    public bool Stateful { get; init; }

    /// <summary>The layer whose final state is the initial one; empty for none.</summary>
    public string StateFrom { get; init; } = "";

    /// <summary>The number of steps between the cuts of truncated backpropagation; 0 for none.</summary>
    public int Truncate { get; init; }

    /// <summary>The steps that a decoder makes; null for as many as the network's input has.</summary>
    public Size? Steps { get; init; }

    public float TeacherForcing { get; init; }

    public int KernelSize { get; init; } = 1;

    public int Stride { get; init; } = 1;

    public int Dilation { get; init; } = 1;

    public PaddingKind Padding { get; init; }

    public int PaddingLeft { get; init; }

    public int PaddingRight { get; init; }

    public Size Vocabulary { get; init; }

    public int Features { get; init; } = 10_000;

    public int MaxDilations { get; init; } = 32;

    public Size? Weights { get; init; }
}
