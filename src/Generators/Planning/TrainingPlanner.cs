using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Planning;

/// <summary>The operations of a training step: forward, loss, backward.</summary>
internal sealed class TrainingPlanner(List<Block> blocks, ShapedNetwork network, bool probabilities)
{
    private readonly List<PlannedBuffer> _outputs = [];
    private readonly Dictionary<int, PlannedBuffer> _saved = [];

    public List<PlannedBuffer> Buffers { get; } = [];

    public List<Operation> Forward { get; } = [];

    public Operation Loss { get; private set; } = null!;

    public List<Operation> Backward { get; } = [];

    /// <summary>What the loss reads.</summary>
    public PlannedBuffer Scores { get; private set; } = null!;

    /// <summary>What the network gives: the scores, or their softmax.</summary>
    public PlannedBuffer Output { get; private set; } = null!;

    public void Run()
    {
        for (int i = 0; i < blocks.Count; i++) PlanForward(i);
        Scores = _outputs[_outputs.Count - 1];
        Output = probabilities ? NewBuffer("probabilities", network.Output) : Scores;
        PlannedBuffer gradient = NewBuffer(blocks[blocks.Count - 1].Label + ".gradient", network.Output);
        PlanLoss(gradient);
        // Before the first block that learns nothing needs a gradient.
        int firstLearning = blocks.FindIndex(b => b.Kind is BlockKind.Dense or BlockKind.BatchNorm);
        if (firstLearning < 0) return;
        for (int i = blocks.Count - 1; i >= firstLearning; i--) gradient = PlanBackward(i, gradient, isLast: i == firstLearning);
    }

    private PlannedBuffer NewBuffer(string name, Size columns, bool perSample = true)
    {
        var buffer = new PlannedBuffer(name, columns, perSample);
        Buffers.Add(buffer);
        return buffer;
    }

    private Operand InputOf(int block) => block == 0 ? Operand.Input : Operand.Read(_outputs[block - 1]);

    private void PlanForward(int index)
    {
        Block block = blocks[index];
        Operand x = InputOf(index);
        ShapedLayer layer = block.Layer;
        PlannedBuffer y;
        switch (block.Kind)
        {
            case BlockKind.Dense:
                Operand preactivation = Operand.None;
                if (block.DerivativeOfInput)
                {
                    _saved[index] = NewBuffer(block.Label + ".preactivation", block.Output);
                    preactivation = Operand.Write(_saved[index]);
                }

                y = NewBuffer(block.Label + ".output", block.Output);
                AddWithFunctions(Forward, "Dense", block, $"product [batch, {block.Input}] x [{block.Input}, {block.Output}]{(layer.Spec.Settings.UseBias ? ", bias" : "")}{Operands.Describe(block)}",
                    x, Operands.Parameter(layer, "Kernel"), Operands.Bias(layer), preactivation, Operand.Write(y), Operand.Batch, Operand.Of(block.Input), Operand.Of(block.Output), Operands.Mask(block));
                break;
            case BlockKind.BatchNorm:
                PlannedBuffer mean = NewBuffer(block.Label + ".mean", block.Output, perSample: false);
                PlannedBuffer deviation = NewBuffer(block.Label + ".inverseDeviation", block.Output, perSample: false);
                y = NewBuffer(block.Label + ".output", block.Output);
                AddWithFunctions(Forward, "BatchNorm", block, $"batch statistics; normalised, affine{Operands.Describe(block)} [batch, {block.Output}]",
                    x, Operands.Parameter(layer, "Gamma"), Operands.Parameter(layer, "Beta"), Operands.Parameter(layer, "RunningMean"), Operands.Parameter(layer, "RunningVariance"),
                    Operand.Write(mean), Operand.Write(deviation), Operand.Write(y), Operand.Batch, Operand.Of(block.Output), Operands.Parameter(layer, "Settings"), Operands.Mask(block));
                break;
            case BlockKind.Pointwise:
                y = NewBuffer(block.Label + ".output", block.Output);
                AddWithFunctions(Forward, "Pointwise", block, $"one loop{Operands.Describe(block)} [batch, {block.Output}]",
                    x, Operand.Write(y), Operand.Batch, Operand.Of(block.Output), Operands.Mask(block));
                break;
            default:
                y = NewBuffer(block.Label + ".output", block.Output);
                Add(Forward, "Softmax", block, $"softmax along [batch, {block.Output}]", x, Operand.Write(y), Operand.Batch, Operand.Of(block.Output));
                break;
        }

        _outputs.Add(y);
    }

    private void PlanLoss(PlannedBuffer gradient)
    {
        var toGradient = new Operand(OperandKind.WriteIfGradient, gradient.Name);
        Operand scores = Operand.Read(Scores);
        Operand targets = Operand.Of("TargetSlot");
        Operand losses = Operand.Of("LossSlot");
        Operand columns = Operand.Of(network.Output);
        Loss = network.Spec.Loss switch
        {
            LossKind.SoftmaxCrossEntropy => new Operation("SoftmaxCrossEntropy", "", $"log-sum-exp, loss and gradient in one pass [batch, {network.Output}]",
                new EquatableArray<Operand>([scores, targets, Operand.Of("targets"), losses, toGradient, probabilities ? Operand.Write(Output) : Operand.None, Operand.Batch, columns])),
            LossKind.Huber => Pointwise("Huber's loss", $"new {Names.Losses}.HuberError({Literals.Of(network.Spec.HuberDelta)})"),
            LossKind.MeanAbsoluteError => Pointwise("absolute error", $"default({Names.Losses}.AbsoluteError)"),
            _ => Pointwise("squared error", $"default({Names.Losses}.SquaredError)"),
        };

        Operation Pointwise(string what, string loss) => new(
            "PointwiseLoss", "", $"{what}, loss and gradient in one pass [batch, {network.Output}]",
            new EquatableArray<Operand>([scores, targets, losses, toGradient, Operand.Batch, columns, Operand.Of(loss)]));
    }

    // Takes the gradient by the block's output, gives the one by its input, which the last block on the way back does not compute.
    private PlannedBuffer PlanBackward(int index, PlannedBuffer gradient, bool isLast)
    {
        Block block = blocks[index];
        ShapedLayer layer = block.Layer;
        Operand dY = Operand.Read(gradient);
        switch (block.Kind)
        {
            case BlockKind.Dense:
                PlanTail(index, gradient, Operands.BiasGradient(layer));
                Add(Backward, "DenseWeightGradient", block, $"weight gradient [{block.Input}, batch] x [batch, {block.Output}]",
                    InputOf(index), dY, Operands.Gradient(layer, "Kernel"), Operand.Batch, Operand.Of(block.Input), Operand.Of(block.Output));
                if (isLast) return gradient;
                PlannedBuffer dX = NewBuffer(blocks[index - 1].Label + ".gradient", block.Input);
                Add(Backward, "DenseInputGradient", block, $"input gradient [batch, {block.Output}] x [{block.Output}, {block.Input}]",
                    dY, Operands.Parameter(layer, "Kernel"), Operand.Write(dX), Operand.Batch, Operand.Of(block.Input), Operand.Of(block.Output));
                return dX;
            case BlockKind.BatchNorm:
                AddWithFunctions(Backward, "BatchNormBackward", block, $"gradients through the statistics, in place [batch, {block.Output}]",
                    dY, InputOf(index), Operands.Parameter(layer, "Gamma"), Operands.Parameter(layer, "Beta"),
                    new Operand(OperandKind.Read, block.Label + ".mean"), new Operand(OperandKind.Read, block.Label + ".inverseDeviation"),
                    isLast ? Operand.None : Operand.Write(gradient), Operands.Gradient(layer, "Gamma"), Operands.Gradient(layer, "Beta"),
                    Operand.Batch, Operand.Of(block.Output), Operands.Mask(block));
                return gradient;
            case BlockKind.Pointwise:
                PlanTail(index, gradient, Operand.None);
                return gradient;
            default:
                Add(Backward, "SoftmaxBackward", block, $"gradient of softmax, in place [batch, {block.Output}]",
                    dY, Operand.Read(_outputs[index]), Operand.Write(gradient), Operand.Batch, Operand.Of(block.Output));
                return gradient;
        }
    }

    // The functions' and the dropout's share, in place, and the bias's gradient in the same pass.
    private void PlanTail(int index, PlannedBuffer gradient, Operand biasGradient)
    {
        Block block = blocks[index];
        bool nothing = block.IsIdentity && block.Dropout == 0;
        if (nothing && biasGradient == Operand.None) return;
        Operand saved =
            block.IsIdentity ? Operand.None :
            !block.DerivativeOfInput ? Operand.Read(_outputs[index]) :
            block.Kind == BlockKind.Dense ? Operand.Read(_saved[index]) :
            InputOf(index);
        string what = nothing ? "bias gradient" : biasGradient == Operand.None ? "gradient of the functions, in place" : "gradient of the functions, in place, and of the bias";
        AddWithFunctions(Backward, "PointwiseBackward", block, $"{what} [batch, {block.Output}]",
            Operand.Read(gradient), saved, Operand.Write(gradient), biasGradient, Operand.Batch, Operand.Of(block.Output), Operands.Mask(block));
    }

    private static void Add(List<Operation> operations, string method, Block block, string comment, params Operand[] operands)
        => operations.Add(new Operation(method, "", $"{block.Label}: {comment}", new EquatableArray<Operand>(operands)));

    private static void AddWithFunctions(List<Operation> operations, string method, Block block, string comment, params Operand[] operands)
        => operations.Add(new Operation(method, Operands.Function(block.Functions), $"{block.Label}: {comment}", new EquatableArray<Operand>(operands)));
}
