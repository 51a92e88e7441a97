using FastNets.Generators.Diagnostics;
using FastNets.Generators.Model;
using FastNets.Generators.Parsing;
using FastNets.Generators.Planning;
using FastNets.Generators.Planning.Blocks;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Kinds;

internal sealed class DenseKind : LayerKindInfo
{
    public override LayerKind Kind => LayerKind.Dense;

    public override string[] Settings => ["Units", "Inputs", "Activation", "UseBias", "Defaults", "KernelInitializer", "BiasInitializer", "L1", "L2"];

    public override (string Name, string Example)[] Required => [("Units", "Units = 64")];

    public override LayerSettings? Parse(SettingReader reader)
    {
        Size? units = reader.Size("Units");
        Size? inputs = reader.Size("Inputs");
        bool pyTorch = reader.IsPyTorch;
        return units is null ? null : reader.WithPenalties(new LayerSettings
        {
            Units = units.Value,
            Inputs = inputs,
            Activation = reader.Choice("Activation", ActivationKind.Linear),
            UseBias = reader.Flag("UseBias", true),
            KernelInitializer = reader.Initializer("KernelInitializer", pyTorch ? "PyTorchLinear" : "GlorotUniform"),
            BiasInitializer = reader.Initializer("BiasInitializer", pyTorch ? "PyTorchLinear" : "Zeros"),
        });
    }

    public override ShapeProblem? Problem(ShapeContext context)
        => context.Settings.Inputs is { } expected && expected != context.Input.Columns
            ? new ShapeProblem(Descriptors.SizesDoNotMeet, "Inputs", [context.Spec.Name, expected.ToString(), context.Giver(0), context.Input.Columns.ToString()]) { LeavesOutput = true }
            : null;

    public override Shape Output(ShapeContext context) => context.Input with { Columns = context.Settings.Units };

    public override IEnumerable<LayerPart> Parts(ShapedLayer layer)
    {
        LayerSettings s = layer.Settings;
        Size inputs = layer.Input.Columns;
        yield return new LayerPart(layer.Name, "Kernel", "kernel", [inputs, s.Units], s.KernelInitializer) { FanIn = inputs, FanOut = s.Units, L1 = s.L1, L2 = s.L2 };
        if (s.UseBias) yield return new LayerPart(layer.Name, "Bias", "bias", [s.Units], s.BiasInitializer) { FanIn = inputs, FanOut = s.Units };
    }

    public override IEnumerable<string> Arguments(ShapedLayer layer, ViewNames names)
        => [names.Parameter(layer.Name + ".Kernel"), layer.Settings.UseBias ? names.Parameter(layer.Name + ".Bias") : "null", Function(layer.Settings.Activation)];

    public override Port AddTo(GraphBuilder graph, ShapedLayer layer)
    {
        Port input = graph.Input(layer);
        return graph.AddFunction(layer, graph.Add(new DenseBlock(layer.Name, layer, input) { Order = graph.OrderOf(input) }), layer.Settings.Activation);
    }
}
