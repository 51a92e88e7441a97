using FastNets.Generators.Model;
using FastNets.Generators.Parsing;
using FastNets.Generators.Planning;
using FastNets.Generators.Planning.Blocks;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Kinds;

/// <summary>A function or a layer of the program's own.</summary>
internal sealed class CustomKind : LayerKindInfo
{
    public override LayerKind Kind => LayerKind.Custom;

    public override string[] Settings => ["Units", "Weights"];

    public override LayerSettings? Parse(SettingReader reader)
    {
        Size? units = reader.Size("Units");
        return new LayerSettings { Inputs = units, Weights = reader.Size("Weights") };
    }

    public override ShapeProblem? Problem(ShapeContext context)
        => context is { HasLengths: true, Input.IsSequence: true, Spec.Custom.IsPointwise: false } ? ShapeProblem.Lengths(context) : null;

    public override Shape Output(ShapeContext context)
        => context.Spec.Custom!.IsPointwise ? context.Input : context.Settings.Inputs is { } units ? Shape.Vector(units) : context.Input;

    public override IEnumerable<LayerPart> Parts(ShapedLayer layer)
    {
        if (layer.Settings.Weights is { } weights)
            yield return new LayerPart(layer.Name, "Weights", "weights", [weights], "GlorotUniform") { FanIn = layer.Input.Length, FanOut = layer.Output.Length };
    }

    public override IEnumerable<string> Arguments(ShapedLayer layer, ViewNames names) => [layer.Settings.Weights is null ? "null" : names.Parameter(layer.Name + ".Weights")];

    public override Port AddTo(GraphBuilder graph, ShapedLayer layer)
    {
        CustomSpec custom = layer.Spec.Custom!;
        if (custom.IsPointwise) return graph.AddFunction(layer, graph.Input(layer), new TailFunction(layer.Name, custom.Adapter, DerivativeOfInput: true));
        Port input = graph.Input(layer, RowOrder.BatchFirst);
        return graph.Add(new CustomBlock(layer.Name, layer, input, custom.Adapter));
    }
}
