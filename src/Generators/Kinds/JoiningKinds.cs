using FastNets.Generators.Model;
using FastNets.Generators.Parsing;
using FastNets.Generators.Planning;
using FastNets.Generators.Planning.Blocks;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Kinds;

internal sealed class AddKind : LayerKindInfo
{
    /// <summary>What to do about inputs of different steps.</summary>
    public const string Steps = "padding (Padding.Same), the same strides or global pooling make them alike";

    public override LayerKind Kind => LayerKind.Add;

    public override string[] Settings => ["Activation"];

    public override bool TakesSeveral => true;

    public override LayerSettings? Parse(SettingReader reader) => new LayerSettings { Activation = reader.Choice("Activation", ActivationKind.Linear) };

    public override ShapeProblem? Problem(ShapeContext context)
    {
        for (int i = 1; i < context.Inputs.Length; i++)
        {
            if (context.Inputs[i] != context.Input)
                return ShapeProblem.DoesNotMatch(context, i, "the same shape", SameSteps(context.Inputs[i], context.Input) ? "bring one to the size of the other, as by a Dense layer" : Steps);
        }

        return null;
    }

    public static bool SameSteps(Shape a, Shape b) => a.IsSequence == b.IsSequence && a.Steps == b.Steps;

    public override IEnumerable<string> Arguments(ShapedLayer layer, ViewNames names) => [Function(layer.Settings.Activation)];

    public override Port AddTo(GraphBuilder graph, ShapedLayer layer)
    {
        Port[] inputs = graph.Inputs(layer);
        return graph.AddFunction(layer, graph.Add(new AddBlock(layer.Name, layer, inputs) { Order = graph.OrderOf(inputs[0]) }), layer.Settings.Activation);
    }
}

internal sealed class ConcatKind : LayerKindInfo
{
    public override LayerKind Kind => LayerKind.Concat;

    public override string[] Settings => [];

    public override bool TakesSeveral => true;

    public override LayerSettings? Parse(SettingReader reader) => new LayerSettings();

    public override ShapeProblem? Problem(ShapeContext context)
    {
        for (int i = 1; i < context.Inputs.Length; i++)
        {
            if (!AddKind.SameSteps(context.Inputs[i], context.Input))
                return ShapeProblem.DoesNotMatch(context, i, "as many steps", AddKind.Steps);
        }

        return null;
    }

    public override Shape Output(ShapeContext context)
        => context.Input with { Columns = context.Inputs.Skip(1).Aggregate(context.Input.Columns, (sum, shape) => sum + shape.Columns) };

    public override IEnumerable<string> Arguments(ShapedLayer layer, ViewNames names) => [];

    public override Port AddTo(GraphBuilder graph, ShapedLayer layer)
    {
        Port[] inputs = graph.Inputs(layer);
        return graph.Add(new ConcatBlock(layer.Name, layer, inputs, [.. layer.Inputs]) { Order = graph.OrderOf(inputs[0]) });
    }
}

internal sealed class FlattenKind : LayerKindInfo
{
    public override LayerKind Kind => LayerKind.Flatten;

    public override string[] Settings => [];

    public override bool MixesSteps => true;

    public override LayerSettings? Parse(SettingReader reader) => new LayerSettings();

    public override Shape Output(ShapeContext context) => Shape.Vector(context.Input.Length);

    public override IEnumerable<string> Arguments(ShapedLayer layer, ViewNames names) => [];

    // The numbers lie as they should: nothing is done.
    public override Port AddTo(GraphBuilder graph, ShapedLayer layer) => graph.Input(layer, RowOrder.BatchFirst);
}
