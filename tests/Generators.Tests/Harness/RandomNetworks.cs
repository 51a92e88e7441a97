using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Random;

namespace FastNets.Generators.Tests.Harness;

/// <summary>A valid network drawn at random, and what its named sizes are.</summary>
internal sealed record RandomNetwork(NetworkSpec Spec, IReadOnlyDictionary<string, int> Sizes)
{
    public int Of(Size size) => size.Name is { } name ? Sizes[name] : size.Constant;
}

/// <summary>Draws networks: each number is always the same one.</summary>
internal static class RandomNetworks
{
    private const ulong Seed = 2024;
    private static readonly float[] Rates = [0f, 0.1f, 0.25f, 0.5f];
    private static readonly float[] Factors = [0f, 0f, 0.001f, 0.02f];

    public static RandomNetwork Draw(int number, int maxLayers)
    {
        var random = new PhiloxStream(Seed, (ulong)number);
        var sizes = new Dictionary<string, int>();
        Size input = DrawSize(ref random, sizes, 1);
        var loss = (LossKind)random.NextInt32(4);
        int count = 1 + random.NextInt32(maxLayers);
        var layers = new List<LayerSpec>();
        for (int i = 0; i < count; i++) layers.Add(DrawLayer(ref random, sizes, i));
        if (loss == LossKind.SoftmaxCrossEntropy)
        {
            layers[^1] = Dense($"L{count - 1}", new LayerSettings
            {
                Units = DrawSize(ref random, sizes, 2),
                UseBias = random.NextInt32(3) > 0,
                Activation = random.NextInt32(2) == 0 ? ActivationKind.Linear : ActivationKind.Softmax,
            });
        }

        var lossSpec = new LossSpec(loss, loss == LossKind.Huber ? 0.5f : 1f);
        var spec = new NetworkSpec("Drawn", $"Net{Literals.Of(number)}", $"Drawn.Net{Literals.Of(number)}", Shape.Vector(input), false, lossSpec, layers.ToEquatableArray(), false, default, new SkeletonSpec(default, true, default));
        return new RandomNetwork(spec, sizes);
    }

    /// <summary>The declaration as a user would write it.</summary>
    public static string Write(NetworkSpec spec)
    {
        string delta = spec.Loss.Kind == LossKind.Huber ? $", HuberDelta = {Literals.Of(spec.Loss.HuberDelta)}" : "";
        string properties = string.Concat(spec.Layers.Select(l => $"    [Layer({string.Join(", ", Settings(l))})] {l.Modifiers} {(l.Kind == LayerKind.Activation ? "ActivationLayer" : l.Kind)} {l.Name} {{ get; }}\n"));
        return $"namespace {spec.Namespace}\n{{\n[Network(Input = {Text(spec.Input.Columns)}, Loss = Loss.{spec.Loss.Kind}{delta})]\npublic sealed partial class {spec.Name}\n{{\n{properties}}}\n}}\n";
    }

    private static IEnumerable<string> Settings(LayerSpec layer)
    {
        LayerSettings s = layer.Settings;
        switch (layer.Kind)
        {
            case LayerKind.Dense:
                yield return $"Units = {Text(s.Units)}";
                yield return $"Activation = Activation.{s.Activation}";
                if (!s.UseBias) yield return "UseBias = false";
                if (s.L1 != 0) yield return $"L1 = {Literals.Of(s.L1)}";
                if (s.L2 != 0) yield return $"L2 = {Literals.Of(s.L2)}";
                break;
            case LayerKind.BatchNorm:
                yield return $"Activation = Activation.{s.Activation}";
                if (s.UnbiasedVariance) yield return "Defaults = LayerDefaults.PyTorch";
                break;
            case LayerKind.Dropout:
                yield return $"Rate = {Literals.Of(s.Rate)}";
                break;
            default:
                yield return $"Activation = Activation.{s.Activation}";
                break;
        }
    }

    private static string Text(Size size) => size.Name is { } name ? Literals.Of(name) : size.ToString();

    private static Size DrawSize(ref PhiloxStream random, Dictionary<string, int> sizes, int least)
    {
        int value = least + random.NextInt32(6);
        if (random.NextInt32(3) > 0) return Size.Of(value);
        string name = "size" + Literals.Of(value);
        sizes[name] = value;
        return Size.Named(name);
    }

    private static LayerSpec DrawLayer(ref PhiloxStream random, Dictionary<string, int> sizes, int index)
    {
        string name = "L" + Literals.Of(index);
        switch (random.NextInt32(7))
        {
            case 0 or 1 or 2:
                return Dense(name, new LayerSettings
                {
                    Units = DrawSize(ref random, sizes, 1),
                    UseBias = random.NextInt32(3) > 0,
                    Activation = DrawFunction(ref random, softmax: true),
                    L1 = Factors[random.NextInt32(Factors.Length)],
                    L2 = Factors[random.NextInt32(Factors.Length)],
                });
            case 3 or 4:
                bool pyTorch = random.NextInt32(2) == 0;
                return new LayerSpec(name, "public partial", LayerKind.BatchNorm, new LayerSettings
                {
                    Activation = DrawFunction(ref random, softmax: false),
                    Momentum = pyTorch ? 0.9f : 0.99f,
                    Epsilon = pyTorch ? 1e-5f : 1e-3f,
                    UnbiasedVariance = pyTorch,
                });
            case 5:
                return new LayerSpec(name, "public partial", LayerKind.Dropout, new LayerSettings { Rate = Rates[random.NextInt32(Rates.Length)] });
            default:
                return new LayerSpec(name, "public partial", LayerKind.Activation, new LayerSettings { Activation = DrawFunction(ref random, softmax: true) });
        }
    }

    private static ActivationKind DrawFunction(ref PhiloxStream random, bool softmax)
    {
        // Linear as often as all others: what fuses and folds depends on it.
        if (random.NextInt32(2) == 0) return ActivationKind.Linear;
        return (ActivationKind)random.NextInt32(softmax ? (int)ActivationKind.Softmax + 1 : (int)ActivationKind.Softmax);
    }

    private static LayerSpec Dense(string name, LayerSettings settings) => new(name, "public partial", LayerKind.Dense, settings);
}
