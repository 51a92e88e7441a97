using FastNets.Generators.Helpers;
using FastNets.Generators.Model;

namespace FastNets.Generators.Planning;

/// <summary>One call of the backend.</summary>
/// <param name="Method">The operation.</param>
/// <param name="Function">Its type argument, or empty.</param>
/// <param name="Comment">What it does, with shapes.</param>
/// <param name="Operands">Its arguments in order.</param>
internal sealed record Operation(string Method, string Function, string Comment, EquatableArray<Operand> Operands)
{
    /// <summary>C# that decides at run time whether the operation is done; empty for always.</summary>
    public string Condition { get; init; } = "";

    public IEnumerable<string> Reads => Operands.Where(o => o.Kind == OperandKind.Read).Select(o => o.Text);

    public IEnumerable<string> Writes => Operands.Where(o => o.Kind is OperandKind.Write or OperandKind.WriteIfGradient).Select(o => o.Text);
}

/// <summary>A place for activations or gradients while a step runs.</summary>
/// <param name="Name">Unique, as in <c>Hidden.output</c>.</param>
/// <param name="Columns">Elements a row.</param>
/// <param name="PerSample">Whether there is a row for each sample, not one row in all.</param>
internal sealed record PlannedBuffer(string Name, Size Columns, bool PerSample)
{
    /// <summary>Whether what is in it outlives a pass, so that it shares its memory with nothing.</summary>
    public bool IsLasting { get; init; }
}

/// <summary>A group of buffers that never live at the same time and so share memory, as long as the longest of them.</summary>
internal sealed record MemoryPool(EquatableArray<PlannedBuffer> Buffers);

/// <summary>A weight with batch normalisation folded in, or the affine map of one: in an arena of its own.</summary>
/// <param name="Key">The key by which operands know it.</param>
/// <param name="Rows">Rows; null for a vector.</param>
/// <param name="Columns">Columns.</param>
internal sealed record FoldedPlace(string Key, Size? Rows, Size Columns);

/// <summary>Everything that a network does, as data: what the emitter writes and what tests read.</summary>
internal sealed record NetworkPlan(
    EquatableArray<Operation> Forward,
    EquatableArray<Operation> Loss,
    EquatableArray<Operation> Backward,
    EquatableArray<Operation> Fold,
    EquatableArray<Operation> Infer,
    EquatableArray<MemoryPool> Pools,
    EquatableArray<FoldedPlace> Folded,
    PlannedBuffer Output);
