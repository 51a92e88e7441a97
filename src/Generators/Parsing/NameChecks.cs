using FastNets.Generators.Diagnostics;
using FastNets.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FastNets.Generators.Parsing;

/// <summary>Names that would collide in the generated class.</summary>
internal static class NameChecks
{
    private static readonly string[] ConstructorParameters = ["seed", "maxBatch"];

    public static void Check(
        AttributeData network,
        Size? input,
        List<(IPropertySymbol Property, AttributeData Attribute, LayerSpec? Spec)> declared,
        IssueSink issues)
    {
        var layers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        INamedTypeSymbol? baseType = FindBase(network);
        foreach ((IPropertySymbol property, _, _) in declared)
        {
            if (baseType is not null && baseType.GetMembers(property.Name).Length > 0)
                issues.Symbol(Descriptors.DuplicateName, property, property.Name, "every network has a member of that name");
            else if (layers.TryGetValue(property.Name, out string? other))
                issues.Symbol(Descriptors.DuplicateName, property, property.Name, other == property.Name ? "another layer has it" : $"it differs from the layer '{other}' only in case");
            else
                layers.Add(property.Name, property.Name);
        }

        var sizes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        CheckSize(network, "Input", input, layers, sizes, issues);
        foreach ((_, AttributeData attribute, LayerSpec? spec) in declared)
        {
            if (spec?.Kind != LayerKind.Dense) continue;
            CheckSize(attribute, "Units", spec.Settings.Units, layers, sizes, issues);
            CheckSize(attribute, "Inputs", spec.Settings.Inputs, layers, sizes, issues);
        }
    }

    private static void CheckSize(AttributeData attribute, string argument, Size? size, Dictionary<string, string> layers, Dictionary<string, string> sizes, IssueSink issues)
    {
        if (size?.Name is not { } name) return;
        if (ConstructorParameters.Contains(name, StringComparer.OrdinalIgnoreCase))
            issues.Attribute(Descriptors.DuplicateName, attribute, argument, false, name, "every generated constructor has a parameter of that name");
        else if (layers.TryGetValue(name, out string? layer))
            issues.Attribute(Descriptors.DuplicateName, attribute, argument, false, name, $"the layer '{layer}' has it");
        else if (sizes.TryGetValue(name, out string? other) && other != name)
            issues.Attribute(Descriptors.DuplicateName, attribute, argument, false, name, $"it differs from the size '{other}' only in case");
        else
            sizes[name] = name;
    }

    // The generated base class lies in the attribute's own assembly.
    private static INamedTypeSymbol? FindBase(AttributeData network)
        => network.AttributeClass?.ContainingAssembly.GetTypeByMetadataName("FastNets.Network");
}
