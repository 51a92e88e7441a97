using FastNets.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastNets.Generators.Parsing;

/// <summary>Whether a class can be a network.</summary>
internal static class ClassChecks
{
    /// <summary>Checks the class; gives whether a generated half can make it a network.</summary>
    public static bool Check(INamedTypeSymbol type, IssueSink issues, CancellationToken cancellation)
    {
        bool partial = IsPartial(type, cancellation);
        if (!partial) issues.Symbol(Descriptors.NotPartial, type, type.Name);
        string? what =
            type.ContainingType is not null ? "lies within " + type.ContainingType.Name :
            type.IsGenericType ? "is generic" :
            type.IsStatic ? "is static" :
            type.IsAbstract ? "is abstract" :
            type.IsRecord ? "is a record" :
            type.IsFileLocal ? "is local to its file" :
            HasPrimaryConstructor(type, cancellation) ? "has a primary constructor, but the constructor is generated" :
            type.BaseType is { SpecialType: not SpecialType.System_Object, TypeKind: not TypeKind.Error } other && other.ToDisplayString() != "FastNets.Network" ? "derives from " + other.Name :
            null;
        if (what is not null) issues.Symbol(Descriptors.UnsupportedClass, type, type.Name, what);
        if (type.BaseType is { TypeKind: TypeKind.Error }) issues.LeftToCompiler();
        return partial && what is null && type.BaseType is not { TypeKind: TypeKind.Error };
    }

    /// <summary>Whether all declarations of a type are partial, so that another one can be added.</summary>
    public static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellation)
        => type.DeclaringSyntaxReferences.All(r => r.GetSyntax(cancellation) is TypeDeclarationSyntax t && t.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>Whether a name was typed yet for the type and for all that it lies within.</summary>
    public static bool HasName(ISymbol symbol)
        => symbol is INamespaceSymbol { IsGlobalNamespace: true } || (symbol.Name.Length > 0 && HasName(symbol.ContainingSymbol));

    private static bool HasPrimaryConstructor(INamedTypeSymbol type, CancellationToken cancellation)
        => type.DeclaringSyntaxReferences.Any(r => r.GetSyntax(cancellation) is TypeDeclarationSyntax { ParameterList: not null });
}
