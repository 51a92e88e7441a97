using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Planning.Blocks;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Planning;

/// <summary>What the last function and the loss have in common: softmax and cross-entropy, sigmoid and binary cross-entropy are one operation from logits.</summary>
internal sealed class LossPlanner
{
    private readonly ShapedNetwork _network;

    public LossPlanner(ShapedNetwork network, BlockGraph graph)
    {
        _network = network;
        if (graph.Output.IsNetworkInput || graph.UsesOf(graph.Output) > 1) return;
        Block last = graph.Blocks[graph.Output.Block];
        // A Flatten behind a softmax makes one sample of many: then its parts are not the probabilities of one choice.
        if (Loss.OfClasses && last is SoftmaxBlock && last.Layer.Output.Columns == Output.Columns)
        {
            OutputFunction = "Softmax";
            graph.Output = last.Inputs[0];
            graph.Blocks.Remove(last);
        }
        else if (Loss.Kind == LossKind.BinaryCrossEntropy && last.Tail is { Rate: 0, IsIdentity: false } tail && tail.Functions[tail.Functions.Count - 1] == TailFunction.Of("Sigmoid"))
        {
            OutputFunction = "Sigmoid";
            last.Tail = tail with { Functions = tail.Functions.Take(tail.Functions.Count - 1).ToEquatableArray() };
        }
    }

    /// <summary>The function between the scores that the loss reads and what the network gives; null where they are the same.</summary>
    public string? OutputFunction { get; }

    private LossSpec Loss => _network.Spec.Loss;

    private Shape Output => _network.Output;

    /// <summary>The loss, and its gradient where one is asked for.</summary>
    public Operation Operation(PlannedBuffer scores, PlannedBuffer output, PlannedBuffer gradient)
    {
        var toGradient = new Operand(OperandKind.WriteIfGradient, gradient.Name);
        Operand lengths = _network.Spec.HasLengths && Output.IsSequence ? Operand.Lengths : Operand.None;
        Operand losses = Operand.Of("LossSlot");
        Operand total = Operand.Of("TotalSlot");
        Operand steps = Operand.Of(Output.Steps);
        bool sum = Loss.Reduction == ReductionKind.Sum;
        if (Loss.OfClasses)
        {
            float gamma = Loss.Kind == LossKind.Focal ? Loss.FocalGamma : 0;
            string settings = $"new {Names.Losses}.CrossEntropySettings({Literals.Of(Loss.LabelSmoothing)}, {Literals.Of(gamma)}, {Literals.Of(sum)}, {Literals.Of(Loss.IgnoreMissing)})";
            Operand probabilities = OutputFunction is null ? Operand.None : Operand.Write(output);
            return new Operation("CrossEntropy", "", $"log-sum-exp, loss and gradient in one pass {Output.OfRows}", new EquatableArray<Operand>([
                Operand.Read(scores), Operand.Targets, Operand.Of("targets"), Operand.Of("ClassWeightSlot"), lengths, losses, total, toGradient, probabilities,
                Operand.RowsOf(Output), steps, Operand.Of(Output.Columns), Operand.Of(settings)]));
        }

        (string what, string loss) = Loss.Kind switch
        {
            LossKind.Huber => ("Huber's loss", $"new {Names.Losses}.HuberError({Literals.Of(Loss.HuberDelta)})"),
            LossKind.MeanAbsoluteError => ("absolute error", $"default({Names.Losses}.AbsoluteError)"),
            LossKind.BinaryCrossEntropy => ("binary cross-entropy from logits", $"default({Names.Losses}.BinaryCrossEntropy)"),
            _ => ("squared error", $"default({Names.Losses}.SquaredError)"),
        };
        return new Operation("ElementLoss", "", $"{what}, loss and gradient in one pass {Output.OfBatch}", new EquatableArray<Operand>([
            Operand.Read(scores), Operand.Targets, lengths, losses, total, toGradient, Operand.Batch, steps, Operand.Of(Output.Length), Operand.Of(loss),
            Operand.Of($"new {Names.Losses}.ElementLossSettings({Literals.Of(sum)}, {Literals.Of(Loss.IgnoreMissing)})")]));
    }

    /// <summary>The outputs from the scores, where they differ and the loss does not give them on its way.</summary>
    public Operation OutputOf(PlannedBuffer scores, PlannedBuffer output) => OutputFunction == "Softmax"
        ? new Operation("Softmax", "", $"probabilities: softmax along {Output.OfRows}",
            new EquatableArray<Operand>([Operand.Read(scores), Operand.Write(output), Operand.RowsOf(Output), Operand.Of(Output.Columns)]))
        : new Operation("Pointwise", Names.Activations + ".Sigmoid", $"probabilities: sigmoid {Output.OfRows}",
            new EquatableArray<Operand>([Operand.Read(scores), Operand.Write(output), Operand.RowsOf(Output), Operand.Of(Output.Columns), Operand.NoMask]));
}
