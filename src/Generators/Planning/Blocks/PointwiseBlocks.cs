using FastNets.Generators.Model;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Planning.Blocks;

/// <summary>Nothing but a tail: functions in one loop, or a copy where there are none.</summary>
internal sealed class PointwiseBlock(string label, ShapedLayer layer, Port input) : Block(label, layer, input)
{
    public override bool TakesFunctions => true;

    public override bool TakesDropout => true;

    public override void Forward(ForwardPass pass)
    {
        Operand x = pass.InputOf(this);
        pass.Add("Pointwise", Tail.Function, this, $"one loop{Tail.Description} {Layer.Output.OfRows}",
            x, Operand.Write(pass.NewOutput(this)), Operand.RowsOf(Layer.Output), Operand.Of(Layer.Output.Columns), Tail.Mask);
    }

    public override void Backward(BackwardPass pass)
    {
        if (pass.Take(this) is not { } gradient) return;
        Operand saved = Tail.DerivativeOfInput ? pass.InputOf(this) : pass.OutputOf(this);
        pass.Give(Inputs[0], pass.BackThroughTail(this, gradient, saved, Operand.None, Layer.Output));
    }
}

/// <summary>Softmax along each row.</summary>
internal sealed class SoftmaxBlock(string label, ShapedLayer layer, Port input) : Block(label, layer, input)
{
    public override void Forward(ForwardPass pass)
    {
        Operand x = pass.InputOf(this);
        pass.Add("Softmax", this, $"softmax along {Layer.Output.OfRows}",
            x, Operand.Write(pass.NewOutput(this)), Operand.RowsOf(Layer.Output), Operand.Of(Layer.Output.Columns));
    }

    public override void Backward(BackwardPass pass)
    {
        if (pass.Take(this) is not { } gradient) return;
        Gradient dX = pass.InPlace(gradient, this, Length);
        pass.Add("SoftmaxBackward", this, $"gradient of softmax {Layer.Output.OfRows}",
            gradient.Read, pass.OutputOf(this), Operand.Write(dX.Buffer), Operand.RowsOf(Layer.Output), Operand.Of(Layer.Output.Columns));
        pass.Give(Inputs[0], dX);
    }
}

/// <summary>The sum of several inputs; a function of the output's derivative goes into the same pass.</summary>
internal sealed class AddBlock(string label, ShapedLayer layer, Port[] inputs) : Block(label, layer, inputs)
{
    // The sum itself is nowhere kept, so a function whose derivative wants it stays a pass of its own.
    public override bool Takes(TailFunction function) => Tail.IsIdentity && !function.DerivativeOfInput;

    public override bool TakesDropout => true;

    public override void Forward(ForwardPass pass)
    {
        Operand[] inputs = [.. Inputs.Select(pass.Read)];
        PlannedBuffer y = pass.NewOutput(this);
        Operand sum = inputs[0];
        for (int i = 1; i < inputs.Length; i++)
        {
            bool last = i == inputs.Length - 1;
            Tail tail = last ? Tail : Tail.Empty;
            pass.Add("Add", tail.Function, this, $"sum{tail.Description} {Layer.Output.OfRows}",
                sum, inputs[i], Operand.Write(y), Operand.RowsOf(Layer.Output), Operand.Of(Layer.Output.Columns), tail.Mask);
            sum = Operand.Read(y);
        }
    }

    public override void Backward(BackwardPass pass)
    {
        if (pass.Take(this) is not { } gradient) return;
        gradient = pass.BackThroughTail(this, gradient, pass.OutputOf(this), Operand.None, Layer.Output);
        // The same gradient serves all inputs: whoever wants to change it takes a copy while it serves others.
        gradient.Users += Inputs.Length - 1;
        foreach (Port input in Inputs) pass.Give(input, gradient);
    }
}

/// <summary>Several inputs side by side, column by column.</summary>
internal sealed class ConcatBlock(string label, ShapedLayer layer, Port[] inputs, Shape[] shapes) : Block(label, layer, inputs)
{
    public override void Forward(ForwardPass pass)
    {
        Operand[] inputs = [.. Inputs.Select(pass.Read)];
        PlannedBuffer y = pass.NewOutput(this);
        Size offset = Size.Of(0);
        for (int i = 0; i < inputs.Length; i++)
        {
            Size columns = shapes[i].Columns;
            pass.Add("CopyColumns", this, $"{shapes[i].OfRows} into columns from {offset} on of {Layer.Output.OfRows}",
                inputs[i], Operand.Of(columns), Operand.Of(0), Operand.Write(y), Operand.Of(Layer.Output.Columns), Operand.Of(offset), Operand.RowsOf(Layer.Output), Operand.Of(columns), Operand.Of(false));
            offset += columns;
        }
    }

    public override void Backward(BackwardPass pass)
    {
        if (pass.Take(this) is not { } gradient) return;
        Size offset = Size.Of(0);
        for (int i = 0; i < Inputs.Length; i++)
        {
            Size columns = shapes[i].Columns;
            Operand from = Operand.Of(offset);
            string comment = $"columns from {offset} on of {Layer.Output.OfRows}";
            pass.Contribute(Inputs[i], canAdd: true, (dX, add) => pass.Add("CopyColumns", this, comment,
                gradient.Read, Operand.Of(Layer.Output.Columns), from, dX, Operand.Of(columns), Operand.Of(0), Operand.RowsOf(Layer.Output), Operand.Of(columns), add));
            offset += columns;
        }
    }
}

/// <summary>A sequence with its first two dimensions swapped: samples one after another, or steps.</summary>
internal sealed class SwapAxesBlock(string label, ShapedLayer layer, Port input, Shape shape) : Block(label, layer, input)
{
    public override Size Length => shape.Length;

    private Operand First => Order == RowOrder.TimeFirst ? Operand.Batch : Operand.Of(shape.Steps);

    private Operand Second => Order == RowOrder.TimeFirst ? Operand.Of(shape.Steps) : Operand.Batch;

    public override void Forward(ForwardPass pass)
    {
        Operand x = pass.InputOf(this);
        pass.Add("SwapAxes", this, Order == RowOrder.TimeFirst ? $"{shape.OfBatch} -> [{shape.Steps}, batch, {shape.Columns}]" : $"[{shape.Steps}, batch, {shape.Columns}] -> {shape.OfBatch}",
            x, Operand.Write(pass.NewOutput(this)), First, Second, Operand.Of(shape.Columns));
    }

    public override void Backward(BackwardPass pass)
    {
        if (pass.Take(this) is not { } gradient) return;
        pass.Contribute(Inputs[0], canAdd: false, (dX, _) => pass.Add("SwapAxes", this, "gradient with its axes swapped back",
            gradient.Read, dX, Second, First, Operand.Of(shape.Columns)));
    }
}
