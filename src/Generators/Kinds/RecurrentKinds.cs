using FastNets.Generators.Diagnostics;
using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Parsing;
using FastNets.Generators.Planning;
using FastNets.Generators.Planning.Blocks;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Kinds;

/// <summary>What the recurrent kinds have in common: all but their cell.</summary>
internal abstract class RecurrentKind : LayerKindInfo
{
    private const string Backward = "Backward";

    public override string[] Settings =>
    [
        "Units", "UseBias", "UseRecurrentBias", "ReturnSequences", "Reverse", "Bidirectional", "Stateful", "StateFrom", "Truncate",
        "Defaults", "KernelInitializer", "RecurrentInitializer", "BiasInitializer", "L1", "L2",
    ];

    public override (string Name, string Example)[] Required => [("Units", "Units = 64")];

    public override bool NeedsSequence => true;

    /// <summary>How the bias starts in Keras.</summary>
    protected virtual string KerasBias => "Zeros";

    /// <summary>Whether there is a second bias, on the recurrent product, where nothing is said.</summary>
    protected virtual bool RecurrentBiasByDefault => false;

    public override LayerSettings? Parse(SettingReader reader)
    {
        Size? units = reader.Size("Units");
        bool pyTorch = reader.IsPyTorch;
        bool bidirectional = reader.Flag("Bidirectional", false);
        bool stateful = reader.Flag("Stateful", false);
        string stateFrom = reader.Text("StateFrom");
        if (bidirectional && reader.Flag("Reverse", false)) reader.Conflict("Reverse", "Bidirectional", "a bidirectional layer goes both ways already");
        if (bidirectional && stateful) reader.Conflict("Stateful", "Bidirectional", "the state of the way back comes from the end of the series, which the next window does not have");
        if (stateFrom.Length > 0 && (stateful || bidirectional)) reader.Conflict("StateFrom", stateful ? "Stateful" : "Bidirectional", "the initial state can come from one place only");
        return units is null ? null : reader.WithPenalties(new LayerSettings
        {
            Units = units.Value,
            Activation = ActivationKind.Tanh,
            UseBias = reader.Flag("UseBias", true),
            UseRecurrentBias = reader.Flag("UseRecurrentBias", pyTorch || RecurrentBiasByDefault),
            ReturnSequences = reader.Flag("ReturnSequences", false),
            Reverse = reader.Flag("Reverse", false),
            Bidirectional = bidirectional,
            Stateful = stateful,
            StateFrom = stateFrom,
            Truncate = reader.Whole("Truncate", 0, 1),
            KernelInitializer = reader.Initializer("KernelInitializer", pyTorch ? "PyTorchRecurrent" : "GlorotUniform"),
            RecurrentInitializer = reader.Initializer("RecurrentInitializer", pyTorch ? "PyTorchRecurrent" : "Orthogonal"),
            BiasInitializer = reader.Initializer("BiasInitializer", pyTorch ? "PyTorchRecurrent" : KerasBias, hasForgetGate: Kind == LayerKind.Lstm),
        });
    }

    public override ShapeProblem? Problem(ShapeContext context)
    {
        LayerSettings s = context.Settings;
        if (s.StateFrom.Length == 0) return null;
        ShapedLayer? source = context.Before.FirstOrDefault(l => l.Name == s.StateFrom);
        if (source is null) return ShapeProblem.UnknownState(context.Spec, context.All);
        string kind = LayerKinds.Of(source.Spec.Kind).TypeName;
        string? why =
            LayerKinds.Of(source.Spec.Kind) is not RecurrentKind ? $"that is {Article(kind)} {kind}, and only Rnn, Lstm and Gru have a state" :
            source.Settings.Bidirectional ? "that is bidirectional and has a state for each direction" :
            source.Settings.Units != s.Units ? $"that has {source.Settings.Units} units, and this one has {s.Units}" :
            Kind == LayerKind.Lstm && source.Spec.Kind != LayerKind.Lstm ? $"that is {Article(kind)} {kind}, and an Lstm needs a cell's state too, which only an Lstm has" :
            null;
        return why is null ? null : new ShapeProblem(Descriptors.StateDoesNotFit, "StateFrom", [TypeName, context.Spec.Name, source.Name, why]) { LeavesOutput = true };
    }

    public override Shape Output(ShapeContext context)
    {
        Size columns = (context.Settings.Bidirectional ? 2 : 1) * context.Settings.Units;
        return context.Settings.ReturnSequences ? context.Input with { Columns = columns } : Shape.Vector(columns);
    }

    public override IEnumerable<LayerPart> Parts(ShapedLayer layer)
    {
        IEnumerable<LayerPart> forward = Parts(layer, "", "");
        return layer.Settings.Bidirectional ? forward.Concat(Parts(layer, Backward, "backward_")) : forward;
    }

    public override IEnumerable<string> Arguments(ShapedLayer layer, ViewNames names)
    {
        LayerSettings s = layer.Settings;
        yield return Weights("");
        yield return s.Bidirectional ? Weights(Backward) : "null";
        string state = s.Stateful ? $", hiddenState: {names.Field(layer.Name + ".hiddenState")}" + (Kind == LayerKind.Lstm ? $", cellState: {names.Field(layer.Name + ".cellState")}" : "") : "";
        yield return $"new {Names.Root}.RecurrentSettings({s.Units}, {Literals.Of(s.ReturnSequences)}, {Literals.Of(s.Reverse)}, {Literals.Of(s.Truncate)}{state})";

        string Weights(string part)
        {
            string Parameter(string name) => names.Parameter($"{layer.Name}.{part}{name}");
            return $"new {Names.Root}.RecurrentWeights({Parameter("Kernel")}, {Parameter("RecurrentKernel")}, {(s.UseBias ? Parameter("Bias") : "null")}, {(s.UseRecurrentBias ? Parameter("RecurrentBias") : "null")})";
        }
    }

    public override Port AddTo(GraphBuilder graph, ShapedLayer layer)
    {
        LayerSettings s = layer.Settings;
        Port x = graph.Input(layer, RowOrder.TimeFirst);
        Port[] inputs = [x];
        if (s.StateFrom.Length > 0)
        {
            (Port hidden, Port cell) = graph.StateOf(s.StateFrom);
            inputs = Kind == LayerKind.Lstm ? [x, hidden, cell] : [x, hidden];
        }

        Port forward = graph.Add(Scan(layer.Name, "", s.Reverse, inputs));
        Port state = s.ReturnSequences ? forward with { Output = ScanBlock.FinalHidden } : forward;
        graph.SetState(layer, state, forward with { Output = ScanBlock.FinalCell });
        if (!s.Bidirectional) return forward;
        Port backward = graph.Add(Scan(layer.Name + Backward, Backward, true, x));
        Shape half = layer.Output with { Columns = s.Units };
        return graph.Add(new ConcatBlock(layer.Name + "Both", layer, [forward, backward], [half, half]) { Order = OrderOf(layer) });

        ScanBlock Scan(string label, string part, bool reverse, params Port[] ports)
            => new(label, layer, part, reverse, graph.HasLengths, ports) { Order = OrderOf(layer) };
    }

    // A last state is no sequence: its rows are the samples.
    private static RowOrder OrderOf(ShapedLayer layer) => layer.Output.IsSequence ? RowOrder.TimeFirst : RowOrder.BatchFirst;

    private IEnumerable<LayerPart> Parts(ShapedLayer layer, string part, string tensor)
    {
        LayerSettings s = layer.Settings;
        Size features = layer.Input.Columns;
        int gates = ScanBlock.Gates(Kind);
        Size columns = gates * s.Units;
        // PyTorch draws all weights and biases within 1 / sqrt(units).
        bool pyTorch = s.KernelInitializer == "PyTorchRecurrent";
        yield return new LayerPart(layer.Name, part + "Kernel", tensor + "kernel", [features, columns], s.KernelInitializer) { FanIn = pyTorch ? s.Units : features, FanOut = columns, L1 = s.L1, L2 = s.L2 };
        yield return new LayerPart(layer.Name, part + "RecurrentKernel", tensor + "recurrent_kernel", [s.Units, columns], s.RecurrentInitializer) { FanIn = s.Units, FanOut = columns, Blocks = gates };
        if (s.UseBias) yield return new LayerPart(layer.Name, part + "Bias", tensor + "bias", [columns], s.BiasInitializer) { FanIn = s.Units, FanOut = columns };
        if (s.UseRecurrentBias) yield return new LayerPart(layer.Name, part + "RecurrentBias", tensor + "recurrent_bias", [columns], s.BiasInitializer == "ForgetGateOnes" ? "Zeros" : s.BiasInitializer) { FanIn = s.Units, FanOut = columns };
    }
}

internal sealed class RnnKind : RecurrentKind
{
    public override LayerKind Kind => LayerKind.Rnn;

    public override string[] Settings => [.. base.Settings, "Activation"];

    public override LayerSettings? Parse(SettingReader reader)
    {
        ActivationKind activation = reader.Choice("Activation", ActivationKind.Tanh);
        if (activation is not (ActivationKind.Tanh or ActivationKind.ReLU))
            reader.OutOfRange("Activation", activation.ToString(), "an Rnn's function is Tanh or ReLU");
        return base.Parse(reader) is { } settings ? settings with { Activation = activation } : null;
    }

    public override IEnumerable<string> Arguments(ShapedLayer layer, ViewNames names) => [.. base.Arguments(layer, names), Function(layer.Settings.Activation)];
}

internal sealed class LstmKind : RecurrentKind
{
    public override LayerKind Kind => LayerKind.Lstm;

    protected override string KerasBias => "ForgetGateOnes";
}

internal sealed class GruKind : RecurrentKind
{
    public override LayerKind Kind => LayerKind.Gru;

    // The reset gate acts behind the recurrent product, so the candidate's recurrent bias is not the same as its bias (Keras's reset_after has two as well).
    protected override bool RecurrentBiasByDefault => true;
}
