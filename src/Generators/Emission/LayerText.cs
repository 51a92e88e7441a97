using FastNets.Generators.Helpers;
using FastNets.Generators.Kinds;
using FastNets.Generators.Model;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Emission;

/// <summary>How a layer is written: its type, and what an editor shows over its name.</summary>
internal static class LayerText
{
    public static string TypeName(LayerSpec spec)
    {
        string name = $"{Names.Root}.{LayerKinds.Of(spec.Kind).TypeName}";
        return spec.Custom is { } custom ? $"{name}<{custom.TypeName}>" : name;
    }

    /// <summary>Kind, shapes and parameters of the layer.</summary>
    public static string Summary(ShapedLayer layer)
    {
        LayerPart[] parts = [.. LayerKinds.Of(layer.Spec.Kind).Parts(layer).Where(p => p.IsTrainable)];
        string inputs = string.Join(" and ", layer.Inputs.Select(i => i.OfBatch));
        string text = $"{LayerKinds.Of(layer.Spec.Kind).TypeName}: {inputs} -> {layer.Output.OfBatch}";
        if (parts.Length == 0) return text + ".";
        if (parts.Any(p => p.Sizes.Any(s => !s.IsConstant))) return $"{text}; learns {string.Join(", ", parts.Select(p => $"{p.Tensor} {p.Shape}"))}.";
        decimal count = parts.Sum(p => p.Sizes.Aggregate(1m, (product, size) => product * size.Constant));
        return $"{text}; {count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} parameters: {string.Join(", ", parts.Select(p => $"{p.Tensor} {p.Shape}"))}.";
    }
}
