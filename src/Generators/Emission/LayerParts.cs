using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Emission;

/// <summary>A parameter or running statistic of a layer.</summary>
/// <param name="Key">Layer and part.</param>
/// <param name="TensorName">Its name in files.</param>
/// <param name="Sizes">The sizes, outermost first.</param>
/// <param name="Initializer">How it starts.</param>
/// <param name="IsTrainable">Whether an optimizer moves it.</param>
/// <param name="L1">The factor of its L1 penalty.</param>
/// <param name="L2">The factor of its L2 penalty.</param>
internal sealed record LayerPart(string Key, string TensorName, Size[] Sizes, string Initializer, bool IsTrainable, float L1, float L2)
{
    public string Shape => "[" + string.Join(", ", Sizes) + "]";
}

/// <summary>What each kind of layer learns, and how its view is built: the table that a new kind enters.</summary>
internal static class LayerParts
{
    public static IEnumerable<LayerPart> Of(ShapedLayer layer)
    {
        LayerSettings s = layer.Spec.Settings;
        switch (layer.Spec.Kind)
        {
            case LayerKind.Dense:
                yield return Part(layer, "Kernel", "kernel", [layer.Input, layer.Output], s.KernelInitializer, true, s.L1, s.L2);
                if (s.UseBias) yield return Part(layer, "Bias", "bias", [layer.Output], s.BiasInitializer, true);
                break;
            case LayerKind.BatchNorm:
                yield return Part(layer, "Gamma", "gamma", [layer.Output], "Ones", true);
                yield return Part(layer, "Beta", "beta", [layer.Output], "Zeros", true);
                yield return Part(layer, "RunningMean", "running_mean", [layer.Output], "Zeros", false);
                yield return Part(layer, "RunningVariance", "running_variance", [layer.Output], "Ones", false);
                break;
        }
    }

    public static string TypeName(LayerSpec spec) => spec.Kind == LayerKind.Activation ? "ActivationLayer" : spec.Kind.ToString();

    /// <summary>What the view's constructor takes after the network and the name.</summary>
    public static string Arguments(ShapedLayer layer, Func<string, string> local, Func<string, string> field)
    {
        LayerSpec spec = layer.Spec;
        LayerSettings s = spec.Settings;
        return spec.Kind switch
        {
            LayerKind.Dense => $"{local(spec.Name + ".Kernel")}, {(s.UseBias ? local(spec.Name + ".Bias") : "null")}, {Function(s.Activation)}",
            LayerKind.BatchNorm => $"{local(spec.Name + ".Gamma")}, {local(spec.Name + ".Beta")}, {local(spec.Name + ".RunningMean")}, {local(spec.Name + ".RunningVariance")}, {field(spec.Name + ".Settings")}, {Function(s.Activation)}",
            LayerKind.Dropout => $"{layer.Output}, {Literals.Of(s.Rate)}",
            _ => $"{layer.Output}, {Function(s.Activation)}",
        };
    }

    private static string Function(ActivationKind kind) => $"{Names.Root}.Activation.{kind}";

    private static LayerPart Part(ShapedLayer layer, string part, string tensor, Size[] sizes, string initializer, bool trainable, float l1 = 0, float l2 = 0)
        => new($"{layer.Spec.Name}.{part}", $"{layer.Spec.Name}.{tensor}", sizes, initializer, trainable, l1, l2);
}
