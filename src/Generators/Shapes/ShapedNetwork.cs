using FastNets.Generators.Helpers;
using FastNets.Generators.Model;

namespace FastNets.Generators.Shapes;

/// <summary>A layer with what goes in and what comes out.</summary>
internal sealed record ShapedLayer(LayerSpec Spec, Size Input, Size Output);

/// <summary>A network whose sizes are known, as numbers or names.</summary>
/// <param name="Spec">The declaration.</param>
/// <param name="Layers">The layers in the order of data.</param>
/// <param name="Names">The sizes that the constructor asks for, in the order of first use.</param>
internal sealed record ShapedNetwork(NetworkSpec Spec, EquatableArray<ShapedLayer> Layers, EquatableArray<string> Names)
{
    public Size Output => Layers[Layers.Count - 1].Output;
}

/// <summary>Carries sizes from the input through the layers. A pure function of the declaration.</summary>
internal static class ShapeResolver
{
    public static ShapedNetwork Resolve(NetworkSpec spec)
    {
        var names = new List<string>();
        Note(spec.Input);
        Size size = spec.Input;
        var layers = new List<ShapedLayer>();
        foreach (LayerSpec layer in spec.Layers)
        {
            Size output = Output(layer, size);
            Note(output);
            layers.Add(new ShapedLayer(layer, size, output));
            size = output;
        }

        return new ShapedNetwork(spec, layers.ToEquatableArray(), names.ToEquatableArray());

        void Note(Size s)
        {
            if (s.Name is { } name && !names.Contains(name)) names.Add(name);
        }
    }

    /// <summary>What a layer gives for what goes in.</summary>
    public static Size Output(LayerSpec layer, Size input) => layer.Kind == LayerKind.Dense ? layer.Settings.Units : input;
}
