using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Planning;

/// <summary>Turns a shaped network into its plan: blocks, then operations forward, backward and for inference, then memory.</summary>
internal static class Planner
{
    public static NetworkPlan Plan(ShapedNetwork network)
    {
        List<Block> blocks = Fuser.Fuse(network);
        // From logits, softmax and cross-entropy are one operation: the softmax block becomes the loss's second output.
        bool probabilities = network.Spec.Loss == LossKind.SoftmaxCrossEntropy && blocks.Count > 0 && blocks[blocks.Count - 1].Kind == BlockKind.Softmax;
        if (probabilities) blocks.RemoveAt(blocks.Count - 1);
        if (blocks.Count == 0)
            blocks.Add(new Block(BlockKind.Pointwise, network.Layers[network.Layers.Count - 1], EquatableArray<string>.Empty, 0, 0, "Copy"));

        var training = new TrainingPlanner(blocks, network, probabilities);
        training.Run();
        var inference = new InferencePlanner(blocks, training.Scores, training.Output);
        inference.Run();

        var timeline = new List<Operation>();
        timeline.AddRange(training.Forward);
        timeline.Add(training.Loss);
        timeline.AddRange(training.Backward);
        timeline.AddRange(inference.Infer);
        timeline.Add(training.Loss);
        IEnumerable<PlannedBuffer> buffers = training.Buffers.Concat(inference.Buffers);

        return new NetworkPlan(
            training.Forward.ToEquatableArray(),
            training.Loss,
            training.Backward.ToEquatableArray(),
            inference.Fold.ToEquatableArray(),
            inference.Infer.ToEquatableArray(),
            MemoryPlanner.Share(buffers, timeline, [training.Scores.Name, training.Output.Name]).ToEquatableArray(),
            inference.Folded.ToEquatableArray(),
            training.Output);
    }
}
