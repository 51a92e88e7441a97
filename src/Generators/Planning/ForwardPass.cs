using FastNets.Generators.Helpers;
using FastNets.Generators.Model;

namespace FastNets.Generators.Planning;

/// <summary>Collects the operations and buffers of a forward pass, of training or of inference.</summary>
/// <param name="graph">The blocks.</param>
/// <param name="scores">Where the last block's output must go; null where a new buffer is wanted.</param>
internal sealed class ForwardPass(BlockGraph graph, PlannedBuffer? scores = null)
{
    private readonly Dictionary<Port, Operand> _values = new() { [Port.NetworkInput] = Operand.Input };
    // Labels were joined while folding and may have become the same.
    private readonly HashSet<string> _taken = [];

    /// <summary>Whether a backward pass follows.</summary>
    public bool Training => scores is null;

    public List<PlannedBuffer> Buffers { get; } = [];

    public List<Operation> Operations { get; } = [];

    /// <summary>What inference computes ahead of its first pass.</summary>
    public List<Operation> Fold { get; } = [];

    public List<FoldedPlace> Folded { get; } = [];

    public BlockGraph Graph => graph;

    /// <summary>The last block's output.</summary>
    public PlannedBuffer Scores { get; private set; } = null!;

    public void Run()
    {
        foreach (Block block in graph.Blocks) block.Forward(this);
        if (scores is not null) Scores = scores;
    }

    /// <summary>Where a block's output is, to be read.</summary>
    public Operand Read(Port port) => _values[port];

    /// <summary>Where a block's first input is.</summary>
    public Operand InputOf(Block block) => Read(block.Inputs[0]);

    public PlannedBuffer NewBuffer(string name, Size columns, bool perSample = true)
    {
        var buffer = new PlannedBuffer(Identifiers.Unique(_taken, Training ? name : name + ".inference"), columns, perSample);
        Buffers.Add(buffer);
        return buffer;
    }

    /// <summary>A buffer whose contents outlive a pass.</summary>
    public PlannedBuffer NewLastingBuffer(string name, Size columns)
    {
        var buffer = new PlannedBuffer(Identifiers.Unique(_taken, name), columns, PerSample: true) { IsLasting = true };
        Buffers.Add(buffer);
        return buffer;
    }

    /// <summary>A buffer for a block's output.</summary>
    public PlannedBuffer NewOutput(Block block)
    {
        int number = graph.Blocks.IndexOf(block);
        bool isLast = graph.Output == new Port(number);
        PlannedBuffer buffer = isLast && scores is not null ? scores : NewBuffer(Training ? block.Label + ".output" : block.Label, block.Length);
        if (isLast) Scores = buffer;
        _values[new Port(number)] = Operand.Read(buffer);
        return buffer;
    }

    /// <summary>Says where one of a block's outputs is.</summary>
    public void Give(Block block, int output, PlannedBuffer buffer, Size? offset)
        => _values[new Port(graph.Blocks.IndexOf(block), output)] = Operand.Read(buffer, offset);

    public void Add(string method, string function, Block block, string comment, params Operand[] operands)
        => Operations.Add(new Operation(method, function, $"{block.Label}: {comment}", new EquatableArray<Operand>(operands)));

    public void Add(string method, Block block, string comment, params Operand[] operands) => Add(method, "", block, comment, operands);

    public void AddFold(string method, string function, Block block, string comment, params Operand[] operands)
        => Fold.Add(new Operation(method, function, $"{block.Label}: {comment}", new EquatableArray<Operand>(operands)));

    /// <summary>A place for what is computed ahead.</summary>
    public Operand NewFolded(string key, Size? rows, Size columns)
    {
        Folded.Add(new FoldedPlace(key, rows, columns));
        return Operand.Place(key);
    }

    /// <summary>The last operation is done on a condition only.</summary>
    public void When(string condition) => Operations[Operations.Count - 1] = Operations[Operations.Count - 1] with { Condition = condition };
}
