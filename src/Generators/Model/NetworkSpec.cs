using FastNets.Generators.Helpers;

namespace FastNets.Generators.Model;

/// <summary>What the user wrote: values only, no symbols and no locations, so that two equal declarations are equal models.</summary>
/// <param name="Namespace">The class's namespace; empty for the global one.</param>
/// <param name="Name">The class's name.</param>
/// <param name="Input">The length of an input sample.</param>
/// <param name="Loss">The loss.</param>
/// <param name="HuberDelta">The setting of Huber's loss.</param>
/// <param name="Layers">The layers in the order of data.</param>
/// <param name="HasErrors">Whether something is wrong: then only a skeleton is written, and the analyzer says what is.</param>
/// <param name="Skeleton">The partial properties to implement in a skeleton: modifiers, type and name.</param>
internal sealed record NetworkSpec(
    string Namespace,
    string Name,
    Size Input,
    LossKind Loss,
    float HuberDelta,
    EquatableArray<LayerSpec> Layers,
    bool HasErrors,
    EquatableArray<string> Skeleton)
{
    /// <summary>The name of the generated file.</summary>
    public string HintName => (Namespace.Length == 0 ? Name : Namespace + "." + Name) + ".g.cs";
}
