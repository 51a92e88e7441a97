using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastNets.Generators.Parsing;

/// <summary>A partial property as its other half must repeat it.</summary>
internal static class PropertyParts
{
    private static readonly SymbolDisplayFormat WithNullability =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>The modifiers as written, <c>partial</c> included: both halves must have the same.</summary>
    public static string Modifiers(IPropertySymbol property)
        => Syntax(property) is { } syntax ? string.Join(" ", syntax.Modifiers.Select(m => m.ValueText)) : "";

    /// <summary>What a skeleton repeats; null where the property is no partial one, has its second half already or is of a type that nobody knows.</summary>
    public static SkeletonProperty? Skeleton(IPropertySymbol property)
    {
        if (!property.IsPartialDefinition || property.PartialImplementationPart is not null || property.Type.TypeKind == TypeKind.Error || Syntax(property) is not { AccessorList: { } accessors }) return null;
        return new SkeletonProperty(
            $"{Modifiers(property)} {Type(property)} {Identifiers.Of(property.Name)}",
            accessors.Accessors.Select(a => string.Join(" ", a.Modifiers.Append(a.Keyword).Select(m => m.ValueText))).ToEquatableArray());
    }

    private static string Type(IPropertySymbol property)
    {
        string reference = property.RefKind switch { RefKind.Ref => "ref ", RefKind.RefReadOnly => "ref readonly ", _ => "" };
        return reference + property.Type.ToDisplayString(WithNullability);
    }

    private static PropertyDeclarationSyntax? Syntax(IPropertySymbol property)
        => property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as PropertyDeclarationSyntax;
}
