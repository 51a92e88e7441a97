using FastNets.Generators.Shapes;

namespace FastNets.Generators.Planning.Blocks;

/// <summary>Rows of a table, one for each whole number of the network's input.</summary>
internal sealed class EmbeddingBlock(string label, ShapedLayer layer, Port input) : Block(label, layer, input)
{
    public override bool Learns => true;

    public override bool PassesGradient => false;

    private Operand[] Sizes => [Operand.RowsOf(Layer.Output), Operand.Of(Layer.Settings.Vocabulary), Operand.Of(Layer.Output.Columns)];

    public override void Forward(ForwardPass pass)
    {
        Operand x = pass.InputOf(this);
        pass.Add("Embedding", this, $"rows of the table [{Layer.Settings.Vocabulary}, {Layer.Output.Columns}] -> {Layer.Output.OfBatch}",
            [x, Operands.Parameter(Layer, "Table"), Operand.Write(pass.NewOutput(this)), .. Sizes]);
    }

    public override void Backward(BackwardPass pass)
    {
        if (pass.Take(this) is not { } gradient) return;
        pass.Add("EmbeddingGradient", this, $"rows added up [{Layer.Settings.Vocabulary}, {Layer.Output.Columns}]", [pass.InputOf(this), gradient.Read, Operands.Gradient(Layer, "Table"), .. Sizes]);
    }
}

/// <summary>The MiniRocket features of each series.</summary>
internal sealed class MiniRocketBlock(string label, ShapedLayer layer, Port input) : Block(label, layer, input)
{
    public override bool PassesGradient => false;

    public override void Forward(ForwardPass pass)
    {
        Operand x = pass.InputOf(this);
        pass.Add("MiniRocket", this, $"transform {Layer.Input.OfBatch} -> {Layer.Output.OfBatch}",
            x, new Operand(OperandKind.Transform, Layer.Name), Operand.Write(pass.NewOutput(this)), Operand.Batch, Operand.Of(Layer.Input.Length), Operand.Of(Layer.Output.Columns));
    }
}
