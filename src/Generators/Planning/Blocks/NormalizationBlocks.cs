using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Planning.Blocks;

/// <summary>Batch normalisation with the batch's own statistics.</summary>
internal sealed class BatchNormBlock(string label, ShapedLayer layer, Port input) : Block(label, layer, input)
{
    private PlannedBuffer? _mean;
    private PlannedBuffer? _deviation;

    public override bool TakesFunctions => true;

    public override bool TakesDropout => true;

    public override bool Learns => true;

    public override void Forward(ForwardPass pass)
    {
        Operand x = pass.InputOf(this);
        Size columns = Layer.Output.Columns;
        _mean = pass.NewBuffer(Label + ".mean", columns, perSample: false);
        _deviation = pass.NewBuffer(Label + ".inverseDeviation", columns, perSample: false);
        PlannedBuffer y = pass.NewOutput(this);
        pass.Add("BatchNorm", Tail.Function, this, $"batch statistics; normalised, affine{Tail.Description} {Layer.Output.OfRows}",
            x, Operands.Parameter(Layer, "Gamma"), Operands.Parameter(Layer, "Beta"), Operands.Parameter(Layer, "RunningMean"), Operands.Parameter(Layer, "RunningVariance"),
            Operand.Write(_mean), Operand.Write(_deviation), Operand.Write(y), Operand.RowsOf(Layer.Output), Operand.Of(columns), Operands.Parameter(Layer, "Settings"), Tail.Mask);
    }

    public override void Backward(BackwardPass pass)
    {
        if (pass.Take(this) is not { } gradient) return;
        bool input = pass.IsNeeded(Inputs[0]);
        Gradient dX = input ? pass.InPlace(gradient, this, Length) : gradient;
        pass.Add("BatchNormBackward", Tail.Function, this, $"gradients through the statistics {Layer.Output.OfRows}",
            gradient.Read, pass.InputOf(this), Operands.Parameter(Layer, "Gamma"), Operands.Parameter(Layer, "Beta"), Operand.Read(_mean!), Operand.Read(_deviation!),
            input ? Operand.Write(dX.Buffer) : Operand.None, Operands.Gradient(Layer, "Gamma"), Operands.Gradient(Layer, "Beta"),
            Operand.RowsOf(Layer.Output), Operand.Of(Layer.Output.Columns), Tail.Mask);
        pass.Give(Inputs[0], dX);
    }
}

/// <summary>Batch normalisation by the running statistics, where it could not be folded into a neighbour: an affine map.</summary>
internal sealed class AffineBlock(BatchNormBlock norm, Port input) : Block(norm.Label, norm.Layer, input)
{
    public override void Forward(ForwardPass pass)
    {
        Operand x = pass.InputOf(this);
        pass.Add("Affine", Tail.Function, this, $"affine map{Tail.Description} {Layer.Output.OfRows}",
            x, Operands.Parameter(Layer, "Scale"), Operands.Parameter(Layer, "Shift"), Operand.Write(pass.NewOutput(this)), Operand.RowsOf(Layer.Output), Operand.Of(Layer.Output.Columns));
    }
}

/// <summary>Layer normalisation: each row by its own mean and variance.</summary>
internal sealed class LayerNormBlock(string label, ShapedLayer layer, Port input) : Block(label, layer, input)
{
    private PlannedBuffer? _mean;
    private PlannedBuffer? _deviation;

    public override bool TakesFunctions => true;

    public override bool TakesDropout => true;

    public override bool Learns => true;

    public override void Forward(ForwardPass pass)
    {
        Operand x = pass.InputOf(this);
        _mean = pass.NewBuffer(Label + ".mean", Layer.Output.Steps);
        _deviation = pass.NewBuffer(Label + ".inverseDeviation", Layer.Output.Steps);
        PlannedBuffer y = pass.NewOutput(this);
        pass.Add("LayerNorm", Tail.Function, this, $"each row normalised, affine{Tail.Description} {Layer.Output.OfRows}",
            x, Operands.Parameter(Layer, "Gamma"), Operands.Parameter(Layer, "Beta"), Operand.Write(_mean), Operand.Write(_deviation), Operand.Write(y),
            Operand.RowsOf(Layer.Output), Operand.Of(Layer.Output.Columns), Operand.Of(Literals.Of(Layer.Settings.Epsilon)), Tail.Mask);
    }

    public override void Backward(BackwardPass pass)
    {
        if (pass.Take(this) is not { } gradient) return;
        bool input = pass.IsNeeded(Inputs[0]);
        Gradient dX = input ? pass.InPlace(gradient, this, Length) : gradient;
        pass.Add("LayerNormBackward", Tail.Function, this, $"gradients through each row's statistics {Layer.Output.OfRows}",
            gradient.Read, pass.InputOf(this), Operands.Parameter(Layer, "Gamma"), Operands.Parameter(Layer, "Beta"), Operand.Read(_mean!), Operand.Read(_deviation!),
            input ? Operand.Write(dX.Buffer) : Operand.None, Operands.Gradient(Layer, "Gamma"), Operands.Gradient(Layer, "Beta"),
            Operand.RowsOf(Layer.Output), Operand.Of(Layer.Output.Columns), Tail.Mask);
        pass.Give(Inputs[0], dX);
    }
}
