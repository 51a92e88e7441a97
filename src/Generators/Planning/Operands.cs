using FastNets.Generators.Helpers;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Planning;

/// <summary>The operands that a layer's parameters are, by keys such as <c>Hidden.Kernel</c>, and how functions and masks are written.</summary>
internal static class Operands
{
    public static Operand Parameter(ShapedLayer layer, string part) => Operand.Place($"{layer.Spec.Name}.{part}");

    public static Operand Gradient(ShapedLayer layer, string part) => Operand.Place($"{layer.Spec.Name}.{part}.Gradient");

    public static Operand Bias(ShapedLayer layer) => layer.Spec.Settings.UseBias ? Parameter(layer, "Bias") : Operand.None;

    public static Operand BiasGradient(ShapedLayer layer) => layer.Spec.Settings.UseBias ? Gradient(layer, "Bias") : Operand.None;

    /// <summary>The type argument for a chain of functions.</summary>
    public static string Function(EquatableArray<string> functions)
    {
        if (functions.Count == 0) return Names.Activations + ".Identity";
        string text = $"{Names.Activations}.{functions[0]}";
        for (int i = 1; i < functions.Count; i++) text = $"{Names.Activations}.Chain<{text}, {Names.Activations}.{functions[i]}>";
        return text;
    }

    /// <summary>The functions as comments name them.</summary>
    public static string Describe(Block block)
    {
        string text = string.Concat(block.Functions.Select(f => ", " + f));
        return block.Dropout > 0 ? text + ", dropout " + Literals.Of(block.Dropout).TrimEnd('f') : text;
    }

    /// <summary>The mask of a block's dropout in a training step.</summary>
    public static Operand Mask(Block block) => block.Dropout > 0
        ? Operand.Of($"Mask({Literals.Of(block.Dropout)}, {Literals.Of(block.DropoutLayer)}, step)")
        : NoMask;

    public static readonly Operand NoMask = Operand.Of("NoMask");
}
