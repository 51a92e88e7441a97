using FastNets.Generators.Model;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Planning.Blocks;

/// <summary>The largest, or the mean, of each window over the steps of a sequence.</summary>
internal sealed class PoolingBlock(string label, ShapedLayer layer, Port input) : Block(label, layer, input)
{
    private bool IsMax => Layer.Spec.Kind == LayerKind.MaxPool1D;

    private string Method => IsMax ? "MaxPool1D" : "AveragePool1D";

    private Operand Sizes => Operand.Place(Layer.Name + ".Sizes");

    public override void Forward(ForwardPass pass)
    {
        Operand x = pass.InputOf(this);
        pass.Add(Method, this, $"windows of {Layer.Settings.KernelSize} steps {Layer.Input.OfBatch} -> {Layer.Output.OfBatch}",
            x, Operand.Write(pass.NewOutput(this)), Operand.Batch, Sizes);
    }

    public override void Backward(BackwardPass pass)
    {
        if (pass.Take(this) is not { } gradient) return;
        Operand[] read = IsMax ? [gradient.Read, pass.InputOf(this)] : [gradient.Read];
        pass.Contribute(Inputs[0], canAdd: true, (dX, add) => pass.Add(Method + "Backward", this, $"input gradient {Layer.Input.OfBatch}", [.. read, dX, Operand.Batch, Sizes, add]));
    }
}

/// <summary>The largest, or the mean, of all steps of a sequence.</summary>
internal sealed class GlobalPoolingBlock(string label, ShapedLayer layer, Port input, bool hasLengths) : Block(label, layer, input)
{
    private bool IsMax => Layer.Spec.Kind == LayerKind.GlobalMaxPool1D;

    private string Method => IsMax ? "GlobalMaxPool1D" : "GlobalAveragePool1D";

    private Operand Lengths => hasLengths ? Operand.Lengths : Operand.None;

    public override void Forward(ForwardPass pass)
    {
        Operand x = pass.InputOf(this);
        pass.Add(Method, this, $"over all steps {Layer.Input.OfBatch} -> {Layer.Output.OfBatch}",
            x, Lengths, Operand.Write(pass.NewOutput(this)), Operand.Batch, Operand.Of(Layer.Input.Steps), Operand.Of(Layer.Input.Columns));
    }

    public override void Backward(BackwardPass pass)
    {
        if (pass.Take(this) is not { } gradient) return;
        Operand[] read = IsMax ? [gradient.Read, pass.InputOf(this), Lengths] : [gradient.Read, Lengths];
        pass.Contribute(Inputs[0], canAdd: true, (dX, add) => pass.Add(Method + "Backward", this, $"input gradient {Layer.Input.OfBatch}",
            [.. read, dX, Operand.Batch, Operand.Of(Layer.Input.Steps), Operand.Of(Layer.Input.Columns), add]));
    }
}
