using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using FastNets.Data;

namespace FastNets.Serialization;

/// <summary>What stands before the elements of a <c>.npy</c> array.</summary>
public sealed class NpyHeader
{
    // NumPy itself refuses headers above 10 000 bytes as unsafe to parse.
    private const int MaxLength = 1 << 16;

    private readonly long[] _shape;

    private NpyHeader(string descr, bool fortranOrder, long[] shape, long count, int itemSize)
    {
        Descr = descr;
        FortranOrder = fortranOrder;
        _shape = shape;
        Count = count;
        ItemSize = itemSize;
    }

    /// <summary>The element type in NumPy's notation: byte order, kind and size, as in <c>&lt;f4</c>.</summary>
    public string Descr { get; }

    /// <summary>Whether the elements are stored with the first index running fastest.</summary>
    public bool FortranOrder { get; }

    /// <summary>The dimensions; none is a scalar.</summary>
    public ReadOnlySpan<long> Shape => _shape;

    /// <summary>The number of elements.</summary>
    public long Count { get; }

    /// <summary>The kind of element: <c>f</c> floating point, <c>i</c> and <c>u</c> integers, <c>b</c> truth values, <c>U</c> and <c>S</c> text.</summary>
    internal char Kind => Descr[1];

    /// <summary>The size of an element in bytes.</summary>
    internal int ItemSize { get; }

    /// <summary>Whether elements are stored with their most significant byte first.</summary>
    internal bool BigEndian => Descr[0] == '>';

    /// <summary>Whether elements are text.</summary>
    internal bool IsText => Kind is 'U' or 'S';

    /// <summary>Reads a header of version 1, 2 or 3.</summary>
    /// <param name="stream">The stream, at the first byte of the array.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <returns>The header; null at the end of the stream.</returns>
    /// <exception cref="DataFormatException">It is no header, or of a type that is not read here.</exception>
    internal static NpyHeader? Read(Stream stream, string name)
    {
        Span<byte> preamble = stackalloc byte[8];
        int got = stream.ReadAtLeast(preamble, preamble.Length, throwOnEndOfStream: false);
        if (got == 0) return null;
        if (got < preamble.Length || preamble[0] != NpyWriter.NpyMagic || !preamble[1..6].SequenceEqual("NUMPY"u8))
            throw Bad(name, "what is there is no .npy array");
        int version = preamble[6];
        if (version is < 1 or > 3) throw Bad(name, $"the array has the format version {version}; 1 to 3 are known");

        Span<byte> size = stackalloc byte[version == 1 ? 2 : 4];
        if (stream.ReadAtLeast(size, size.Length, throwOnEndOfStream: false) < size.Length) throw CutOff(name);
        uint length = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > MaxLength) throw Bad(name, $"the array's header would have {length} bytes, more than {MaxLength}");
        byte[] text = new byte[length];
        if (stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) < text.Length) throw CutOff(name);
        return Parse(Encoding.UTF8.GetString(text), name);
    }

    // The header is a Python dictionary with three known keys; whatever else Python could write there is refused.
    private static NpyHeader Parse(string text, string name)
    {
        string descr = Value(text, "descr", name);
        string order = Value(text, "fortran_order", name);
        string shapeText = Value(text, "shape", name);
        if (order is not ("True" or "False")) throw Bad(name, $"fortran_order is '{MessageText.Show(order)}'");
        if (descr.Length < 2 || descr[0] is not ('\'' or '"') || descr[^1] != descr[0])
            throw Bad(name, $"the elements' type is {MessageText.Show(descr)}; only plain numbers and text are read");
        descr = descr[1..^1];
        int itemSize = ItemSizeOf(descr, name);
        string[] parts = shapeText.Length >= 2 && shapeText[0] == '(' && shapeText[^1] == ')'
            ? shapeText[1..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : throw Bad(name, $"the shape is '{MessageText.Show(shapeText)}'");
        long[] shape = new long[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]))
                throw Bad(name, $"the shape is '{MessageText.Show(shapeText)}'");
        }

        if (!TensorShape.TryCount(shape, out long count) || count > long.MaxValue / itemSize)
            throw Bad(name, $"the shape {TensorShape.Format(shape)} is impossible");
        return new NpyHeader(descr, order == "True", shape, count, itemSize);
    }

    private static int ItemSizeOf(string descr, string name)
    {
        const int MaxTextLength = 1 << 20;
        if (descr.Length >= 3 && descr[0] is '<' or '>' or '|' or '='
            && int.TryParse(descr.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int size))
        {
            switch (descr[1])
            {
                case 'f' when size is 2 or 4 or 8:
                case 'i' or 'u' when size is 1 or 2 or 4 or 8:
                case 'b' when size == 1:
                case 'S' when size is > 0 and <= MaxTextLength:
                    return size;
                case 'U' when size is > 0 and <= MaxTextLength:
                    return 4 * size;
                default:
                    break;
            }
        }

        string hint = descr.Contains('O', StringComparison.Ordinal) ? "Python objects are never loaded; save it as numbers or text" : "convert it to float32 or int64";
        throw Bad(name, $"the elements have the type '{MessageText.Show(descr)}'; {hint}");
    }

    private static string Value(string text, string key, string name)
    {
        int at = text.IndexOf($"'{key}'", StringComparison.Ordinal);
        int colon = at < 0 ? -1 : text.IndexOf(':', at);
        if (colon < 0) throw Bad(name, $"the array's header lacks '{key}': {MessageText.Show(text)}");
        ReadOnlySpan<char> rest = text.AsSpan(colon + 1).TrimStart();
        int end = rest.IndexOf(rest.StartsWith("(") ? ')' : ',');
        if (rest.StartsWith("(")) end++;
        if (end <= 0) end = rest.LastIndexOf('}');
        return (end < 0 ? rest : rest[..end]).Trim().ToString();
    }

    private static DataFormatException CutOff(string name) => Bad(name, "the file ends within an array's header; it is cut off, copy it again");

    private static DataFormatException Bad(string name, string what) => DataFormatException.At(name, 0, what + ".");
}
