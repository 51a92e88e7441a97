using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Parsing;
using FastNets.Generators.Planning;
using FastNets.Generators.Planning.Blocks;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Kinds;

internal sealed class EmbeddingKind : LayerKindInfo
{
    public override LayerKind Kind => LayerKind.Embedding;

    public override string[] Settings => ["Vocabulary", "Units", "Defaults", "KernelInitializer"];

    public override (string Name, string Example)[] Required => [("Vocabulary", "Vocabulary = 1000, Units = 16"), ("Units", "Vocabulary = 1000, Units = 16")];

    public override LayerSettings? Parse(SettingReader reader)
    {
        Size? vocabulary = reader.Size("Vocabulary");
        Size? units = reader.Size("Units");
        return vocabulary is null || units is null ? null : new LayerSettings
        {
            Vocabulary = vocabulary.Value,
            Units = units.Value,
            KernelInitializer = reader.Initializer("KernelInitializer", reader.IsPyTorch ? "PyTorchEmbedding" : "Uniform"),
        };
    }

    public override ShapeProblem? Problem(ShapeContext context)
    {
        if (context.Sources[0] is not null) return ShapeProblem.NotTheInput(context, 0, "it takes whole numbers, which only the network's input gives");
        return context.Input.IsSequence && context.Input.Columns != Size.One
            ? ShapeProblem.WrongShape(context, "takes one whole number a step", "leave out Channels")
            : null;
    }

    public override Shape Output(ShapeContext context) => Shape.Sequence(context.Input.Length, context.Settings.Units);

    public override IEnumerable<LayerPart> Parts(ShapedLayer layer)
    {
        LayerSettings s = layer.Settings;
        yield return new LayerPart(layer.Name, "Table", "table", [s.Vocabulary, s.Units], s.KernelInitializer) { FanIn = s.Vocabulary, FanOut = s.Units };
    }

    public override IEnumerable<string> Arguments(ShapedLayer layer, ViewNames names) => [names.Parameter(layer.Name + ".Table")];

    public override Port AddTo(GraphBuilder graph, ShapedLayer layer) => graph.Add(new EmbeddingBlock(layer.Name, layer, graph.Input(layer)));
}

internal sealed class MiniRocketKind : LayerKindInfo
{
    private const int Kernels = 84;
    private const int ShortestSeries = 9;

    public override LayerKind Kind => LayerKind.MiniRocket;

    public override string TypeName => "MiniRocketLayer";

    public override string[] Settings => ["Features", "MaxDilations"];

    public override bool MixesSteps => true;

    public override LayerSettings? Parse(SettingReader reader) => new LayerSettings
    {
        Features = reader.Whole("Features", 10_000, Kernels),
        MaxDilations = reader.Whole("MaxDilations", 32, 1),
    };

    public override ShapeProblem? Problem(ShapeContext context)
    {
        if (context.Sources[0] is not null) return ShapeProblem.NotTheInput(context, 0, "its features have no gradient, so that layer could not learn; let it take the network's input");
        if (context.Input.IsSequence && context.Input.Columns != Size.One) return ShapeProblem.WrongShape(context, "takes series of one channel", "leave out Channels");
        string window = $"{Literals.Of(ShortestSeries)} steps";
        return context.Input.Length is { IsConstant: true, Constant: < ShortestSeries } length
            ? ShapeProblem.Window(context, window, length.ToString(), $"it works on series of {window} or more")
            : null;
    }

    public override Shape Output(ShapeContext context) => Shape.Vector(Size.Of(context.Settings.Features / Kernels * Kernels));

    public override IEnumerable<LayerPart> Parts(ShapedLayer layer)
    {
        LayerSettings s = layer.Settings;
        yield return State("Biases", "biases", layer.Output.Columns);
        yield return State("Dilations", "dilations", Size.Of(s.MaxDilations));
        yield return State("FeaturesPerDilation", "features_per_dilation", Size.Of(s.MaxDilations));

        LayerPart State(string part, string tensor, Size size) => new(layer.Name, part, tensor, [size], "Zeros") { IsTrainable = false };
    }

    public override IEnumerable<string> Arguments(ShapedLayer layer, ViewNames names)
        => [.. Parts(layer).Select(p => names.Parameter(p.Key)), layer.Input.Length.ToString(), Literals.Of(layer.Settings.Features), Literals.Of(layer.Settings.MaxDilations)];

    public override Port AddTo(GraphBuilder graph, ShapedLayer layer) => graph.Add(new MiniRocketBlock(layer.Name, layer, graph.Input(layer)));
}
