using FastNets.Generators.Helpers;

namespace FastNets.Generators.Model;

/// <summary>What is written for a declaration that is wrong.</summary>
/// <param name="Types">The class as the last and the types that it lies within, outermost first, as in <c>partial class Outer</c>.</param>
/// <param name="IsNetwork">Whether the class can be a network at all: then the rest of the program still finds constructor and members.</param>
/// <param name="Properties">The partial properties that need a body.</param>
internal sealed record SkeletonSpec(EquatableArray<string> Types, bool IsNetwork, EquatableArray<SkeletonProperty> Properties);

/// <summary>A partial property.</summary>
/// <param name="Declaration">Modifiers, type and name.</param>
/// <param name="Accessors">The accessors, as in <c>private set</c>.</param>
internal sealed record SkeletonProperty(string Declaration, EquatableArray<string> Accessors);
