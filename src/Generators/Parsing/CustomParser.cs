using FastNets.Generators.Diagnostics;
using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FastNets.Generators.Parsing;

/// <summary>Looks for the static methods that make a type of the program a function or a layer.</summary>
/// <remarks>
/// A function: <c>float Forward(float)</c> and <c>float Derivative(float)</c>, and, where they are there, both for vectors of 256 and 512 bits too.
/// A layer: <c>void Forward(ReadOnlySpan&lt;float&gt; x, ReadOnlySpan&lt;float&gt; weights, Span&lt;float&gt; y, int batch)</c> and
/// <c>void Backward(ReadOnlySpan&lt;float&gt; dY, x, weights, y, Span&lt;float&gt; dX, Span&lt;float&gt; dWeights, int batch)</c>.
/// </remarks>
internal static class CustomParser
{
    private const string Read = "System.ReadOnlySpan<float>";
    private const string Write = "System.Span<float>";
    private const string Vector256 = "System.Runtime.Intrinsics.Vector256<float>";
    private const string Vector512 = "System.Runtime.Intrinsics.Vector512<float>";

    private static readonly string[] LayerForward = [Read, Read, Write, "int"];
    private static readonly string[] LayerBackward = [Read, Read, Read, Read, Write, Write, "int"];

    private static readonly SymbolDisplayFormat WithNamespaces =
        SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    public static CustomSpec? Parse(IPropertySymbol property, AttributeData attribute, SettingReader reader, IssueSink issues)
    {
        if (property.Type is not INamedTypeSymbol { TypeArguments.Length: 1 } layerType || layerType.TypeArguments[0] is not { TypeKind: not (TypeKind.Error or TypeKind.Pointer or TypeKind.FunctionPointer) } type)
        {
            issues.LeftToCompiler();
            return null;
        }

        string name = type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
        bool function = Has(type, "Forward", "float", "float");
        bool layer = Has(type, "Forward", "void", LayerForward);
        string? problem =
            type.IsStatic ? "C# allows no static class as a type argument; leave out 'static'" :
            type.IsRefLikeType ? "C# allows no ref struct as a type argument; leave out 'ref'" :
            WhyOutOfReach(type) is { } reason ? reason :
            Reach.IsLessThan(type, property) ? "it is less accessible than the property; make it public, or the property internal" :
            function && layer ? "it has Forward both for one number and for spans; leave one of them out" :
            !function && !layer ? "it has neither 'static float Forward(float)' nor 'static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> weights, Span<float> y, int batch)'" :
            function && !Has(type, "Derivative", "float", "float") ? "it has Forward but no backward: add 'static float Derivative(float)', the derivative by the input" :
            layer && !Has(type, "Backward", "void", LayerBackward) ? "it has Forward but no backward: add 'static void Backward(ReadOnlySpan<float> dY, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> y, Span<float> dX, Span<float> dWeights, int batch)'" :
            null;
        if (problem is not null)
        {
            issues.Symbol(Descriptors.CustomIncomplete, property, name, problem);
            return null;
        }

        foreach (string setting in new[] { "Units", "Weights" })
        {
            if (function && reader.Has(setting)) issues.Attribute(Descriptors.SettingNotTaken, attribute, setting, true, "A Custom layer that is a function of one number", setting, "From");
        }

        return new CustomSpec(
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            Identifiers.Unique([.. property.ContainingType.GetMembers().Select(m => m.Name)], $"_{property.Name}Adapter"),
            function,
            Has(type, "Forward", Vector256, Vector256) && Has(type, "Derivative", Vector256, Vector256),
            Has(type, "Forward", Vector512, Vector512) && Has(type, "Derivative", Vector512, Vector512));
    }

    private static bool Has(ITypeSymbol type, string method, string returns, params string[] parameters)
        => type.GetMembers(method).OfType<IMethodSymbol>().Any(m =>
            m is { IsStatic: true, IsAbstract: false, IsVirtual: false, IsGenericMethod: false, DeclaredAccessibility: Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal }
            && m.ReturnType.ToDisplayString(WithNamespaces) == returns
            && m.Parameters.All(p => p.RefKind == RefKind.None)
            && m.Parameters.Select(p => p.Type.ToDisplayString(WithNamespaces)).SequenceEqual(parameters));

    // Why the generated code could not name the type; null where it can.
    private static string? WhyOutOfReach(ITypeSymbol type)
    {
        for (INamedTypeSymbol? t = type as INamedTypeSymbol; t is not null; t = t.ContainingType)
        {
            string subject = SymbolEqualityComparer.Default.Equals(t, type) ? "it" : $"'{t.Name}' around it";
            if (t.IsFileLocal) return subject + " is local to its file; leave out 'file'";
            if (t.TypeParameters.Length > 0) return subject + " has type parameters; leave them out";
            if (t.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
                return subject + " cannot be seen by generated code; make it internal or public";
        }

        return null;
    }
}
