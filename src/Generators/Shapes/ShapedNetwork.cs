using FastNets.Generators.Helpers;
using FastNets.Generators.Model;

namespace FastNets.Generators.Shapes;

/// <summary>A layer with what goes in and what comes out.</summary>
/// <param name="Spec">The declaration.</param>
/// <param name="Index">The layer's number.</param>
/// <param name="Sources">The numbers of the layers that it takes its input from; <see cref="NetworkInput"/> for the network's input.</param>
/// <param name="Inputs">What each of them gives.</param>
/// <param name="Output">What comes out.</param>
internal sealed record ShapedLayer(LayerSpec Spec, int Index, EquatableArray<int> Sources, EquatableArray<Shape> Inputs, Shape Output)
{
    /// <summary>The number that stands for the network's input.</summary>
    public const int NetworkInput = -1;

    public string Name => Spec.Name;

    public LayerSettings Settings => Spec.Settings;

    /// <summary>What the first source gives.</summary>
    public Shape Input => Inputs[0];
}

/// <summary>A network whose sizes are known, as numbers or names.</summary>
/// <param name="Spec">The declaration.</param>
/// <param name="Layers">The layers in the order of declaration.</param>
/// <param name="Names">The sizes that the constructor asks for, in the order of first use.</param>
internal sealed record ShapedNetwork(NetworkSpec Spec, EquatableArray<ShapedLayer> Layers, EquatableArray<string> Names)
{
    public Shape Output => Layers[Layers.Count - 1].Output;

    /// <summary>How many layers take their input (or their state) from a layer.</summary>
    public int UsesOf(int layer)
        => Layers.Sum(l => l.Sources.Count(s => s == layer)) + Layers.Count(l => l.Settings.StateFrom == Layers[layer].Name);
}
