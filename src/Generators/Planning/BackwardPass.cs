using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Planning.Blocks;

namespace FastNets.Generators.Planning;

/// <summary>The gradient by an output: its buffer, which the gradients of several outputs may have in common.</summary>
internal sealed class Gradient(PlannedBuffer buffer)
{
    public PlannedBuffer Buffer { get; } = buffer;

    /// <summary>How many outputs have this gradient: as long as there are several it must not be written to.</summary>
    public int Users { get; set; } = 1;

    public Operand Read => Operand.Read(Buffer);
}

/// <summary>Collects the operations and buffers of the backward pass.</summary>
/// <remarks>
/// Blocks are visited from the last to the first, so that all users of an output have given their share before the block itself asks for the sum.
/// </remarks>
internal sealed class BackwardPass
{
    private readonly Dictionary<Port, Gradient> _gradients = [];
    private readonly HashSet<string> _taken = [];
    private readonly ForwardPass _forward;
    private readonly bool[] _needed;

    public BackwardPass(ForwardPass forward, Gradient ofScores)
    {
        _forward = forward;
        _gradients[forward.Graph.Output] = ofScores;
        _taken.Add(ofScores.Buffer.Name);
        List<Block> blocks = forward.Graph.Blocks;
        _needed = new bool[blocks.Count];
        for (int i = 0; i < blocks.Count; i++) _needed[i] = blocks[i].Learns || (blocks[i].PassesGradient && blocks[i].Inputs.Any(IsNeeded));
    }

    public List<PlannedBuffer> Buffers { get; } = [];

    public List<Operation> Operations { get; } = [];

    public void Run()
    {
        List<Block> blocks = _forward.Graph.Blocks;
        for (int i = blocks.Count - 1; i >= 0; i--)
        {
            if (_needed[i]) blocks[i].Backward(this);
        }
    }

    /// <summary>Whether anything learns at or before an output.</summary>
    public bool IsNeeded(Port port) => !port.IsNetworkInput && _needed[port.Block];

    /// <summary>
    /// Whether a constant added to each column of a block's output changes nothing, because batch normalisation takes the mean away again.
    /// </summary>
    public bool IsCentredAfter(Block block)
    {
        var port = new Port(_forward.Graph.Blocks.IndexOf(block));
        return block.Tail.IsEmpty && _forward.Graph.UsesOf(port) == 1 && _forward.Graph.Blocks.Any(b => b is BatchNormBlock && b.Inputs.Contains(port));
    }

    /// <summary>Where the forward pass left an output.</summary>
    public Operand Read(Port port) => _forward.Read(port);

    /// <summary>Where the forward pass found a block's first input.</summary>
    public Operand InputOf(Block block) => _forward.InputOf(block);

    /// <summary>Where the forward pass left a block's output.</summary>
    public Operand OutputOf(Block block) => _forward.Read(new Port(_forward.Graph.Blocks.IndexOf(block)));

    public PlannedBuffer NewBuffer(string name, Size columns, bool perSample = true)
    {
        var buffer = new PlannedBuffer(Identifiers.Unique(_taken, name), columns, perSample);
        Buffers.Add(buffer);
        return buffer;
    }

    /// <summary>The gradient by a block's output; null where nothing that makes the loss depends on it.</summary>
    public Gradient? Take(Block block, int output = 0)
    {
        var port = new Port(_forward.Graph.Blocks.IndexOf(block), output);
        if (!_gradients.TryGetValue(port, out Gradient? gradient)) return null;
        _gradients.Remove(port);
        return gradient;
    }

    /// <summary>A gradient to write where another is read: the same buffer, unless it still serves another output.</summary>
    public Gradient InPlace(Gradient gradient, Block block, Size length)
    {
        if (gradient.Users == 1) return gradient;
        gradient.Users--;
        return new Gradient(NewBuffer(block.Label + ".gradient", length));
    }

    /// <summary>An input's share of the gradient, computed by one operation that writes or, where it can, adds to what is there.</summary>
    /// <param name="port">The input.</param>
    /// <param name="canAdd">Whether the operation can add.</param>
    /// <param name="emit">Adds the operation: where it writes, and whether it adds.</param>
    public void Contribute(Port port, bool canAdd, Action<Operand, Operand> emit)
    {
        if (!IsNeeded(port)) return;
        if (canAdd && _gradients.TryGetValue(port, out Gradient? sum) && sum.Users == 1)
        {
            emit(Operand.Write(sum.Buffer), Operand.Of(true));
            return;
        }

        Gradient share = NewGradient(port);
        emit(Operand.Write(share.Buffer), Operand.Of(false));
        Give(port, share);
    }

    /// <summary>A buffer for an input's share of the gradient, to be given when it is written; null where none is wanted.</summary>
    public Gradient? NewShare(Port port) => IsNeeded(port) ? NewGradient(port) : null;

    /// <summary>An input's share of the gradient that is there already.</summary>
    public void Give(Port port, Gradient share)
    {
        if (!IsNeeded(port))
        {
            share.Users--;
            return;
        }

        if (!_gradients.TryGetValue(port, out Gradient? sum))
        {
            _gradients[port] = share;
            return;
        }

        // Into the one that may be written to; a third buffer where neither may.
        Gradient target = sum.Users == 1 ? sum : share.Users == 1 ? share : NewGradient(port);
        if (target != sum) sum.Users--;
        if (target != share) share.Users--;
        Size length = LengthOf(port);
        Operations.Add(new Operation(
            "Add", Names.Activations + ".Identity", $"{LabelOf(port)}: gradients of its users added up [batch, {length}]",
            new EquatableArray<Operand>([sum.Read, share.Read, Operand.Write(target.Buffer), Operand.Batch, Operand.Of(length), Operand.NoMask])));
        _gradients[port] = target;
    }

    public void Add(string method, string function, Block block, string comment, params Operand[] operands)
        => Operations.Add(new Operation(method, function, $"{block.Label}: {comment}", new EquatableArray<Operand>(operands)));

    public void Add(string method, Block block, string comment, params Operand[] operands) => Add(method, "", block, comment, operands);

    /// <summary>The last operation is done on a condition only.</summary>
    public void When(string condition) => Operations[Operations.Count - 1] = Operations[Operations.Count - 1] with { Condition = condition };

    /// <summary>
    /// The share of functions, dropout and bias in one pass; gives the gradient by what goes into the functions.
    /// </summary>
    public Gradient BackThroughTail(Block block, Gradient gradient, Operand saved, Operand biasGradient, Shape shape)
    {
        if (block.Tail.IsEmpty && biasGradient == Operand.None) return gradient;
        Operand rows = Operand.RowsOf(shape);
        Operand columns = Operand.Of(shape.Columns);
        if (block.Tail.IsEmpty)
        {
            Add("PointwiseBackward", block.Tail.Function, block, $"bias gradient {shape.OfRows}", gradient.Read, Operand.None, Operand.None, biasGradient, rows, columns, Operand.NoMask);
            return gradient;
        }

        Gradient before = InPlace(gradient, block, shape.Length);
        string what = biasGradient == Operand.None ? "gradient of the functions" : "gradient of the functions and of the bias";
        Add("PointwiseBackward", block.Tail.Function, block, $"{what} {shape.OfRows}",
            gradient.Read, block.Tail.IsIdentity ? Operand.None : saved, Operand.Write(before.Buffer), biasGradient, rows, columns, block.Tail.Mask);
        return before;
    }

    private Gradient NewGradient(Port port) => new(NewBuffer(LabelOf(port) + ".gradient", LengthOf(port)));

    private string LabelOf(Port port)
        => _forward.Graph.Blocks[port.Block].Label + (port.Output == 0 ? "" : ".state" + Literals.Of(port.Output));

    private Size LengthOf(Port port) => _forward.Graph.LengthOf(port);
}
