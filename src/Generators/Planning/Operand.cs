using FastNets.Generators.Helpers;
using FastNets.Generators.Model;

namespace FastNets.Generators.Planning;

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

    /// <summary>The transform that a layer was fitted, by the layer's name.</summary>
    Transform,

    /// <summary>A dimension.</summary>
    Size,

    /// <summary>The rows of the batch: its samples times a dimension.</summary>
    Rows,

    /// <summary>C# text: settings, none.</summary>
    Text,
}

/// <summary>An operand of an operation.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A buffer's name, a place's key, or C# text.</param>
/// <param name="Size">A dimension.</param>
/// <param name="Offset">Where in a buffer it begins, in numbers a sample of the batch; null for the beginning.</param>
internal readonly record struct Operand(OperandKind Kind, string Text, Size Size = default, Size? Offset = null)
{
    public static readonly Operand None = new(OperandKind.Text, "NoPlace");
    public static readonly Operand Batch = new(OperandKind.Rows, "", Size.One);
    public static readonly Operand Input = new(OperandKind.Text, "InputSlot");
    public static readonly Operand Targets = new(OperandKind.Text, "TargetSlot");
    public static readonly Operand Lengths = new(OperandKind.Text, "LengthSlot");
    public static readonly Operand NoMask = new(OperandKind.Text, "NoMask");

    public static Operand Read(PlannedBuffer buffer, Size? offset = null) => new(OperandKind.Read, buffer.Name, default, offset);

    public static Operand Write(PlannedBuffer buffer, Size? offset = null) => new(OperandKind.Write, buffer.Name, default, offset);

    public static Operand Place(string key) => new(OperandKind.Place, key);

    public static Operand Of(Size size) => new(OperandKind.Size, "", size);

    public static Operand Of(int size) => new(OperandKind.Size, "", Size.Of(size));

    public static Operand Of(bool value) => new(OperandKind.Text, Literals.Of(value));

    public static Operand Of(string text) => new(OperandKind.Text, text);

    /// <summary>The rows of a batch of samples of a shape.</summary>
    public static Operand RowsOf(Shape shape) => Rows(shape.Steps);

    /// <summary>The batch times a dimension.</summary>
    public static Operand Rows(Size steps) => new(OperandKind.Rows, "", steps);
}
