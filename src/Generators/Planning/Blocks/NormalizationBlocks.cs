using FastNets.Generators.Helpers;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Planning.Blocks;

/// <summary>Means and variances, the normalised values' affine map and a tail, in two passes.</summary>
internal abstract class NormalizationBlock(string label, ShapedLayer layer, Port input) : Block(label, layer, input)
{
    private PlannedBuffer? _mean;
    private PlannedBuffer? _deviation;

    public sealed override bool TakesFunctions => true;

    public sealed override bool TakesDropout => true;

    public sealed override bool Learns => true;

    /// <summary>The backend's operation; its backward half is called so with <c>Backward</c> behind it.</summary>
    protected abstract string Method { get; }

    /// <summary>What is normalised, for comments.</summary>
    protected abstract string What { get; }

    /// <summary>Statistics that are updated, if there are any.</summary>
    protected abstract Operand[] Running { get; }

    /// <summary>The operation's settings.</summary>
    protected abstract Operand Setting { get; }

    private Operand[] Weights => [Operands.Parameter(Layer, "Gamma"), Operands.Parameter(Layer, "Beta")];

    private Operand[] Sizes => [Operand.RowsOf(Layer.Output), Operand.Of(Layer.Output.Columns)];

    public sealed override void Forward(ForwardPass pass)
    {
        Operand x = pass.InputOf(this);
        _mean = NewStatistics(pass, Label + ".mean");
        _deviation = NewStatistics(pass, Label + ".inverseDeviation");
        PlannedBuffer y = pass.NewOutput(this);
        pass.Add(Method, Tail.Function, this, $"{What} statistics; normalised, affine{Tail.Description} {Layer.Output.OfRows}",
            [x, .. Weights, .. Running, Operand.Write(_mean), Operand.Write(_deviation), Operand.Write(y), .. Sizes, Setting, Tail.Mask]);
    }

    public sealed override void Backward(BackwardPass pass)
    {
        if (pass.Take(this) is not { } gradient) return;
        bool input = pass.IsNeeded(Inputs[0]);
        Gradient dX = input ? pass.InPlace(gradient, this, Length) : gradient;
        pass.Add(Method + "Backward", Tail.Function, this, $"gradients through {What} statistics {Layer.Output.OfRows}",
            [gradient.Read, pass.InputOf(this), .. Weights, Operand.Read(_mean!), Operand.Read(_deviation!),
                input ? Operand.Write(dX.Buffer) : Operand.None, Operands.Gradient(Layer, "Gamma"), Operands.Gradient(Layer, "Beta"), .. Sizes, Tail.Mask]);
        pass.Give(Inputs[0], dX);
    }

    /// <summary>A buffer for one of the statistics.</summary>
    protected abstract PlannedBuffer NewStatistics(ForwardPass pass, string name);
}

/// <summary>Batch normalisation with the batch's own statistics.</summary>
internal sealed class BatchNormBlock(string label, ShapedLayer layer, Port input) : NormalizationBlock(label, layer, input)
{
    protected override string Method => "BatchNorm";

    protected override string What => "the batch's";

    protected override Operand[] Running => [Operands.Parameter(Layer, "RunningMean"), Operands.Parameter(Layer, "RunningVariance")];

    protected override Operand Setting => Operands.Parameter(Layer, "Settings");

    protected override PlannedBuffer NewStatistics(ForwardPass pass, string name) => pass.NewBuffer(name, Layer.Output.Columns, perSample: false);
}

/// <summary>Layer normalisation: each row by its own mean and variance.</summary>
internal sealed class LayerNormBlock(string label, ShapedLayer layer, Port input) : NormalizationBlock(label, layer, input)
{
    protected override string Method => "LayerNorm";

    protected override string What => "each row's";

    protected override Operand[] Running => [];

    protected override Operand Setting => Operand.Of(Literals.Of(Layer.Settings.Epsilon));

    protected override PlannedBuffer NewStatistics(ForwardPass pass, string name) => pass.NewBuffer(name, Layer.Output.Steps);
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
