using Microsoft.CodeAnalysis;

namespace FastNets.Generators.Parsing;

/// <summary>From how far types and properties can be seen: a property's type must be seen at least as far as the property.</summary>
internal static class Reach
{
    /// <summary>Whether a type cannot be seen from everywhere from where the property can, which the compiler reports of each half of it.</summary>
    public static bool IsLessThan(ITypeSymbol type, IPropertySymbol property) => Of(type) < OfMember(property);

    private static int Of(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Of(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Select(Of).Append(Math.Min(OfType(named), named.ContainingType is null ? int.MaxValue : Of(named.ContainingType))).Min(),
        _ => int.MaxValue,
    };

    private static int OfType(INamedTypeSymbol type) => type.DeclaredAccessibility switch
    {
        Accessibility.Public => 3,
        Accessibility.ProtectedOrInternal => 2,
        Accessibility.Internal => 1,
        _ => 0,
    };

    private static int OfMember(ISymbol member)
    {
        int own = member.DeclaredAccessibility switch
        {
            Accessibility.Public => 3,
            Accessibility.ProtectedOrInternal or Accessibility.Protected => 2,
            Accessibility.Internal or Accessibility.ProtectedAndInternal => 1,
            _ => 0,
        };
        return member.ContainingType is null ? own : Math.Min(own, OfMember(member.ContainingType));
    }
}
