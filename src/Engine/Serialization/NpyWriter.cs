using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using FastNets.Memory;

namespace FastNets.Serialization;

/// <summary>Writes arrays in NumPy's <c>.npy</c> format, version 1.0, little-endian, row-major.</summary>
/// <remarks>Several arrays may be written one after another into one stream. Source: NumPy Enhancement Proposal 1 (numpy.lib.format).</remarks>
public static class NpyWriter
{
    // The header is padded so that the data begin at a multiple of this.
    private const int Alignment = 64;
    private const int PreambleLength = 10;

    /// <summary>The first byte of a file; the text <c>NUMPY</c> follows.</summary>
    internal const byte NpyMagic = 0x93;

    /// <summary>Writes an array of single-precision numbers.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="values">The elements, row-major.</param>
    /// <param name="shape">The shape; none given means one dimension.</param>
    /// <exception cref="ArgumentException">The shape asks for another number of elements.</exception>
    public static void Write(Stream stream, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) => Write(stream, "<f4", values, shape);

    /// <inheritdoc cref="Write(Stream, ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    /// <summary>Writes an array of double-precision numbers.</summary>
    public static void Write(Stream stream, ReadOnlySpan<double> values, params ReadOnlySpan<long> shape) => Write(stream, "<f8", values, shape);

    /// <inheritdoc cref="Write(Stream, ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    /// <summary>Writes an array of 32-bit integers.</summary>
    public static void Write(Stream stream, ReadOnlySpan<int> values, params ReadOnlySpan<long> shape) => Write(stream, "<i4", values, shape);

    /// <inheritdoc cref="Write(Stream, ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    /// <summary>Writes an array of 64-bit integers.</summary>
    public static void Write(Stream stream, ReadOnlySpan<long> values, params ReadOnlySpan<long> shape) => Write(stream, "<i8", values, shape);

    /// <inheritdoc cref="Write(Stream, ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    /// <summary>Writes an array of bytes.</summary>
    public static void Write(Stream stream, ReadOnlySpan<byte> values, params ReadOnlySpan<long> shape) => Write(stream, "|u1", values, shape);

    /// <summary>Writes a one-dimensional array of text (NumPy's <c>U</c> type, UTF-32).</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="values">The texts. NumPy cannot tell zero characters at the end of a text from none.</param>
    public static void Write(Stream stream, IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(values);
        byte[][] texts = [.. values.Select(Encoding.UTF32.GetBytes)];
        int size = Math.Max(sizeof(uint), texts.Length == 0 ? 0 : texts.Max(t => t.Length));
        WriteHeader(stream, string.Create(CultureInfo.InvariantCulture, $"<U{size / sizeof(uint)}"), [values.Count]);
        byte[] item = new byte[size];
        foreach (byte[] text in texts)
        {
            text.CopyTo(item, 0);
            item.AsSpan(text.Length).Clear();
            stream.Write(item);
        }
    }

    /// <summary>Writes a matrix as an array of shape [rows, columns].</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="matrix">The matrix; may be larger than an array can be.</param>
    public static void Write(Stream stream, FeatureMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(matrix);
        WriteHeader(stream, "<f4", [matrix.Rows, matrix.Columns]);
        for (int row = 0; row < matrix.Rows; row++) stream.Write(MemoryMarshal.AsBytes(matrix.Row(row)));
    }

    /// <summary>Writes a matrix as a file of shape [rows, columns]; it replaces an old one only when it is whole.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="matrix">The matrix.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, FeatureMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        AtomicFile.Write(path, stream => Write(stream, matrix));
    }

    /// <summary>Writes what stands before an array's elements.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="descr">The element type in NumPy's notation.</param>
    /// <param name="shape">The dimensions.</param>
    internal static void WriteHeader(Stream stream, string descr, ReadOnlySpan<long> shape) => stream.Write(Header(descr, shape));

    /// <summary>Makes what stands before an array's elements.</summary>
    /// <param name="descr">The element type in NumPy's notation.</param>
    /// <param name="shape">The dimensions.</param>
    /// <param name="leastLength">The least number of bytes; filled up with blanks, which readers pass over.</param>
    internal static byte[] Header(string descr, ReadOnlySpan<long> shape, int leastLength = 0)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{{'descr': '{descr}', 'fortran_order': False, 'shape': (");
        for (int i = 0; i < shape.Length; i++) text.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? " " : "")}{shape[i]},");
        if (shape.Length > 1) text.Length--;
        text.Append("), }");
        int unpadded = PreambleLength + text.Length + 1;
        int length = Math.Max((unpadded + Alignment - 1) / Alignment * Alignment, leastLength);
        text.Append(' ', length - unpadded).Append('\n');

        byte[] header = new byte[PreambleLength + text.Length];
        header[0] = NpyMagic;
        "NUMPY"u8.CopyTo(header.AsSpan(1));
        header[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), checked((ushort)text.Length));
        Encoding.ASCII.GetBytes(text.ToString(), header.AsSpan(PreambleLength));
        return header;
    }

    private static void Write<T>(Stream stream, string descr, ReadOnlySpan<T> values, ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(stream);
        ReadOnlySpan<long> dimensions = shape.IsEmpty ? [values.Length] : shape;
        TensorShape.CheckCount("array", dimensions, values.Length);
        WriteHeader(stream, descr, dimensions);

        // A span of bytes counts to 2^31 only.
        const int Chunk = 1 << 26;
        for (int start = 0; start < values.Length; start += Chunk)
            stream.Write(MemoryMarshal.AsBytes(values.Slice(start, Math.Min(Chunk, values.Length - start))));
    }
}
