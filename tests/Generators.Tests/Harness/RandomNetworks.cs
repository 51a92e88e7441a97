using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Tests.Harness;

/// <summary>A valid network drawn at random, and what its named sizes are.</summary>
/// <param name="Number">Which one it is.</param>
/// <param name="Spec">The declaration.</param>
/// <param name="Sizes">The named sizes.</param>
internal sealed record RandomNetwork(int Number, NetworkSpec Spec, IReadOnlyDictionary<string, int> Sizes)
{
    /// <summary>The network with its sizes as numbers.</summary>
    public ShapedNetwork Constant { get; } = ShapeResolver.Resolve(WithConstants(Spec, Sizes));

    public string Source { get; } = DeclarationWriter.Write(Spec);

    /// <summary>The declaration with numbers in place of names.</summary>
    public static NetworkSpec WithConstants(NetworkSpec spec, IReadOnlyDictionary<string, int> sizes)
    {
        return spec with
        {
            Input = spec.Input with { Steps = Of(spec.Input.Steps), Columns = Of(spec.Input.Columns) },
            Layers = spec.Layers.Select(l => l with { Settings = Bound(l.Settings) }).ToEquatableArray(),
        };

        Size Of(Size size) => size.Name is { } name ? Size.Of(sizes[name]) : size;

        LayerSettings Bound(LayerSettings s) => s with
        {
            Units = Of(s.Units),
            Inputs = s.Inputs is { } inputs ? Of(inputs) : null,
            Steps = s.Steps is { } steps ? Of(steps) : null,
            Weights = s.Weights is { } weights ? Of(weights) : null,
            Vocabulary = Of(s.Vocabulary),
        };
    }
}

/// <summary>Draws networks: each number is always the same one.</summary>
internal static class RandomNetworks
{
    private static readonly Dictionary<int, RandomNetwork> Known = [];

    /// <summary>A network of any kind of layers; which ones are likely depends on the number.</summary>
    public static RandomNetwork Draw(int number)
    {
        lock (Known)
        {
            if (!Known.TryGetValue(number, out RandomNetwork? network)) Known[number] = network = new NetworkDrawer(number).Draw();
            return network;
        }
    }
}
