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
                static (node, _) => node is ClassDeclarationSyntax,
                static (match, cancellation) => Parse(match, cancellation))
            .WithTrackingName(TrackingNames.Spec)
            .Where(static spec => spec is not null)
            .Select(static (spec, _) => spec!)
            .WithTrackingName(TrackingNames.Declared);

        context.RegisterSourceOutput(
            specs.Select(static (spec, _) => new GeneratedFile(spec.HintName, Text(spec))).WithTrackingName(TrackingNames.Text),
            static (output, file) => output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8)));
    }

    private static NetworkSpec? Parse(GeneratorAttributeSyntaxContext match, CancellationToken cancellation)
    {
        // A class that is not partial cannot get a second part; the analyzer says so.
        if (match.TargetSymbol is not INamedTypeSymbol { ContainingType: null, IsGenericType: false, IsRecord: false } type || !IsPartial(match)) return null;
        return NetworkParser.Parse(type, match.Attributes[0], new IssueSink.Silent(), cancellation);
    }

    private static bool IsPartial(GeneratorAttributeSyntaxContext match)
        => match.TargetNode is ClassDeclarationSyntax node && node.Modifiers.Any(m => m.ValueText == "partial");

    private static string Text(NetworkSpec spec)
    {
        if (spec.HasErrors) return SkeletonEmitter.Emit(spec);
        ShapedNetwork network = ShapeResolver.Resolve(spec);
        return NetworkEmitter.Emit(network, Planner.Plan(network));
    }

    private sealed record GeneratedFile(string HintName, string Text);
}
