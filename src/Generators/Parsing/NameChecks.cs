using FastNets.Generators.Diagnostics;
using FastNets.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FastNets.Generators.Parsing;

/// <summary>Names that would collide in the generated class.</summary>
internal static class NameChecks
{
    /// <summary>The settings that can be names of sizes.</summary>
    public static readonly string[] Sizes = ["Input", "Length", "Channels", "Units", "Inputs", "Filters", "Vocabulary", "Steps", "Weights"];

    private static readonly string[] ConstructorParameters = ["seed", "maxBatch"];

    private const string TakenByNetwork = "every network has a member of that name";

    /// <summary>Checks all names; gives whether no layer hides a member of <c>Network</c>.</summary>
    public static bool Check(
        AttributeData network,
        List<(IPropertySymbol Property, AttributeData Attribute, LayerSpec? Spec)> declared,
        IssueSink issues)
    {
        var layers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        HashSet<string> inherited = InheritedNames(network);
        bool hides = false;
        foreach ((IPropertySymbol property, _, _) in declared)
        {
            if (inherited.Contains(property.Name))
            {
                hides = true;
                issues.Symbol(Descriptors.DuplicateName, property, property.Name, TakenByNetwork);
            }
            else if (layers.TryGetValue(property.Name, out string? other))
                issues.Symbol(Descriptors.DuplicateName, property, property.Name, other == property.Name ? "another layer has it" : $"it differs from the layer '{other}' only in case");
            else
                layers.Add(property.Name, property.Name);
        }

        var sizes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        CheckSizes(network);
        foreach ((_, AttributeData attribute, _) in declared) CheckSizes(attribute);

        return !hides;

        void CheckSizes(AttributeData attribute)
        {
            var silent = new SettingReader(attribute, new IssueSink.Silent());
            foreach (string argument in Sizes) CheckSize(attribute, argument, silent.Has(argument) ? silent.Size(argument) : null);
        }

        void CheckSize(AttributeData attribute, string argument, Size? size)
        {
            if (size?.Name is not { } name) return;
            if (ConstructorParameters.Contains(name, StringComparer.OrdinalIgnoreCase))
                issues.Attribute(Descriptors.DuplicateName, attribute, argument, false, name, "every generated constructor has a parameter of that name");
            else if (inherited.Contains(name))
                issues.Attribute(Descriptors.DuplicateName, attribute, argument, false, name, TakenByNetwork);
            else if (layers.TryGetValue(name, out string? layer))
                issues.Attribute(Descriptors.DuplicateName, attribute, argument, false, name, $"the layer '{layer}' has it");
            else if (sizes.TryGetValue(name, out string? other) && other != name)
                issues.Attribute(Descriptors.DuplicateName, attribute, argument, false, name, $"it differs from the size '{other}' only in case");
            else
                sizes[name] = name;
        }
    }

    // The generated base class lies in the attribute's own assembly.
    private static HashSet<string> InheritedNames(AttributeData network)
    {
        var names = new HashSet<string>();
        INamedTypeSymbol? type = network.AttributeClass?.ContainingAssembly.GetTypeByMetadataName("FastNets.Network");
        // Private members are not inherited, and a reference to the assembly does not show them while one to its source does.
        for (; type is not null; type = type.BaseType)
            names.UnionWith(type.GetMembers().Where(m => m.DeclaredAccessibility != Accessibility.Private).Select(m => m.Name));
        return names;
    }
}
