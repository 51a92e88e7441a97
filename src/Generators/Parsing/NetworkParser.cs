using FastNets.Generators.Diagnostics;
using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastNets.Generators.Parsing;

/// <summary>Turns a class with its [Network] attribute into a <see cref="NetworkSpec"/>; what is wrong goes to the sink. Used by generator and analyzer alike.</summary>
internal static class NetworkParser
{
    public static NetworkSpec Parse(INamedTypeSymbol type, AttributeData attribute, IssueSink issues, CancellationToken cancellation)
    {
        CheckClass(type, issues, cancellation);

        var reader = new SettingReader(attribute, issues);
        Size? input = reader.Size("Input");
        if (input is null && !reader.Has("Input")) issues.Attribute(Descriptors.InputMissing, attribute, null, false, type.Name);
        LossKind loss = reader.Choice("Loss", LossKind.SoftmaxCrossEntropy);
        float delta = reader.Number("HuberDelta", 1f, v => v > 0 && !float.IsInfinity(v), "delta is a finite number above 0");
        if (reader.Has("HuberDelta") && loss != LossKind.Huber)
            issues.Attribute(Descriptors.SettingNotTaken, attribute, "HuberDelta", true, $"The loss {loss}", "HuberDelta", "no settings");

        var declared = new List<(IPropertySymbol Property, AttributeData Attribute, LayerSpec? Spec)>();
        foreach (ISymbol member in type.GetMembers())
        {
            cancellation.ThrowIfCancellationRequested();
            // A partial property that the user implements too shows as its definition; the compiler reports the second body.
            if (member is not IPropertySymbol property) continue;
            AttributeData? layer = property.GetAttributes().FirstOrDefault(a => a.AttributeClass?.ToDisplayString() == Names.LayerAttribute);
            if (layer is not null) declared.Add((property, layer, LayerParser.Parse(property, layer, issues)));
        }

        if (declared.Count == 0) issues.Symbol(Descriptors.NoLayers, type, type.Name);
        if (declared.Select(d => d.Property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation).Parent).Distinct().Count() > 1)
            issues.Symbol(Descriptors.SeveralParts, type, type.Name);
        NameChecks.Check(attribute, input, declared, issues);

        LayerSpec[] layers = declared.Where(d => d.Spec is not null).Select(d => d.Spec!).ToArray();
        if (!issues.Any)
        {
            ShapeChecks.CheckInputs(input!.Value, declared, issues);
            ShapeChecks.CheckLoss(loss, declared[declared.Count - 1], layers, issues);
        }

        return new NetworkSpec(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            type.Name,
            input ?? Size.Of(1),
            loss,
            delta,
            layers.ToEquatableArray(),
            issues.Any,
            declared.Where(d => d.Property is { IsPartialDefinition: true, IsStatic: false, SetMethod: null, RefKind: RefKind.None, IsIndexer: false }).Select(d => Implementation(d.Property)).ToEquatableArray());
    }

    private static void CheckClass(INamedTypeSymbol type, IssueSink issues, CancellationToken cancellation)
    {
        bool partial = type.DeclaringSyntaxReferences.All(r => r.GetSyntax(cancellation) is TypeDeclarationSyntax t && t.Modifiers.Any(SyntaxKind.PartialKeyword));
        if (!partial) issues.Symbol(Descriptors.NotPartial, type, type.Name);
        string? what =
            type.ContainingType is not null ? "lies within " + type.ContainingType.Name :
            type.IsGenericType ? "is generic" :
            type.IsStatic ? "is static" :
            type.IsAbstract ? "is abstract" :
            type.IsRecord ? "is a record" :
            type.BaseType is { SpecialType: not SpecialType.System_Object } other && other.ToDisplayString() != "FastNets.Network" ? "derives from " + other.Name :
            null;
        if (what is not null) issues.Symbol(Descriptors.UnsupportedClass, type, type.Name, what);
    }

    private static string Implementation(IPropertySymbol property)
        => $"{SyntaxFacts.GetText(property.DeclaredAccessibility)} partial {property.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)} {property.Name}";
}
