using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastNets.Generators.Parsing;

/// <summary>A partial property as its other half must repeat it.</summary>
internal static class PropertyParts
{
    private static readonly SymbolDisplayFormat WithNullability =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>The modifiers, <c>partial</c> as the last: both halves must have the same.</summary>
    public static string Modifiers(IPropertySymbol property)
        => Syntax(property) is { } syntax ? string.Join(" ", syntax.Modifiers.Select(m => m.ValueText).Distinct().OrderBy(m => m == "partial")) : "";

    /// <summary>Whether the property, its attributes apart, is no correct C#: then all is left to the compiler.</summary>
    public static bool IsBroken(IPropertySymbol property)
        => Syntax(property) is not { Identifier.IsMissing: false, AccessorList: null or { Accessors.Count: > 0 } } syntax
            || syntax.ChildNodesAndTokens().Any(part => !part.IsKind(SyntaxKind.AttributeList) && part.ContainsDiagnostics);

    /// <summary>What a skeleton repeats; null where there is nothing to repeat, or what would only be reported twice.</summary>
    public static SkeletonProperty? Skeleton(IPropertySymbol property)
    {
        if (!property.IsPartialDefinition || property.PartialImplementationPart is not null || IsBroken(property)) return null;
        if (!CanRepeat(property.Type) || Reach.IsLessThan(property.Type, property)) return null;
        string reference = property.RefKind switch { RefKind.Ref => "ref ", RefKind.RefReadOnly => "ref readonly ", _ => "" };
        return new SkeletonProperty(
            $"{Modifiers(property)} {reference}{property.Type.ToDisplayString(WithNullability)} {Identifiers.Of(property.Name)}",
            Syntax(property)!.AccessorList!.Accessors.Select(a => string.Join(" ", a.Modifiers.Append(a.Keyword).Select(m => m.ValueText))).Distinct().ToEquatableArray());
    }

    // Whether the compiler has nothing to say about a type that it would then say of the other half too.
    private static bool CanRepeat(ITypeSymbol type)
        => type is { TypeKind: not (TypeKind.Error or TypeKind.Pointer or TypeKind.FunctionPointer), SpecialType: not SpecialType.System_Void, IsStatic: false } && type switch
        {
            IArrayTypeSymbol array => CanRepeat(array.ElementType),
            INamedTypeSymbol named => !named.IsFileLocal && named.TypeArguments.All(a => CanRepeat(a) && !a.IsRefLikeType && !IsOpenInterface(a)) && (named.ContainingType is null || CanContain(named.ContainingType)),
            _ => true,
        };

    // An interface with static members that are not there is no type argument.
    private static bool IsOpenInterface(ITypeSymbol type)
        => type.TypeKind == TypeKind.Interface && type.AllInterfaces.Prepend((INamedTypeSymbol)type).Any(i => i.GetMembers().Any(m => m is { IsStatic: true, IsAbstract: true }));

    private static bool CanContain(INamedTypeSymbol type)
        => type is { TypeKind: not TypeKind.Error, IsFileLocal: false } && type.TypeArguments.All(CanRepeat) && (type.ContainingType is null || CanContain(type.ContainingType));

    private static PropertyDeclarationSyntax? Syntax(IPropertySymbol property)
        => property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as PropertyDeclarationSyntax;
}
