using FastNets.Generators.Diagnostics;
using FastNets.Generators.Model;
using FastNets.Generators.Parsing;
using FastNets.Generators.Planning;
using FastNets.Generators.Shapes;
using Microsoft.CodeAnalysis;

namespace FastNets.Generators.Tests.Harness;

/// <summary>The stages of the pipeline by themselves.</summary>
internal static class Networks
{
    /// <summary>The model of the first network in a source.</summary>
    public static NetworkSpec Spec(string source)
    {
        INamedTypeSymbol type = GeneratorRun.Compile(source).GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>()
            .First(t => t.GetAttributes().Length > 0);
        return NetworkParser.Parse(type, type.GetAttributes()[0], new IssueSink.Silent(), CancellationToken.None);
    }

    public static NetworkPlan Plan(NetworkSpec spec) => Planner.Plan(ShapeResolver.Resolve(spec));

    /// <summary>The plan of a network with these layers.</summary>
    public static NetworkPlan Plan(string attribute, params string[] layers) => Plan(Spec(Declare(attribute, layers)));

    /// <summary>A network's source: what stands in [Network(...)], then each layer as in <c>Units = 3 -> Dense Output</c>.</summary>
    public static string Declare(string attribute, params string[] layers)
    {
        IEnumerable<string> properties = layers.Select(l => l.Split("->")).Select(l => $"    [Layer({l[0].Trim()})] public partial {l[1].Trim()} {{ get; }}\n");
        return $"[Network({attribute})]\npublic sealed partial class Net\n{{\n{string.Concat(properties)}}}\n";
    }
}
