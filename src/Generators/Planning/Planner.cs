using FastNets.Generators.Helpers;
using FastNets.Generators.Planning.Blocks;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Planning;

/// <summary>Turns a shaped network into its plan: blocks, then operations forward, backward and for inference, then memory.</summary>
internal static class Planner
{
    public static NetworkPlan Plan(ShapedNetwork network)
    {
        BlockGraph graph = GraphBuilder.Build(network);
        var loss = new LossPlanner(network, graph);
        FinishOutput(network, graph);
        MakeLabelsUnique(graph);

        var forward = new ForwardPass(graph);
        forward.Run();
        PlannedBuffer scores = forward.Scores;
        PlannedBuffer output = loss.OutputFunction is null ? scores : forward.NewBuffer("probabilities", network.Output.Length);
        if (loss.OutputFunction == "Sigmoid") forward.Operations.Add(loss.OutputOf(scores, output));

        var ofScores = new PlannedBuffer(graph.Blocks[graph.Output.Block].Label + ".gradient", network.Output.Length, PerSample: true);
        Operation lossOperation = loss.Operation(scores, output, ofScores);
        var backward = new BackwardPass(forward, new Gradient(ofScores));
        backward.Run();

        InferenceGraph inference = InferenceGraph.Of(graph);
        var infer = new ForwardPass(inference.Graph, scores);
        inference.Fold(infer);
        infer.Run();
        if (loss.OutputFunction is not null) infer.Operations.Add(loss.OutputOf(scores, output));

        PlannedBuffer[] buffers = [.. forward.Buffers, ofScores, .. backward.Buffers, .. infer.Buffers];
        List<Operation> timeline = [.. forward.Operations, lossOperation, .. backward.Operations, .. infer.Operations, lossOperation];
        string[] lasting = [scores.Name, output.Name, .. buffers.Where(b => b.IsLasting).Select(b => b.Name)];
        return new NetworkPlan(
            forward.Operations.ToEquatableArray(),
            new EquatableArray<Operation>([lossOperation]),
            backward.Operations.ToEquatableArray(),
            infer.Fold.ToEquatableArray(),
            infer.Operations.ToEquatableArray(),
            MemoryPlanner.Share(buffers, timeline, lasting).ToEquatableArray(),
            infer.Folded.ToEquatableArray(),
            output);
    }

    // What the loss and the caller read: samples one after another, from a buffer's beginning.
    private static void FinishOutput(ShapedNetwork network, BlockGraph graph)
    {
        ShapedLayer last = network.Layers[network.Layers.Count - 1];
        Port port = graph.Output;
        if (!port.IsNetworkInput && graph.Blocks[port.Block].Order == RowOrder.TimeFirst && last.Output.IsSequence)
            graph.Output = graph.Add(new SwapAxesBlock(last.Name + "Swapped", last, port, last.Output));
        else if (port.IsNetworkInput || port.Output != 0 || !graph.Blocks[port.Block].GivesWholeBuffer)
            graph.Output = graph.Add(new PointwiseBlock("Copy", last, port));
    }

    private static void MakeLabelsUnique(BlockGraph graph)
    {
        var taken = new HashSet<string>();
        foreach (Block block in graph.Blocks) block.Label = Identifiers.Unique(taken, block.Label);
    }
}
