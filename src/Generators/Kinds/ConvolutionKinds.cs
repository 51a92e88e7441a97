using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Parsing;
using FastNets.Generators.Planning;
using FastNets.Generators.Planning.Blocks;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Kinds;

/// <summary>What kinds that slide a window over the steps have in common.</summary>
internal abstract class WindowKind : LayerKindInfo
{
    public override (string Name, string Example)[] Required => [("KernelSize", "KernelSize = 3")];

    public override bool NeedsSequence => true;

    public override bool MixesSteps => true;

    /// <summary>The steps from a window's first one to its last one, both counted.</summary>
    protected static int Span(LayerSettings s) => (int)Math.Min((((long)s.KernelSize - 1) * s.Dilation) + 1, int.MaxValue / 4);

    /// <summary>Window, stride and padding.</summary>
    protected static LayerSettings Window(SettingReader reader, LayerSettings settings, int strideByDefault)
    {
        int size = reader.Whole("KernelSize", 0, 1);
        bool explicitly = reader.Has("PaddingLeft") || reader.Has("PaddingRight");
        if (explicitly && reader.Has("Padding")) reader.Conflict("Padding", reader.Has("PaddingLeft") ? "PaddingLeft" : "PaddingRight", "say the padding by its kind or by its numbers");
        return settings with
        {
            KernelSize = size,
            Stride = reader.Whole("Stride", strideByDefault == 0 ? size : strideByDefault, 1),
            Dilation = reader.Whole("Dilation", 1, 1),
            Padding = reader.Choice("Padding", PaddingKind.Valid),
            PaddingLeft = reader.Whole("PaddingLeft", 0, 0),
            PaddingRight = reader.Whole("PaddingRight", 0, 0),
        };
    }

    public override ShapeProblem? Problem(ShapeContext context)
    {
        LayerSettings s = context.Settings;
        if (s.Padding != PaddingKind.Valid || !context.Input.Steps.IsConstant) return null;
        int padding = s.PaddingLeft + s.PaddingRight;
        if ((long)context.Input.Steps.Constant + padding >= Span(s)) return null;
        bool dilated = s.Dilation > 1;
        return ShapeProblem.Window(
            context,
            $"{Literals.Of(Span(s))} steps" + (dilated ? $" (KernelSize = {Literals.Of(s.KernelSize)}, Dilation = {Literals.Of(s.Dilation)})" : ""),
            context.Input.Steps + (padding > 0 ? $", {Literals.Of(context.Input.Steps.Constant + padding)} with padding" : ""),
            $"use a smaller {(dilated ? "KernelSize or Dilation" : "KernelSize")}, or padding");
    }

    protected static Size Steps(ShapeContext context)
    {
        LayerSettings s = context.Settings;
        Size steps = context.Input.Steps;
        return s.Padding == PaddingKind.Valid
            ? (steps + (s.PaddingLeft + s.PaddingRight - Span(s))).DividedBy(s.Stride) + 1
            : (steps + (s.Stride - 1)).DividedBy(s.Stride);
    }

    // Zeros before and after a series, in the constructor's terms.
    protected static (string Left, string Right) Padding(ShapedLayer layer)
    {
        LayerSettings s = layer.Settings;
        int span = Span(s);
        switch (s.Padding)
        {
            case PaddingKind.Causal:
                return (Literals.Of(span - 1), "0");
            case PaddingKind.Same when s.Stride == 1:
                return (Literals.Of((span - 1) / 2), Literals.Of(span - 1 - ((span - 1) / 2)));
            case PaddingKind.Same:
                string total = $"SamePadding({layer.Input.Steps}, {Literals.Of(span)}, {Literals.Of(s.Stride)})";
                return ($"{total} / 2", $"({total} + 1) / 2");
            default:
                return (Literals.Of(s.PaddingLeft), Literals.Of(s.PaddingRight));
        }
    }
}

internal sealed class Conv1DKind : WindowKind
{
    public override LayerKind Kind => LayerKind.Conv1D;

    public override string[] Settings =>
    [
        "Filters", "KernelSize", "Stride", "Dilation", "Padding", "PaddingLeft", "PaddingRight", "Activation", "UseBias", "Defaults", "KernelInitializer", "BiasInitializer", "L1", "L2",
    ];

    public override (string Name, string Example)[] Required => [("Filters", "Filters = 64, KernelSize = 3"), ("KernelSize", "Filters = 64, KernelSize = 3")];

    public override LayerSettings? Parse(SettingReader reader)
    {
        Size? filters = reader.Size("Filters");
        bool pyTorch = reader.IsPyTorch;
        return filters is null ? null : Window(reader, reader.WithPenalties(new LayerSettings
        {
            Units = filters.Value,
            Activation = reader.Choice("Activation", ActivationKind.Linear),
            UseBias = reader.Flag("UseBias", true),
            KernelInitializer = reader.Initializer("KernelInitializer", pyTorch ? "PyTorchLinear" : "GlorotUniform"),
            BiasInitializer = reader.Initializer("BiasInitializer", pyTorch ? "PyTorchLinear" : "Zeros"),
        }), strideByDefault: 1);
    }

    public override Shape Output(ShapeContext context) => Shape.Sequence(Steps(context), context.Settings.Units);

    public override IEnumerable<LayerPart> Parts(ShapedLayer layer)
    {
        LayerSettings s = layer.Settings;
        Size channels = layer.Input.Columns;
        Size fanIn = s.KernelSize * channels;
        yield return new LayerPart(layer.Name, "Kernel", "kernel", [Size.Of(s.KernelSize), channels, s.Units], s.KernelInitializer) { FanIn = fanIn, FanOut = s.KernelSize * s.Units, L1 = s.L1, L2 = s.L2 };
        if (s.UseBias) yield return new LayerPart(layer.Name, "Bias", "bias", [s.Units], s.BiasInitializer) { FanIn = fanIn, FanOut = s.Units };
    }

    public override IEnumerable<LayerField> Fields(ShapedLayer layer)
    {
        LayerSettings s = layer.Settings;
        (string left, string right) = Padding(layer);
        yield return new LayerField(layer.Name + ".Sizes", Names.ConvolutionShape,
            $"new {Names.ConvolutionShape}(RequireWindow({layer.Input.Steps}, {left}, {right}, {Literals.Of(Span(s))}, {Literals.Of(layer.Name)}), {layer.Input.Columns}, {s.Units}, {Literals.Of(s.KernelSize)}, {Literals.Of(s.Stride)}, {Literals.Of(s.Dilation)}, {left}, {right})");
    }

    public override IEnumerable<string> Arguments(ShapedLayer layer, ViewNames names)
        => [names.Parameter(layer.Name + ".Kernel"), layer.Settings.UseBias ? names.Parameter(layer.Name + ".Bias") : "null", names.Field(layer.Name + ".Sizes"), Function(layer.Settings.Activation)];

    public override Port AddTo(GraphBuilder graph, ShapedLayer layer)
        => graph.AddFunction(layer, graph.Add(new ConvolutionBlock(layer.Name, layer, graph.Input(layer, RowOrder.BatchFirst))), layer.Settings.Activation);
}

internal sealed class PoolingKind(LayerKind kind) : WindowKind
{
    public override LayerKind Kind => kind;

    public override string[] Settings => ["KernelSize", "Stride", "Padding", "PaddingLeft", "PaddingRight"];

    public override LayerSettings? Parse(SettingReader reader)
    {
        LayerSettings settings = Window(reader, new LayerSettings(), strideByDefault: 0);
        if (settings.Padding == PaddingKind.Causal) reader.OutOfRange("Padding", "Causal", "a pooling layer's padding is Valid or Same");
        if (settings.KernelSize == 0) return settings;
        if (settings.PaddingLeft >= settings.KernelSize) reader.OutOfRange("PaddingLeft", Literals.Of(settings.PaddingLeft), $"a window must reach the series, so padding is smaller than KernelSize = {Literals.Of(settings.KernelSize)}");
        if (settings.PaddingRight >= settings.KernelSize) reader.OutOfRange("PaddingRight", Literals.Of(settings.PaddingRight), $"a window must reach the series, so padding is smaller than KernelSize = {Literals.Of(settings.KernelSize)}");
        return settings;
    }

    public override Shape Output(ShapeContext context) => Shape.Sequence(Steps(context), context.Input.Columns);

    public override IEnumerable<LayerField> Fields(ShapedLayer layer)
    {
        LayerSettings s = layer.Settings;
        (string left, string right) = Padding(layer);
        yield return new LayerField(layer.Name + ".Sizes", Names.PoolingShape,
            $"new {Names.PoolingShape}(RequireWindow({layer.Input.Steps}, {left}, {right}, {Literals.Of(s.KernelSize)}, {Literals.Of(layer.Name)}), {layer.Input.Columns}, {Literals.Of(s.KernelSize)}, {Literals.Of(s.Stride)}, {left}, {right})");
    }

    public override IEnumerable<string> Arguments(ShapedLayer layer, ViewNames names) => [names.Field(layer.Name + ".Sizes")];

    public override Port AddTo(GraphBuilder graph, ShapedLayer layer) => graph.Add(new PoolingBlock(layer.Name, layer, graph.Input(layer, RowOrder.BatchFirst)));
}

internal sealed class GlobalPoolingKind(LayerKind kind) : LayerKindInfo
{
    public override LayerKind Kind => kind;

    public override string[] Settings => [];

    public override bool NeedsSequence => true;

    public override LayerSettings? Parse(SettingReader reader) => new LayerSettings();

    public override Shape Output(ShapeContext context) => Shape.Vector(context.Input.Columns);

    public override IEnumerable<string> Arguments(ShapedLayer layer, ViewNames names) => [];

    public override Port AddTo(GraphBuilder graph, ShapedLayer layer)
        => graph.Add(new GlobalPoolingBlock(layer.Name, layer, graph.Input(layer, RowOrder.BatchFirst), graph.HasLengths));
}
