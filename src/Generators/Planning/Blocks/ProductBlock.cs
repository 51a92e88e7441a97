using FastNets.Generators.Model;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Planning.Blocks;

/// <summary>A product with a kernel and a bias, a tail in its epilogue: what batch normalisation can be folded into.</summary>
internal abstract class ProductBlock(string label, ShapedLayer layer, Port input) : Block(label, layer, input)
{
    private PlannedBuffer? _preactivation;

    public override bool TakesFunctions => true;

    public override bool TakesDropout => true;

    public override bool Learns => true;

    /// <summary>The rows of the kernel as a matrix [rows, units].</summary>
    public abstract Size KernelRows { get; }

    public Size Units => Layer.Output.Columns;

    public Operand Kernel { get; set; } = Operands.Parameter(layer, "Kernel");

    public Operand Bias { get; set; } = Operands.Bias(layer);

    /// <summary>Whether something was folded into the kernel.</summary>
    public bool IsFolded => Kernel != Operands.Parameter(Layer, "Kernel");

    public sealed override void Forward(ForwardPass pass)
    {
        Operand preactivation = Operand.None;
        if (pass.Training && Tail.DerivativeOfInput)
        {
            _preactivation = pass.NewBuffer(Label + ".preactivation", Length);
            preactivation = Operand.Write(_preactivation);
        }

        Operand x = pass.InputOf(this);
        Multiply(pass, x, preactivation, Operand.Write(pass.NewOutput(this)));
    }

    public sealed override void Backward(BackwardPass pass)
    {
        if (pass.Take(this) is not { } gradient) return;
        Operand saved = _preactivation is { } kept ? Operand.Read(kept) : pass.OutputOf(this);
        // Before a batch normalisation the bias's gradient is 0, as gradients start. Its sum would be rounding, which optimizers that divide by its size make steps of.
        Operand biasGradient = pass.IsCentredAfter(this) ? Operand.None : Operands.BiasGradient(Layer);
        gradient = pass.BackThroughTail(this, gradient, saved, biasGradient, Layer.Output);
        MultiplyBack(pass, gradient.Read);
    }

    protected abstract void Multiply(ForwardPass pass, Operand x, Operand preactivation, Operand y);

    /// <summary>The gradients of kernel and input, given the product's.</summary>
    protected abstract void MultiplyBack(BackwardPass pass, Operand dZ);
}

/// <summary>A dense layer; on a sequence, the same for each step.</summary>
internal sealed class DenseBlock(string label, ShapedLayer layer, Port input) : ProductBlock(label, layer, input)
{
    public override Size KernelRows => Layer.Input.Columns;

    private Operand Rows => Operand.RowsOf(Layer.Input);

    protected override void Multiply(ForwardPass pass, Operand x, Operand preactivation, Operand y)
    {
        string bias = Bias == Operand.None ? "" : ", bias";
        pass.Add("Dense", Tail.Function, this, $"product {Layer.Input.OfRows} x [{KernelRows}, {Units}]{bias}{Tail.Description}",
            x, Kernel, Bias, preactivation, y, Rows, Operand.Of(KernelRows), Operand.Of(Units), Tail.Mask);
    }

    protected override void MultiplyBack(BackwardPass pass, Operand dZ)
    {
        pass.Add("DenseWeightGradient", this, $"weight gradient {Transposed(Layer.Input)} x {Layer.Output.OfRows}",
            pass.InputOf(this), dZ, Operands.Gradient(Layer, "Kernel"), Rows, Operand.Of(KernelRows), Operand.Of(Units), Operand.Of(false));
        pass.Contribute(Inputs[0], canAdd: true, (dX, add) => pass.Add("DenseInputGradient", this, $"input gradient {Layer.Output.OfRows} x [{Units}, {KernelRows}]",
            dZ, Kernel, dX, Rows, Operand.Of(KernelRows), Operand.Of(Units), add));
    }

    private static string Transposed(Shape shape) => shape.IsSequence ? $"[{shape.Columns}, batch * {shape.Steps.AsFactor}]" : $"[{shape.Columns}, batch]";
}

/// <summary>A convolution over the steps of a sequence.</summary>
internal sealed class ConvolutionBlock(string label, ShapedLayer layer, Port input) : ProductBlock(label, layer, input)
{
    public override Size KernelRows => Layer.Settings.KernelSize * Layer.Input.Columns;

    private Operand Sizes => Operand.Place(Layer.Name + ".Sizes");

    protected override void Multiply(ForwardPass pass, Operand x, Operand preactivation, Operand y)
    {
        string bias = Bias == Operand.None ? "" : ", bias";
        pass.Add("Conv1D", Tail.Function, this,
            $"convolution {Layer.Input.OfBatch} * [{Layer.Settings.KernelSize}, {Layer.Input.Columns}, {Units}] -> {Layer.Output.OfBatch}{bias}{Tail.Description}",
            x, Kernel, Bias, preactivation, y, Operand.Batch, Sizes, Tail.Mask);
    }

    protected override void MultiplyBack(BackwardPass pass, Operand dZ)
    {
        pass.Add("Conv1DWeightGradient", this, $"weight gradient [{Layer.Settings.KernelSize}, {Layer.Input.Columns}, {Units}]",
            pass.InputOf(this), dZ, Operands.Gradient(Layer, "Kernel"), Operand.Batch, Sizes);
        pass.Contribute(Inputs[0], canAdd: true, (dX, add) => pass.Add("Conv1DInputGradient", this, $"input gradient {Layer.Input.OfBatch}",
            dZ, Kernel, dX, Operand.Batch, Sizes, add));
    }
}
