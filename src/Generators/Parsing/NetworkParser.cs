using FastNets.Generators.Diagnostics;
using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FastNets.Generators.Parsing;

/// <summary>Turns a class with its [Network] attribute into a <see cref="NetworkSpec"/>; what is wrong goes to the sink. Used by generator and analyzer alike.</summary>
internal static class NetworkParser
{
    private static readonly SymbolDisplayFormat WithoutGlobal = SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    public static NetworkSpec Parse(INamedTypeSymbol type, AttributeData attribute, IssueSink issues, CancellationToken cancellation)
    {
        bool canBeNetwork = ClassChecks.Check(type, issues, cancellation);

        var reader = new SettingReader(attribute, issues);
        Shape? input = InputParser.Parse(attribute, reader, type.Name, issues);
        LossSpec loss = LossParser.Parse(attribute, reader, issues);
        bool lengths = reader.Flag("Lengths", false);
        if (lengths && input is { IsSequence: false }) reader.Conflict("Lengths", "Input", "only sequences have lengths; declare the input as one, as in 'Length = 140, Channels = 1'");

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
        bool hides = !NameChecks.Check(attribute, declared, issues);

        LayerSpec[] layers = declared.Where(d => d.Spec is not null).Select(d => d.Spec!).ToArray();
        if (!issues.Any) DeclarationChecks.Check(input!.Value, lengths, loss, declared, layers, issues);

        return new NetworkSpec(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(WithoutGlobal),
            type.Name,
            MetadataName(type),
            input ?? Shape.Vector(Size.One),
            lengths,
            loss,
            layers.ToEquatableArray(),
            issues.Any,
            type.GetMembers().Select(m => m.Name).Where(n => n.StartsWith("_", StringComparison.Ordinal)).ToEquatableArray(),
            new SkeletonSpec(
                Chain(type).Select(Declaration).ToEquatableArray(),
                canBeNetwork && !hides,
                declared.GroupBy(d => d.Property.Name).Select(g => PropertyParts.Skeleton(g.First().Property)).OfType<SkeletonProperty>().ToEquatableArray()));
    }

    /// <summary>The class as the last and the types that it lies within, outermost first.</summary>
    public static IEnumerable<INamedTypeSymbol> Chain(INamedTypeSymbol type)
        => type.ContainingType is null ? [type] : Chain(type.ContainingType).Append(type);

    private static string MetadataName(INamedTypeSymbol type)
    {
        string name = string.Join("+", Chain(type).Select(t => t.MetadataName));
        for (INamespaceSymbol space = type.ContainingNamespace; !space.IsGlobalNamespace; space = space.ContainingNamespace) name = space.Name + "." + name;
        return name;
    }

    private static string Declaration(INamedTypeSymbol type)
    {
        string kind =
            type.TypeKind == TypeKind.Interface ? "interface" :
            (type.IsRecord ? "record " : "") + (type.IsValueType ? "struct" : "class");
        string parameters = type.TypeParameters.Length == 0 ? "" : $"<{string.Join(", ", type.TypeParameters.Select(p => Identifiers.Of(p.Name)))}>";
        return $"partial {kind} {Identifiers.Of(type.Name)}{parameters}";
    }
}
