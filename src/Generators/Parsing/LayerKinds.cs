using FastNets.Generators.Model;

namespace FastNets.Generators.Parsing;

/// <summary>What the kinds of layers are called and which settings they take: the table that a new kind enters.</summary>
internal static class LayerKinds
{
    /// <summary>One kind.</summary>
    /// <param name="Kind">The kind.</param>
    /// <param name="TypeName">The engine's class, also what messages call the kind.</param>
    /// <param name="Settings">The settings that it takes.</param>
    /// <param name="Required">The setting that it needs, with an example; null where all have defaults.</param>
    public sealed record Entry(LayerKind Kind, string TypeName, string[] Settings, (string Name, string Example)? Required);

    public static readonly Entry[] All =
    [
        new(LayerKind.Dense, "Dense", ["Units", "Inputs", "Activation", "UseBias", "KernelInitializer", "BiasInitializer", "L1", "L2"], ("Units", "Units = 64")),
        new(LayerKind.BatchNorm, "BatchNorm", ["Activation", "Defaults", "Momentum", "Epsilon", "UnbiasedVariance"], null),
        new(LayerKind.Dropout, "Dropout", ["Rate"], ("Rate", "Rate = 0.5f")),
        new(LayerKind.Activation, "ActivationLayer", ["Activation"], ("Activation", "Activation = Activation.ReLU")),
    ];

    public static readonly string Names = string.Join(", ", All.Select(e => e.TypeName));
}
