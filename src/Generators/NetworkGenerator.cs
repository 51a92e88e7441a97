using System.Text;
using FastNets.Generators.Diagnostics;
using FastNets.Generators.Emission;
using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Parsing;
using FastNets.Generators.Planning;
using FastNets.Generators.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace FastNets.Generators;

/// <summary>Writes the networks: declaration -> spec -> shapes -> plan -> text.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<NetworkSpec> specs = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                Names.NetworkAttribute,
                static (node, _) => node is ClassDeclarationSyntax or RecordDeclarationSyntax,
                static (match, cancellation) => Parse(match, cancellation))
            .WithTrackingName(TrackingNames.Spec)
            .Where(static spec => spec is not null)
            .Select(static (spec, _) => spec!)
            .WithTrackingName(TrackingNames.Declared);

        IncrementalValueProvider<EquatableArray<string>> alike = specs
            .Select(static (spec, _) => spec.MetadataName)
            .Collect()
            .Select(static (names, _) => FileNames.Alike(names));

        context.RegisterSourceOutput(
            specs.Combine(alike)
                .Select(static (pair, _) => new GeneratedFile(FileNames.Of(pair.Left.MetadataName, pair.Right), Text(pair.Left)))
                .WithTrackingName(TrackingNames.Text),
            static (output, file) => output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8)));
    }

    private static NetworkSpec? Parse(GeneratorAttributeSyntaxContext match, CancellationToken cancellation)
    {
        // A class that is not partial, or lies within one that is not, or is known in its file only, cannot get a second part; the analyzer says so.
        if (match.TargetSymbol is not INamedTypeSymbol { TypeKind: TypeKind.Class, IsFileLocal: false } type) return null;
        if (!NetworkParser.Chain(type).All(t => ClassChecks.IsPartial(t, cancellation)) || !ClassChecks.HasName(type)) return null;

        // Where several parts carry the attribute, which is the compiler's to report, the first one counts.
        AttributeData attribute = type.GetAttributes().First(a => a.AttributeClass?.ToDisplayString() == Names.NetworkAttribute);
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).Parent?.Parent != match.TargetNode) return null;
        return NetworkParser.Parse(type, attribute, new IssueSink.Silent(), cancellation);
    }

    private static string Text(NetworkSpec spec)
    {
        if (spec.HasErrors) return SkeletonEmitter.Emit(spec);
        ShapedNetwork network = ShapeResolver.Resolve(spec);
        return NetworkEmitter.Emit(network, Planner.Plan(network));
    }

    private sealed record GeneratedFile(string HintName, string Text);
}
