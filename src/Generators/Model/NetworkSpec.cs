using FastNets.Generators.Helpers;

namespace FastNets.Generators.Model;

/// <summary>What the user wrote: values only, no symbols and no locations, so that two equal declarations are equal models.</summary>
/// <param name="Namespace">The class's namespace; empty for the global one.</param>
/// <param name="Name">The class's name.</param>
/// <param name="MetadataName">The class's full name, unique in the program but for case.</param>
/// <param name="Input">An input sample: numbers, or steps of channels.</param>
/// <param name="HasLengths">Whether series of a batch may have lengths of their own.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Layers">The layers in the order of declaration.</param>
/// <param name="HasErrors">Whether something is wrong: then only a skeleton is written, and the analyzer says what is.</param>
/// <param name="OwnNames">The user's own members whose names generated fields could take: those with an underscore.</param>
/// <param name="Skeleton">What is written where something is wrong.</param>
internal sealed record NetworkSpec(
    string Namespace,
    string Name,
    string MetadataName,
    Shape Input,
    bool HasLengths,
    LossSpec Loss,
    EquatableArray<LayerSpec> Layers,
    bool HasErrors,
    EquatableArray<string> OwnNames,
    SkeletonSpec Skeleton);
