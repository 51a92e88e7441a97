using FastNets.Generators.Shapes;

namespace FastNets.Generators.Planning;

/// <summary>The operands that a layer's parameters are, by keys such as <c>Hidden.Kernel</c>.</summary>
internal static class Operands
{
    public static Operand Parameter(ShapedLayer layer, string part) => Operand.Place($"{layer.Name}.{part}");

    public static Operand Gradient(ShapedLayer layer, string part) => Operand.Place($"{layer.Name}.{part}.Gradient");

    public static Operand Bias(ShapedLayer layer) => layer.Settings.UseBias ? Parameter(layer, "Bias") : Operand.None;

    public static Operand BiasGradient(ShapedLayer layer) => layer.Settings.UseBias ? Gradient(layer, "Bias") : Operand.None;
}
