using FastNets.Generators.Shapes;

namespace FastNets.Generators.Planning.Blocks;

/// <summary>A layer of the user's own, on spans.</summary>
internal sealed class CustomBlock(string label, ShapedLayer layer, Port input, string adapter) : Block(label, layer, input)
{
    public override bool Learns => Layer.Settings.Weights is not null;

    private Operand Weights => Learns ? Operands.Parameter(Layer, "Weights") : Operand.None;

    private Operand[] Sizes => [Operand.Batch, Operand.Of(Layer.Input.Length), Operand.Of(Layer.Output.Length)];

    public override void Forward(ForwardPass pass)
    {
        Operand x = pass.InputOf(this);
        pass.Add("Custom", adapter, this, $"the program's own {Layer.Input.OfBatch} -> {Layer.Output.OfBatch}", [x, Weights, Operand.Write(pass.NewOutput(this)), .. Sizes]);
    }

    public override void Backward(BackwardPass pass)
    {
        if (pass.Take(this) is not { } gradient) return;
        Operand dWeights = Learns ? Operands.Gradient(Layer, "Weights") : Operand.None;
        Operand[] read = [gradient.Read, pass.InputOf(this), Weights, pass.OutputOf(this)];
        if (pass.IsNeeded(Inputs[0]))
        {
            pass.Contribute(Inputs[0], canAdd: false, (dX, _) => pass.Add("CustomBackward", adapter, this, $"the program's own gradients {Layer.Input.OfBatch}", [.. read, dX, dWeights, .. Sizes]));
            return;
        }

        // The program's method always gets room for the input's gradient, wanted or not.
        Operand unused = Operand.Write(pass.NewBuffer(Label + ".inputGradient", Layer.Input.Length));
        pass.Add("CustomBackward", adapter, this, $"the program's own gradients {Layer.Input.OfBatch}", [.. read, unused, dWeights, .. Sizes]);
    }
}
