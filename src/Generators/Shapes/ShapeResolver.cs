using FastNets.Generators.Helpers;
using FastNets.Generators.Kinds;
using FastNets.Generators.Model;

namespace FastNets.Generators.Shapes;

/// <summary>Carries shapes from the input through the layers. A pure function of the declaration.</summary>
internal static class ShapeResolver
{
    /// <summary>The name by which a layer asks for the network's input.</summary>
    public const string InputName = "input";

    public static ShapedNetwork Resolve(NetworkSpec spec)
        => new(spec, Layers(spec.Input, spec.HasLengths, spec.Layers, (_, _) => { }).ToEquatableArray(), Names(spec.Input, spec.Layers));

    /// <summary>The layers up to the first one that leaves open what it gives; what does not fit is reported with the layer's number.</summary>
    public static List<ShapedLayer> Layers(Shape input, bool hasLengths, IReadOnlyList<LayerSpec> specs, Action<int, ShapeProblem> report)
    {
        var layers = new List<ShapedLayer>();
        for (int i = 0; i < specs.Count; i++)
        {
            LayerSpec spec = specs[i];
            int[]? sources = Sources(spec, specs, i, problem => report(i, problem));
            if (sources is null) return layers;
            Shape[] shapes = [.. sources.Select(s => s == ShapedLayer.NetworkInput ? input : layers[s].Output)];
            var context = new ShapeContext(spec, shapes, [.. sources.Select(s => s == ShapedLayer.NetworkInput ? null : layers[s])], input, hasLengths, IsLast: i == specs.Count - 1)
            {
                All = specs,
                Before = layers,
            };
            LayerKindInfo kind = LayerKinds.Of(spec.Kind);
            ShapeProblem? common = context.CommonProblem(kind);
            if (common is not null) report(i, common);
            if (common is { LeavesOutput: false }) return layers;
            ShapeProblem? own = kind.Problem(context);
            if (own is not null) report(i, own);
            if (own is { LeavesOutput: false }) return layers;

            layers.Add(new ShapedLayer(kind.Complete(context), i, sources.ToEquatableArray(), shapes.ToEquatableArray(), kind.Output(context)));
        }

        return layers;
    }

    /// <summary>The names of sizes, in the order of first use.</summary>
    public static EquatableArray<string> Names(Shape input, IEnumerable<LayerSpec> layers)
    {
        var names = new List<string>();
        Note(input.Steps);
        Note(input.Columns);
        foreach (LayerSpec layer in layers)
        {
            foreach (Size? size in new[] { layer.Settings.Units, layer.Settings.Inputs, layer.Settings.Vocabulary, layer.Settings.Steps, layer.Settings.Weights }) Note(size);
        }

        return names.ToEquatableArray();

        void Note(Size? size)
        {
            if (size?.Name is { } name && !names.Contains(name)) names.Add(name);
        }
    }

    private static int[]? Sources(LayerSpec spec, IReadOnlyList<LayerSpec> specs, int index, Action<ShapeProblem> report)
    {
        if (spec.From.Count == 0) return [index - 1];
        var sources = new int[spec.From.Count];
        for (int i = 0; i < sources.Length; i++)
        {
            string name = spec.From[i];
            sources[i] = name == InputName ? ShapedLayer.NetworkInput : IndexOf(name, specs, index);
            if (sources[i] != ShapedLayer.NetworkInput || name == InputName) continue;
            report(ShapeProblem.UnknownSource(spec, i, specs));
            return null;
        }

        return sources;
    }

    private static int IndexOf(string name, IReadOnlyList<LayerSpec> specs, int before)
    {
        for (int i = before - 1; i >= 0; i--)
        {
            if (specs[i].Name == name) return i;
        }

        return ShapedLayer.NetworkInput;
    }
}
