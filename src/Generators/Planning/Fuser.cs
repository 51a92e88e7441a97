using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Planning;

/// <summary>Finds the blocks: functions and dropout go into the epilogue of the layer before them, a chain of functions becomes one loop.</summary>
internal static class Fuser
{
    public static List<Block> Fuse(ShapedNetwork network)
    {
        var blocks = new List<Block>();
        for (int i = 0; i < network.Layers.Count; i++)
        {
            ShapedLayer layer = network.Layers[i];
            LayerSettings settings = layer.Spec.Settings;
            switch (layer.Spec.Kind)
            {
                case LayerKind.Dense:
                    blocks.Add(Start(BlockKind.Dense, layer));
                    AddFunction(blocks, layer, settings.Activation);
                    break;
                case LayerKind.BatchNorm:
                    blocks.Add(Start(BlockKind.BatchNorm, layer));
                    AddFunction(blocks, layer, settings.Activation);
                    break;
                case LayerKind.Activation:
                    AddFunction(blocks, layer, settings.Activation);
                    break;
                case LayerKind.Dropout when settings.Rate > 0:
                    AddDropout(blocks, layer, i);
                    break;
            }
        }

        MakeLabelsUnique(blocks);
        return blocks;
    }

    private static void MakeLabelsUnique(List<Block> blocks)
    {
        var taken = new HashSet<string>();
        for (int i = 0; i < blocks.Count; i++) blocks[i] = blocks[i] with { Label = Identifiers.Unique(taken, blocks[i].Label) };
    }

    private static Block Start(BlockKind kind, ShapedLayer layer)
        => new(kind, layer, EquatableArray<string>.Empty, 0, 0, layer.Spec.Name);

    private static void AddFunction(List<Block> blocks, ShapedLayer layer, ActivationKind function)
    {
        if (function == ActivationKind.Linear) return;
        if (function == ActivationKind.Softmax)
        {
            blocks.Add(Start(BlockKind.Softmax, Passing(layer)) with { Label = layer.Spec.Kind == LayerKind.Activation ? layer.Spec.Name : layer.Spec.Name + "Softmax" });
            return;
        }

        string name = Activations.StructName(function);
        if (blocks.Count > 0 && blocks[blocks.Count - 1] is { Dropout: 0, Kind: not BlockKind.Softmax } last)
            blocks[blocks.Count - 1] = last with { Functions = last.Functions.Append(name).ToEquatableArray(), Label = Join(last.Label, layer) };
        else
            blocks.Add(Start(BlockKind.Pointwise, layer) with { Functions = new EquatableArray<string>([name]) });
    }

    private static void AddDropout(List<Block> blocks, ShapedLayer layer, int index)
    {
        float rate = layer.Spec.Settings.Rate;
        if (blocks.Count > 0 && blocks[blocks.Count - 1] is { Dropout: 0, Kind: not BlockKind.Softmax } last)
            blocks[blocks.Count - 1] = last with { Dropout = rate, DropoutLayer = index, Label = Join(last.Label, layer) };
        else
            blocks.Add(Start(BlockKind.Pointwise, layer) with { Dropout = rate, DropoutLayer = index });
    }

    // A Dense layer's softmax works on what the layer gives, not on what goes into it.
    private static ShapedLayer Passing(ShapedLayer layer) => layer with { Input = layer.Output };

    private static string Join(string label, ShapedLayer layer)
        => label == layer.Spec.Name ? label : label + layer.Spec.Name;
}
