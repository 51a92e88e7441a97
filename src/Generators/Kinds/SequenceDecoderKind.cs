using FastNets.Generators.Diagnostics;
using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Parsing;
using FastNets.Generators.Planning;
using FastNets.Generators.Planning.Blocks;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Kinds;

internal sealed class SequenceDecoderKind : LayerKindInfo
{
    public override LayerKind Kind => LayerKind.SequenceDecoder;

    public override string[] Settings =>
    [
        "Units", "Steps", "UseBias", "UseRecurrentBias", "Reverse", "TeacherForcing", "Defaults", "KernelInitializer", "RecurrentInitializer", "BiasInitializer", "L1", "L2",
    ];

    public override LayerSettings? Parse(SettingReader reader)
    {
        bool pyTorch = reader.IsPyTorch;
        Size? steps = reader.Size("Steps");
        Size? units = reader.Size("Units");
        return reader.WithPenalties(new LayerSettings
        {
            // The outputs of a step: kept apart from the units of its cell, which are the encoder's.
            Inputs = units,
            Steps = steps,
            UseBias = reader.Flag("UseBias", true),
            UseRecurrentBias = reader.Flag("UseRecurrentBias", pyTorch),
            Reverse = reader.Flag("Reverse", false),
            TeacherForcing = reader.Number("TeacherForcing", 0, v => v is >= 0 and <= 1, "the probability that a training step is teacher forced lies in [0, 1]"),
            KernelInitializer = reader.Initializer("KernelInitializer", pyTorch ? "PyTorchRecurrent" : "GlorotUniform"),
            RecurrentInitializer = reader.Initializer("RecurrentInitializer", pyTorch ? "PyTorchRecurrent" : "Orthogonal"),
            BiasInitializer = reader.Initializer("BiasInitializer", pyTorch ? "PyTorchRecurrent" : "ForgetGateOnes", hasForgetGate: true),
        });
    }

    public override ShapeProblem? Problem(ShapeContext context)
    {
        LayerSettings s = context.Settings;
        if (context.Sources[0] is not { Spec.Kind: LayerKind.Lstm, Settings.Bidirectional: false })
        {
            string what =
                context.Sources[0] is not { } source ? "its input is the network's" :
                source.Spec.Kind == LayerKind.Lstm ? $"layer '{source.Name}' is bidirectional" :
                $"layer '{source.Name}' is {Article(LayerKinds.Of(source.Spec.Kind).TypeName)} {LayerKinds.Of(source.Spec.Kind).TypeName}";
            return new ShapeProblem(Descriptors.NoEncoder, "From", [context.Spec.Name, what]);
        }

        if ((s.Steps is null || s.Inputs is null) && !context.NetworkInput.IsSequence)
        {
            return new ShapeProblem(Descriptors.WrongShape, "From",
                [TypeName, context.Spec.Name, "makes a sequence like the network's input", "that", context.NetworkInput.ToString(), "give Steps and Units, or declare the input as a sequence"]);
        }

        if (s.TeacherForcing > 0 && !context.IsLast)
            return new ShapeProblem(Descriptors.OutOfRange, "TeacherForcing", ["TeacherForcing", Literals.Of(s.TeacherForcing).TrimEnd('f'), "the targets are known for the last layer only"]) { LeavesOutput = true };
        return null;
    }

    public override Shape Output(ShapeContext context)
        => Shape.Sequence(context.Settings.Steps ?? context.NetworkInput.Steps, context.Settings.Inputs ?? context.NetworkInput.Columns);

    public override LayerSpec Complete(ShapeContext context)
        => context.Spec with { Settings = context.Settings with { Units = context.Sources[0]!.Settings.Units } };

    public override IEnumerable<LayerPart> Parts(ShapedLayer layer)
    {
        LayerSettings s = layer.Settings;
        Size features = layer.Output.Columns;
        Size columns = 4 * s.Units;
        bool pyTorch = s.KernelInitializer == "PyTorchRecurrent";
        yield return Part("Kernel", "kernel", s.KernelInitializer, pyTorch ? s.Units : features, features, columns) with { L1 = s.L1, L2 = s.L2 };
        yield return Part("RecurrentKernel", "recurrent_kernel", s.RecurrentInitializer, s.Units, s.Units, columns) with { Blocks = 4 };
        if (s.UseBias) yield return Part("Bias", "bias", s.BiasInitializer, s.Units, columns);
        if (s.UseRecurrentBias) yield return Part("RecurrentBias", "recurrent_bias", s.BiasInitializer == "ForgetGateOnes" ? "Zeros" : s.BiasInitializer, s.Units, columns);
        yield return Part("OutputKernel", "output_kernel", pyTorch ? "PyTorchLinear" : "GlorotUniform", s.Units, s.Units, features);
        if (s.UseBias) yield return Part("OutputBias", "output_bias", pyTorch ? "PyTorchLinear" : "Zeros", s.Units, features);

        LayerPart Part(string part, string tensor, string initializer, Size fanIn, params Size[] sizes)
            => new(layer.Name, part, tensor, sizes, initializer) { FanIn = fanIn, FanOut = sizes[sizes.Length - 1] };
    }

    public override IEnumerable<string> Arguments(ShapedLayer layer, ViewNames names)
    {
        LayerSettings s = layer.Settings;
        yield return $"new {Names.Root}.RecurrentWeights({Parameter("Kernel")}, {Parameter("RecurrentKernel")}, {(s.UseBias ? Parameter("Bias") : "null")}, {(s.UseRecurrentBias ? Parameter("RecurrentBias") : "null")})";
        yield return Parameter("OutputKernel");
        yield return s.UseBias ? Parameter("OutputBias") : "null";
        yield return Literals.Of(s.Reverse);
        yield return Literals.Of(s.TeacherForcing);

        string Parameter(string part) => names.Parameter($"{layer.Name}.{part}");
    }

    public override Port AddTo(GraphBuilder graph, ShapedLayer layer)
    {
        (Port hidden, Port cell) = graph.StateOf(graph.NameOf(layer.Sources[0]));
        return graph.Add(new DecoderBlock(layer.Name, layer, layer.Index, hidden, cell) { Order = RowOrder.TimeFirst });
    }
}
