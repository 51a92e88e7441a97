using FastNets.Generators.Kinds;
using FastNets.Generators.Model;
using FastNets.Generators.Planning.Blocks;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Planning;

/// <summary>
/// Makes blocks of layers: functions and dropout go into the pass of the block before them where nothing else reads that, a chain of functions becomes one
/// loop, and where the next layer wants the rows of a sequence in the other order they are swapped, once for all who want it.
/// </summary>
internal sealed class GraphBuilder(ShapedNetwork network)
{
    private readonly BlockGraph _graph = new();
    private readonly List<Port> _outputs = [];
    private readonly Dictionary<string, (Port Hidden, Port Cell)> _states = [];
    private readonly Dictionary<Port, Port> _swapped = [];

    public bool HasLengths => network.Spec.HasLengths;

    public static BlockGraph Build(ShapedNetwork network)
    {
        var builder = new GraphBuilder(network);
        foreach (ShapedLayer layer in network.Layers) builder._outputs.Add(LayerKinds.Of(layer.Spec.Kind).AddTo(builder, layer));
        builder._graph.Output = builder._outputs[builder._outputs.Count - 1];
        return builder._graph;
    }

    public Port Add(Block block) => _graph.Add(block);

    /// <summary>What a layer's source gives, in the order that it has.</summary>
    public Port Input(ShapedLayer layer, int source = 0)
        => layer.Sources[source] == ShapedLayer.NetworkInput ? Port.NetworkInput : _outputs[layer.Sources[source]];

    /// <summary>What a layer's source gives, in the order that is asked for.</summary>
    public Port Input(ShapedLayer layer, RowOrder order, int source = 0) => InOrder(Input(layer, source), layer, layer.Inputs[source], order);

    /// <summary>What all sources of a layer give, in the first one's order.</summary>
    public Port[] Inputs(ShapedLayer layer)
    {
        RowOrder order = OrderOf(Input(layer));
        return [.. Enumerable.Range(0, layer.Sources.Count).Select(i => Input(layer, order, i))];
    }

    public RowOrder OrderOf(Port port) => port.IsNetworkInput ? RowOrder.BatchFirst : _graph.Blocks[port.Block].Order;

    public Port InOrder(Port port, ShapedLayer layer, Shape shape, RowOrder order)
    {
        if (!shape.IsSequence || OrderOf(port) == order) return port;
        if (_swapped.TryGetValue(port, out Port swapped)) return swapped;
        string label = port.IsNetworkInput ? "Input" : _graph.Blocks[port.Block].Label;
        return _swapped[port] = Add(new SwapAxesBlock(label + "Swapped", layer, port, shape) { Order = order });
    }

    /// <summary>Says which outputs are a recurrent layer's final state.</summary>
    public void SetState(ShapedLayer layer, Port hidden, Port cell) => _states[layer.Name] = (hidden, cell);

    public string NameOf(int layer) => network.Layers[layer].Name;

    public (Port Hidden, Port Cell) StateOf(string layer) => _states[layer];

    /// <summary>What is given after a layer's function.</summary>
    public Port AddFunction(ShapedLayer layer, Port port, ActivationKind function)
    {
        switch (function)
        {
            case ActivationKind.Linear:
                return port;
            case ActivationKind.Softmax:
                string label = layer.Spec.Kind == LayerKind.Activation ? layer.Name : layer.Name + "Softmax";
                return Add(new SoftmaxBlock(label, layer, port) { Order = OrderOf(port) });
            default:
                return AddFunction(layer, port, TailFunction.Of(Activations.StructName(function)));
        }
    }

    public Port AddFunction(ShapedLayer layer, Port port, TailFunction function)
    {
        if (Before(port, layer) is { Tail.Rate: 0 } before && before.Takes(function))
        {
            before.Tail = before.Tail.With(function);
            before.Label = Join(before.Label, layer);
            return port;
        }

        return Add(new PointwiseBlock(layer.Name, layer, port) { Order = OrderOf(port), Tail = Tail.Empty.With(function) });
    }

    public Port AddDropout(ShapedLayer layer, Port port, float rate)
    {
        if (rate == 0) return port;
        if (Before(port, layer) is { TakesDropout: true, Tail.Rate: 0 } before)
        {
            before.Tail = before.Tail with { Rate = rate, DropoutLayer = layer.Index };
            before.Label = Join(before.Label, layer);
            return port;
        }

        return Add(new PointwiseBlock(layer.Name, layer, port) { Order = OrderOf(port), Tail = Tail.Empty with { Rate = rate, DropoutLayer = layer.Index } });
    }

    // The block that gives an output, if nothing but this layer reads it.
    private Block? Before(Port port, ShapedLayer layer)
    {
        if (port.IsNetworkInput || port.Output != 0) return null;
        for (int i = 0; i < _outputs.Count; i++)
        {
            if (_outputs[i] == port && (i == layer.Index || network.UsesOf(i) > 1)) return null;
        }

        return _swapped.ContainsKey(port) ? null : _graph.Blocks[port.Block];
    }

    private static string Join(string label, ShapedLayer layer) => label == layer.Name ? label : label + layer.Name;
}
