using FastNets.Generators.Helpers;
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
        code.Continued($": base({Literals.Of(spec.Name)}, {Checked(spec.Input)}, {Checked(network.Output)}, {Names.Root}.Loss.{spec.Loss}, seed, maxBatch)");
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
            foreach (LayerPart part in LayerParts.Of(layer))
            {
                string shape = $"new[] {{ {string.Join(", ", part.Sizes)} }}";
                string add = part.IsTrainable
                    ? $"AddParameter({Literals.Of(part.TensorName)}, {shape}, {Names.Root}.Initializer.{part.Initializer}, {layer.Input}, {layer.Output}{Penalties(part)})"
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
            code.Line($"{fields[place.Key]} = Reserve({Names.Arena}.Folded, {(place.Rows is { } rows ? $"(long){rows} * {place.Columns}" : place.Columns.ToString())});");
        code.Line();
    }

    private void WriteLayers()
    {
        foreach (ShapedLayer layer in network.Layers)
        {
            string type = $"{Names.Root}.{LayerParts.TypeName(layer.Spec)}";
            code.Line($"{fields[layer.Spec.Name + ".Layer"]} = new {type}(this, {Literals.Of(layer.Spec.Name)}, {LayerParts.Arguments(layer, Local, k => fields[k])});");
        }
    }

    private string Local(string key) => _locals[key];

    private static string Length(PlannedBuffer buffer) => buffer.PerSample ? $"(long)maxBatch * {buffer.Columns}" : buffer.Columns.ToString();

    private static string Checked(Size size) => size.Name is { } name ? $"RequireSize({name}, {Literals.Of(name)})" : size.ToString();

    private static string Penalties(LayerPart part)
        => (part.L1 > 0 ? $", l1: {Literals.Of(part.L1)}" : "") + (part.L2 > 0 ? $", l2: {Literals.Of(part.L2)}" : "");
}
