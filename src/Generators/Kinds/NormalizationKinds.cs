using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Parsing;
using FastNets.Generators.Planning;
using FastNets.Generators.Planning.Blocks;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Kinds;

internal sealed class BatchNormKind : LayerKindInfo
{
    public override LayerKind Kind => LayerKind.BatchNorm;

    public override string[] Settings => ["Activation", "Defaults", "Momentum", "Epsilon", "UnbiasedVariance"];

    // Its statistics would count the padding.
    public override bool MixesSteps => true;

    public override LayerSettings? Parse(SettingReader reader)
    {
        ActivationKind activation = reader.Choice("Activation", ActivationKind.Linear);
        if (activation == ActivationKind.Softmax) reader.OutOfRange("Activation", "Softmax", "BatchNorm works on each feature alone; put softmax into an ActivationLayer after it");
        return new LayerSettings
        {
            Activation = activation,
            Momentum = reader.Number("Momentum", reader.IsPyTorch ? 0.9f : 0.99f, v => v is >= 0 and <= 1, "momentum lies between 0 and 1"),
            Epsilon = reader.Epsilon(),
            UnbiasedVariance = reader.Flag("UnbiasedVariance", reader.IsPyTorch),
        };
    }

    public override IEnumerable<LayerPart> Parts(ShapedLayer layer)
    {
        Size[] sizes = [layer.Output.Columns];
        yield return new LayerPart(layer.Name, "Gamma", "gamma", sizes, "Ones");
        yield return new LayerPart(layer.Name, "Beta", "beta", sizes, "Zeros");
        yield return new LayerPart(layer.Name, "RunningMean", "running_mean", sizes, "Zeros") { IsTrainable = false };
        yield return new LayerPart(layer.Name, "RunningVariance", "running_variance", sizes, "Ones") { IsTrainable = false };
    }

    public override IEnumerable<LayerField> Fields(ShapedLayer layer)
    {
        LayerSettings s = layer.Settings;
        yield return new LayerField(layer.Name + ".Settings", Names.BatchNormSettings, $"new({Literals.Of(s.Momentum)}, {Literals.Of(s.Epsilon)}, {Literals.Of(s.UnbiasedVariance)})");
    }

    public override IEnumerable<string> Arguments(ShapedLayer layer, ViewNames names)
        => [.. Parts(layer).Select(p => names.Parameter(p.Key)), names.Field(layer.Name + ".Settings"), Function(layer.Settings.Activation)];

    public override Port AddTo(GraphBuilder graph, ShapedLayer layer)
    {
        Port input = graph.Input(layer);
        return graph.AddFunction(layer, graph.Add(new BatchNormBlock(layer.Name, layer, input) { Order = graph.OrderOf(input) }), layer.Settings.Activation);
    }
}

internal sealed class LayerNormKind : LayerKindInfo
{
    public override LayerKind Kind => LayerKind.LayerNorm;

    public override string[] Settings => ["Activation", "Defaults", "Epsilon"];

    public override LayerSettings? Parse(SettingReader reader) => new LayerSettings
    {
        Activation = reader.Choice("Activation", ActivationKind.Linear),
        Epsilon = reader.Epsilon(),
    };

    public override IEnumerable<LayerPart> Parts(ShapedLayer layer)
    {
        Size[] sizes = [layer.Output.Columns];
        yield return new LayerPart(layer.Name, "Gamma", "gamma", sizes, "Ones");
        yield return new LayerPart(layer.Name, "Beta", "beta", sizes, "Zeros");
    }

    public override IEnumerable<string> Arguments(ShapedLayer layer, ViewNames names)
        => [.. Parts(layer).Select(p => names.Parameter(p.Key)), Literals.Of(layer.Settings.Epsilon), Function(layer.Settings.Activation)];

    public override Port AddTo(GraphBuilder graph, ShapedLayer layer)
    {
        Port input = graph.Input(layer);
        return graph.AddFunction(layer, graph.Add(new LayerNormBlock(layer.Name, layer, input) { Order = graph.OrderOf(input) }), layer.Settings.Activation);
    }
}
