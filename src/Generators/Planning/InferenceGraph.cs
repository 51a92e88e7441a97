using FastNets.Generators.Model;
using FastNets.Generators.Planning.Blocks;

namespace FastNets.Generators.Planning;

/// <summary>The blocks as inference runs them: dropout is gone, batch normalisation is folded into the product beside it where there is one.</summary>
internal sealed class InferenceGraph
{
    private readonly BlockGraph _training;
    private readonly Dictionary<Port, Port> _ports = new() { [Port.NetworkInput] = Port.NetworkInput };
    private readonly Dictionary<int, BatchNormBlock> _before = [];
    private readonly List<Action<ForwardPass>> _folds = [];

    private InferenceGraph(BlockGraph training) => _training = training;

    public BlockGraph Graph { get; } = new();

    /// <summary>Makes the graph of inference; training's forward pass must have been planned.</summary>
    public static InferenceGraph Of(BlockGraph training)
    {
        var inference = new InferenceGraph(training);
        for (int i = 0; i < training.Blocks.Count; i++) inference.Map(i);
        inference.SetOutput();
        return inference;
    }

    /// <summary>The operations that fold.</summary>
    public void Fold(ForwardPass pass)
    {
        foreach (Action<ForwardPass> fold in _folds) fold(pass);
    }

    private void Map(int number)
    {
        Block block = _training.Blocks[number];
        var port = new Port(number);
        if (block is PointwiseBlock { Tail.IsIdentity: true })
        {
            // Nothing but a dropout, or nothing at all.
            _ports[port] = Mapped(block.Inputs[0]);
            return;
        }

        if (block is BatchNormBlock norm)
        {
            MapNorm(norm, port);
            return;
        }

        Block copy = block.ForInference(Mapped);
        if (copy is DenseBlock dense && _before.TryGetValue(number, out BatchNormBlock? before))
        {
            dense.Label = before.Label + dense.Label;
            FoldInto(dense, before, "FoldBefore");
        }

        Port mapped = Graph.Add(copy);
        foreach (int output in new[] { 0, ScanBlock.FinalHidden, ScanBlock.FinalCell }) _ports[new Port(number, output)] = mapped with { Output = output };
    }

    private void MapNorm(BatchNormBlock norm, Port port)
    {
        Port input = Mapped(norm.Inputs[0]);
        _folds.Add(pass => Affine(pass, norm));
        // A product whose output goes nowhere but here and through no function takes the map into its kernel; a Flatten between them makes other columns.
        if (!input.IsNetworkInput && Graph.Blocks[input.Block] is ProductBlock { Tail.IsIdentity: true } product && product.Units == norm.Layer.Output.Columns && IsOnlyRead(norm.Inputs[0]))
        {
            FoldInto(product, norm, "FoldAfter");
            product.Tail = norm.Tail.WithoutDropout;
            product.Label += norm.Label;
            _ports[port] = input;
            return;
        }

        // Only a map without functions can move into the product behind it, and only where that is the one reader and there is no padding between.
        if (norm.Tail.IsIdentity && OnlyReader(port) is { } reader && _training.Blocks[reader] is DenseBlock dense && dense.KernelRows == norm.Layer.Output.Columns)
        {
            _before[reader] = norm;
            _ports[port] = input;
            return;
        }

        _ports[port] = Graph.Add(new AffineBlock(norm, input) { Tail = norm.Tail.WithoutDropout, Order = norm.Order });
    }

    // The number of the one block that reads an output; blocks that inference leaves out are looked through.
    private int? OnlyReader(Port port)
    {
        if (_training.UsesOf(port) != 1 || _training.Output == port) return null;
        int reader = _training.Blocks.FindIndex(b => b.Inputs.Contains(port));
        return _training.Blocks[reader] is PointwiseBlock { Tail.IsIdentity: true } ? OnlyReader(new Port(reader)) : reader;
    }

    // Whether an output, and what it is when inference has left out dropouts before it, has one reader.
    private bool IsOnlyRead(Port port)
        => _training.UsesOf(port) == 1 && (_training.Blocks[port.Block] is not PointwiseBlock { Tail.IsIdentity: true } copy || copy.Inputs[0].IsNetworkInput || IsOnlyRead(copy.Inputs[0]));

    private void FoldInto(ProductBlock product, BatchNormBlock norm, string method)
    {
        (Operand kernel, Operand bias) = (product.Kernel, product.Bias);
        string name = product.Layer.Name;
        bool first = !product.IsFolded;
        product.Kernel = Operand.Place(name + ".Kernel.Folded");
        product.Bias = Operand.Place(name + ".Bias.Folded");
        _folds.Add(pass =>
        {
            if (first)
            {
                pass.NewFolded(name + ".Kernel.Folded", product.KernelRows, product.Units);
                pass.NewFolded(name + ".Bias.Folded", null, product.Units);
            }

            pass.AddFold(method, "", product, $"{norm.Label} goes into the kernel [{product.KernelRows}, {product.Units}]",
                kernel, bias, Operands.Parameter(norm.Layer, "Scale"), Operands.Parameter(norm.Layer, "Shift"), product.Kernel, product.Bias,
                Operand.Of(product.KernelRows), Operand.Of(product.Units));
        });
    }

    private static void Affine(ForwardPass pass, BatchNormBlock norm)
    {
        Size columns = norm.Layer.Output.Columns;
        string name = norm.Layer.Name;
        pass.AddFold("BatchNormAffine", "", norm, $"running statistics as one affine map [{columns}]",
            Operands.Parameter(norm.Layer, "Gamma"), Operands.Parameter(norm.Layer, "Beta"), Operands.Parameter(norm.Layer, "RunningMean"), Operands.Parameter(norm.Layer, "RunningVariance"),
            pass.NewFolded(name + ".Scale", null, columns), pass.NewFolded(name + ".Shift", null, columns), Operand.Of(columns), Operand.Of(Helpers.Literals.Of(norm.Layer.Settings.Epsilon)));
    }

    private void SetOutput()
    {
        Port output = Mapped(_training.Output);
        if (output.IsNetworkInput || !Graph.Blocks[output.Block].GivesWholeBuffer)
        {
            Block last = _training.Blocks[_training.Output.Block];
            output = Graph.Add(new PointwiseBlock(last.Label, last.Layer, output));
        }

        Graph.Output = output;
    }

    private Port Mapped(Port port) => _ports[port];
}
