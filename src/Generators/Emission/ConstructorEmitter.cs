using FastNets.Generators.Helpers;
using FastNets.Generators.Kinds;
using FastNets.Generators.Model;
using FastNets.Generators.Planning;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Emission;

/// <summary>Writes the constructor: sizes, parameters, buffers, layers, one allocation an arena.</summary>
internal sealed class ConstructorEmitter(CodeWriter code, UniqueNames fields, ShapedNetwork network, NetworkPlan plan)
{
    // Locals share a scope with the constructor's parameters.
    private readonly UniqueNames _locals = new("", [.. network.Names, "seed", "maxBatch"]);

    public void Write()
    {
        NetworkSpec spec = network.Spec;
        code.Line("/// <summary>Builds the network: takes its memory and sets initial values.</summary>");
        foreach (string name in network.Names) code.Line($"/// <param name=\"{name}\">The size '{name}' of the declaration; at least 1.</param>");
        code.Line("/// <param name=\"seed\">The seed of initial values and dropout.</param>");
        code.Line("/// <param name=\"maxBatch\">The largest batch to plan memory for; at least 1.</param>");
        code.Line("/// <exception cref=\"global::System.ArgumentOutOfRangeException\">A size is below 1, or the network does not fit into memory of 2^31 numbers.</exception>");
        string sizes = string.Concat(network.Names.Select(n => $"int {n}, "));
        code.Line($"public {Identifiers.Of(spec.Name)}({sizes}ulong seed = 0, int maxBatch = 64)");
        code.Continued($": base(new {Names.Root}.NetworkDescription({Literals.Of(spec.Name)}, {Checked(spec.Input)}, {Checked(network.Output)}, {Names.Root}.Loss.{spec.Loss.Kind}){Options(spec)}, seed, maxBatch)");
        using (code.Block())
        {
            WriteSizes();
            WriteParameters();
            WriteBuffers();
            code.Line("Allocate();");
            WriteLayers();
        }
    }

    private void WriteSizes()
    {
        foreach (string name in network.Names) code.Line($"{fields[name + ".size"]} = RequireSize({name}, {Literals.Of(name)});");
        if (network.Names.Count > 0) code.Line();
    }

    private void WriteParameters()
    {
        foreach (ShapedLayer layer in network.Layers)
        {
            LayerKindInfo kind = LayerKinds.Of(layer.Spec.Kind);
            foreach (LayerField field in kind.Fields(layer)) code.Line($"{fields[field.Key]} = {field.Value};");
            foreach (LayerPart part in kind.Parts(layer))
            {
                string shape = $"new[] {{ {string.Join(", ", part.Sizes)} }}";
                string add = part.IsTrainable
                    ? $"AddParameter({Literals.Of(part.TensorName)}, {shape}, {Names.Root}.Initializer.{part.Initializer}, {part.FanIn}, {part.FanOut}{Options(part)})"
                    : $"AddState({Literals.Of(part.TensorName)}, {shape}, {Names.Root}.Initializer.{part.Initializer})";
                code.Line($"{Names.Root}.Parameter {Local(part.Key)} = {add};");
                code.Line($"{fields[part.Key]} = PlaceOf({Local(part.Key)});");
                if (part.IsTrainable) code.Line($"{fields[part.Key + ".Gradient"]} = GradientOf({Local(part.Key)});");
            }
        }

        code.Line();
    }

    private void WriteBuffers()
    {
        int number = 0;
        foreach (MemoryPool pool in plan.Pools)
        {
            PlannedBuffer[] buffers = [.. pool.Buffers];
            string[] lengths = buffers.Select(Length).Distinct().ToArray();
            if (buffers.Length == 1)
            {
                code.Line($"{fields[buffers[0].Name]} = Reserve({Names.Arena}.Activations, {lengths[0]});");
                continue;
            }

            string local = _locals["memory" + Literals.Of(++number)];
            string length = lengths.Skip(1).Aggregate(lengths[0], (a, b) => $"global::System.Math.Max({a}, {b})");
            code.Line($"{Names.Slot} {local} = Reserve({Names.Arena}.Activations, {length}); // shared: never alive at the same time");
            foreach (PlannedBuffer buffer in buffers)
                code.Line(lengths.Length == 1 ? $"{fields[buffer.Name]} = {local};" : $"{fields[buffer.Name]} = {local} with {{ Length = checked((int)({Length(buffer)})) }};");
        }

        foreach (FoldedPlace place in plan.Folded)
            code.Line($"{fields[place.Key]} = Reserve({Names.Arena}.Folded, {(place.Rows is { } rows ? $"(long){rows.AsFactor} * {place.Columns.AsFactor}" : place.Columns.ToString())});");
        code.Line();
    }

    private void WriteLayers()
    {
        var names = new ViewNames(Local, key => fields[key]);
        foreach (ShapedLayer layer in network.Layers)
        {
            string arguments = string.Concat(LayerKinds.Of(layer.Spec.Kind).Arguments(layer, names).Select(a => ", " + a));
            code.Line($"{fields[layer.Name + ".Layer"]} = new {LayerText.TypeName(layer.Spec)}(this, {Literals.Of(layer.Name)}, {SampleShape(layer.Output, s => s.ToString())}{arguments});");
        }
    }

    private string Local(string key) => _locals[key];

    private static string Length(PlannedBuffer buffer) => buffer.PerSample ? $"(long)maxBatch * {buffer.Columns.AsFactor}" : $"1L * {buffer.Columns.AsFactor}";

    private static string Checked(Shape shape)
        => SampleShape(shape, size => size.IsConstant ? size.ToString() : $"RequireSize({size}, {Literals.Of(size.ToString())})");

    private static string SampleShape(Shape shape, Func<Size, string> text)
        => shape.IsSequence ? $"{Names.Root}.SampleShape.Sequence({text(shape.Steps)}, {text(shape.Columns)})" : $"{Names.Root}.SampleShape.Vector({text(shape.Columns)})";

    private static string Options(NetworkSpec spec)
    {
        List<string> options = [];
        if (spec.Loss.Reduction != ReductionKind.Mean) options.Add($"Reduction = {Names.Root}.Reduction.{spec.Loss.Reduction}");
        if (spec.Loss.IgnoreMissing) options.Add("IgnoreMissing = true");
        if (spec.HasLengths) options.Add("HasLengths = true");
        if (spec.Layers.Any(l => l.Kind == LayerKind.Embedding)) options.Add("TakesTokens = true");
        return options.Count == 0 ? "" : $" {{ {string.Join(", ", options)} }}";
    }

    private static string Options(LayerPart part)
        => (part.L1 > 0 ? $", l1: {Literals.Of(part.L1)}" : "") + (part.L2 > 0 ? $", l2: {Literals.Of(part.L2)}" : "") + (part.Blocks > 1 ? $", blocks: {Literals.Of(part.Blocks)}" : "");
}
