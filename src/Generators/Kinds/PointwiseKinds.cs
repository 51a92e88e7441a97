using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Parsing;
using FastNets.Generators.Planning;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Kinds;

internal sealed class DropoutKind : LayerKindInfo
{
    public override LayerKind Kind => LayerKind.Dropout;

    public override string[] Settings => ["Rate"];

    public override (string Name, string Example)[] Required => [("Rate", "Rate = 0.5f")];

    public override LayerSettings? Parse(SettingReader reader)
        => new LayerSettings { Rate = reader.Number("Rate", 0, v => v is >= 0 and < 1, "a rate is at least 0 and below 1") };

    public override IEnumerable<string> Arguments(ShapedLayer layer, ViewNames names) => [Literals.Of(layer.Settings.Rate)];

    public override Port AddTo(GraphBuilder graph, ShapedLayer layer) => graph.AddDropout(layer, graph.Input(layer), layer.Settings.Rate);
}

internal sealed class ActivationKindInfo : LayerKindInfo
{
    public override LayerKind Kind => LayerKind.Activation;

    public override string TypeName => "ActivationLayer";

    public override string[] Settings => ["Activation"];

    public override (string Name, string Example)[] Required => [("Activation", "Activation = Activation.ReLU")];

    public override LayerSettings? Parse(SettingReader reader) => new LayerSettings { Activation = reader.Choice("Activation", ActivationKind.Linear) };

    public override IEnumerable<string> Arguments(ShapedLayer layer, ViewNames names) => [Function(layer.Settings.Activation)];

    public override Port AddTo(GraphBuilder graph, ShapedLayer layer) => graph.AddFunction(layer, graph.Input(layer), layer.Settings.Activation);
}
