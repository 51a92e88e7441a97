using FastNets.Generators.Helpers;
using FastNets.Generators.Model;

namespace FastNets.Generators.Planning;

/// <summary>A buffer in the arena of activations.</summary>
/// <param name="Name">Its name, unique in the network.</param>
/// <param name="Columns">Elements of a sample, or of the whole where not <paramref name="PerSample"/>.</param>
/// <param name="PerSample">Whether there is one row a sample.</param>
internal sealed record PlannedBuffer(string Name, Size Columns, bool PerSample);

/// <summary>What an operand is.</summary>
internal enum OperandKind
{
    /// <summary>A buffer that is read.</summary>
    Read,

    /// <summary>A buffer that is written.</summary>
    Write,

    /// <summary>A buffer that is written where a gradient is asked for, else none.</summary>
    WriteIfGradient,

    /// <summary>The place of a parameter, a gradient, a statistic or a folded weight, or a layer's settings, by its key: layer, part, and what of it.</summary>
    Place,

    /// <summary>A dimension.</summary>
    Size,

    /// <summary>C# text: the batch, settings, none.</summary>
    Text,
}

/// <summary>An operand of an operation.</summary>
internal readonly record struct Operand(OperandKind Kind, string Text, Size Size = default)
{
    public static readonly Operand None = new(OperandKind.Text, "NoPlace");
    public static readonly Operand Batch = new(OperandKind.Text, "batch");
    public static readonly Operand Input = new(OperandKind.Text, "InputSlot");

    public static Operand Read(PlannedBuffer buffer) => new(OperandKind.Read, buffer.Name);

    public static Operand Write(PlannedBuffer buffer) => new(OperandKind.Write, buffer.Name);

    public static Operand Place(string key) => new(OperandKind.Place, key);

    public static Operand Of(Size size) => new(OperandKind.Size, "", size);

    public static Operand Of(string text) => new(OperandKind.Text, text);
}

/// <summary>One call of the backend.</summary>
/// <param name="Method">The operation.</param>
/// <param name="Function">Its type argument, or empty.</param>
/// <param name="Comment">What it does, with shapes.</param>
/// <param name="Operands">Its arguments in order.</param>
internal sealed record Operation(string Method, string Function, string Comment, EquatableArray<Operand> Operands)
{
    public IEnumerable<string> Reads => Operands.Where(o => o.Kind == OperandKind.Read).Select(o => o.Text);

    public IEnumerable<string> Writes => Operands.Where(o => o.Kind is OperandKind.Write or OperandKind.WriteIfGradient).Select(o => o.Text);
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
    Operation Loss,
    EquatableArray<Operation> Backward,
    EquatableArray<Operation> Fold,
    EquatableArray<Operation> Infer,
    EquatableArray<MemoryPool> Pools,
    EquatableArray<FoldedPlace> Folded,
    PlannedBuffer Output);
