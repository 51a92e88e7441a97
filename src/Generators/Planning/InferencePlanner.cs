using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Planning;

/// <summary>The operations of inference: dropout is gone, batch normalisation is folded into the dense layer beside it where there is one.</summary>
internal sealed class InferencePlanner(List<Block> blocks, PlannedBuffer scores, PlannedBuffer output)
{
    private readonly List<Pending> _pending = [];

    public List<PlannedBuffer> Buffers { get; } = [];

    public List<Operation> Fold { get; } = [];

    public List<Operation> Infer { get; } = [];

    public List<FoldedPlace> Folded { get; } = [];

    public void Run()
    {
        Merge();
        Emit();
        if (scores != output)
        {
            Infer.Add(new Operation("Softmax", "", $"probabilities: softmax along [batch, {output.Columns}]",
                new EquatableArray<Operand>([Operand.Read(scores), Operand.Write(output), Operand.Batch, Operand.Of(output.Columns)])));
        }
    }

    // Blocks without their dropout, each batch normalisation folded where it can be.
    private void Merge()
    {
        Pending? waiting = null;
        foreach (Block block in blocks)
        {
            Pending? last = _pending.Count > 0 ? _pending[_pending.Count - 1] : null;
            if (block.Kind == BlockKind.BatchNorm)
            {
                AffineOf(block);
                if (waiting is null && last is { Block.Kind: BlockKind.Dense, Functions.Count: 0 })
                {
                    FoldAfter(last, block);
                    last.Functions = block.Functions;
                    last.Label += block.Label;
                    continue;
                }

                Flush(ref waiting);
                waiting = new Pending(block);
                // Only a map without functions can move into the product behind it.
                if (!block.IsIdentity) Flush(ref waiting);
            }
            else if (block.Kind == BlockKind.Dense)
            {
                var pending = new Pending(block);
                if (waiting is not null)
                {
                    FoldBefore(waiting.Block, pending);
                    pending.Label = waiting.Label + pending.Label;
                    waiting = null;
                }

                _pending.Add(pending);
            }
            else if (block.Kind == BlockKind.Softmax || !block.IsIdentity)
            {
                Flush(ref waiting);
                _pending.Add(new Pending(block));
            }
        }

        Flush(ref waiting);
        if (_pending.Count == 0) _pending.Add(new Pending(blocks[blocks.Count - 1] with { Kind = BlockKind.Pointwise, Functions = EquatableArray<string>.Empty }));
    }

    private void Flush(ref Pending? waiting)
    {
        if (waiting is not null) _pending.Add(waiting);
        waiting = null;
    }

    private void AffineOf(Block block)
    {
        ShapedLayer layer = block.Layer;
        AddFold("BatchNormAffine", block, $"running statistics as one affine map [{block.Output}]",
            Operands.Parameter(layer, "Gamma"), Operands.Parameter(layer, "Beta"), Operands.Parameter(layer, "RunningMean"), Operands.Parameter(layer, "RunningVariance"),
            NewFolded(layer, "Scale", null, block.Output), NewFolded(layer, "Shift", null, block.Output),
            Operand.Of(block.Output), Operand.Of(Literals.Of(layer.Spec.Settings.Epsilon)));
    }

    private void FoldBefore(Block norm, Pending dense)
    {
        ShapedLayer layer = dense.Block.Layer;
        (Operand kernel, Operand bias) = (dense.Kernel, dense.Bias);
        dense.Kernel = NewFolded(layer, "Kernel.Folded", layer.Input, layer.Output);
        dense.Bias = NewFolded(layer, "Bias.Folded", null, layer.Output);
        AddFold("FoldBefore", dense.Block, $"{norm.Label} goes into the kernel [{layer.Input}, {layer.Output}]",
            kernel, bias, Affine(norm, "Scale"), Affine(norm, "Shift"), dense.Kernel, dense.Bias, Operand.Of(layer.Input), Operand.Of(layer.Output));
    }

    private void FoldAfter(Pending dense, Block norm)
    {
        ShapedLayer layer = dense.Block.Layer;
        (Operand kernel, Operand bias) = (dense.Kernel, dense.Bias);
        if (!dense.IsFolded)
        {
            dense.Kernel = NewFolded(layer, "Kernel.Folded", layer.Input, layer.Output);
            dense.Bias = NewFolded(layer, "Bias.Folded", null, layer.Output);
        }

        AddFold("FoldAfter", dense.Block, $"{norm.Label} goes into the kernel [{layer.Input}, {layer.Output}]",
            kernel, bias, Affine(norm, "Scale"), Affine(norm, "Shift"), dense.Kernel, dense.Bias, Operand.Of(layer.Input), Operand.Of(layer.Output));
    }

    private void Emit()
    {
        Operand x = Operand.Input;
        // Labels were joined while folding and may have become the same.
        var taken = new HashSet<string>();
        for (int i = 0; i < _pending.Count; i++)
        {
            Pending pending = _pending[i];
            Block block = pending.Block;
            PlannedBuffer y = scores;
            if (i < _pending.Count - 1)
            {
                y = new PlannedBuffer(Identifiers.Unique(taken, pending.Label) + ".inference", block.Output, PerSample: true);
                Buffers.Add(y);
            }

            string functions = string.Concat(pending.Functions.Select(f => ", " + f));
            string function = Operands.Function(pending.Functions);
            Infer.Add(block.Kind switch
            {
                BlockKind.Dense => new Operation("Dense", function, $"{pending.Label}: product [batch, {block.Input}] x [{block.Input}, {block.Output}], bias{functions}",
                    new EquatableArray<Operand>([x, pending.Kernel, pending.Bias, Operand.None, Operand.Write(y), Operand.Batch, Operand.Of(block.Input), Operand.Of(block.Output), Operands.NoMask])),
                BlockKind.BatchNorm => new Operation("Affine", function, $"{pending.Label}: affine map{functions} [batch, {block.Output}]",
                    new EquatableArray<Operand>([x, Affine(block, "Scale"), Affine(block, "Shift"), Operand.Write(y), Operand.Batch, Operand.Of(block.Output)])),
                BlockKind.Pointwise => new Operation("Pointwise", function, $"{pending.Label}: one loop{functions} [batch, {block.Output}]",
                    new EquatableArray<Operand>([x, Operand.Write(y), Operand.Batch, Operand.Of(block.Output), Operands.NoMask])),
                _ => new Operation("Softmax", "", $"{pending.Label}: softmax along [batch, {block.Output}]",
                    new EquatableArray<Operand>([x, Operand.Write(y), Operand.Batch, Operand.Of(block.Output)])),
            });
            x = Operand.Read(y);
        }
    }

    private Operand NewFolded(ShapedLayer layer, string part, Size? rows, Size columns)
    {
        var place = new FoldedPlace($"{layer.Spec.Name}.{part}", rows, columns);
        Folded.Add(place);
        return Operand.Place(place.Key);
    }

    private static Operand Affine(Block norm, string part) => Operands.Parameter(norm.Layer, part);

    private void AddFold(string method, Block block, string comment, params Operand[] operands)
        => Fold.Add(new Operation(method, "", $"{block.Label}: {comment}", new EquatableArray<Operand>(operands)));

    /// <summary>A block on its way into inference.</summary>
    private sealed class Pending(Block block)
    {
        public Block Block { get; } = block;

        public string Label { get; set; } = block.Label;

        public EquatableArray<string> Functions { get; set; } = block.Functions;

        public Operand Kernel { get; set; } = block.Kind == BlockKind.Dense ? Operands.Parameter(block.Layer, "Kernel") : Operand.None;

        public Operand Bias { get; set; } = block.Kind == BlockKind.Dense ? Operands.Bias(block.Layer) : Operand.None;

        public bool IsFolded => Kernel != Operands.Parameter(Block.Layer, "Kernel");
    }
}
