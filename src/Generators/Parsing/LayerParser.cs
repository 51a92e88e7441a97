using FastNets.Generators.Diagnostics;
using FastNets.Generators.Helpers;
using FastNets.Generators.Kinds;
using FastNets.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FastNets.Generators.Parsing;

/// <summary>Turns a property with its [Layer] attribute into a <see cref="LayerSpec"/>.</summary>
internal static class LayerParser
{
    private static readonly SymbolDisplayFormat WithoutNullability =
        SymbolDisplayFormat.MinimallyQualifiedFormat.RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static LayerSpec? Parse(IPropertySymbol property, AttributeData attribute, IssueSink issues)
    {
        if (attribute.AttributeConstructor is null || PropertyParts.IsBroken(property))
        {
            issues.LeftToCompiler();
            return null;
        }

        LayerKindInfo? kind = property.Type.ContainingNamespace?.ToDisplayString() == "FastNets" ? LayerKinds.Find(property.Type.Name) : null;
        if (kind is null)
        {
            issues.Symbol(Descriptors.UnknownKind, property, property.Name, property.Type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), LayerKinds.Names);
            return null;
        }

        if (!IsPlainPartialProperty(property))
        {
            issues.Symbol(Descriptors.NotAPartialProperty, property, property.Name, property.Type.ToDisplayString(WithoutNullability));
            return null;
        }

        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key != "From" && !kind.Settings.Contains(argument.Key))
                issues.Attribute(Descriptors.SettingNotTaken, attribute, argument.Key, true, kind.TypeName, argument.Key, string.Join(", ", kind.Settings.Append("From")));
        }

        var reader = new SettingReader(attribute, issues);
        foreach ((string name, string example) in kind.Required)
        {
            if (reader.Has(name)) continue;
            issues.Attribute(Descriptors.SettingMissing, attribute, null, false, kind.TypeName, property.Name, name, example);
            return null;
        }

        CustomSpec? custom = null;
        if (kind.Kind == LayerKind.Custom && (custom = CustomParser.Parse(property, attribute, reader, issues)) is null) return null;
        EquatableArray<string> from = reader.Texts("From").ToEquatableArray();
        return kind.Parse(reader) is { } settings
            ? new LayerSpec(property.Name, PropertyParts.Modifiers(property), kind.Kind, settings) { From = from, Custom = custom }
            : null;
    }

    private static bool IsPlainPartialProperty(IPropertySymbol property)
        => property is { IsStatic: false, IsVirtual: false, IsAbstract: false, IsOverride: false, IsRequired: false, IsIndexer: false, SetMethod: null, IsPartialDefinition: true, RefKind: RefKind.None, NullableAnnotation: not NullableAnnotation.Annotated }
            && !((INamedTypeSymbol)property.Type).TypeArguments.Any(a => a is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated });
}
