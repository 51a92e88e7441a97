using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNets.Serialization;

/// <summary>The rows of a <c>.npy</c> array whose number may turn out last.</summary>
/// <typeparam name="T">The elements: <see cref="float"/>, <see cref="double"/>, <see cref="int"/>, <see cref="long"/>, <see cref="ushort"/> or <see cref="byte"/>.</typeparam>
/// <remarks>The header has room for any number of rows, so that its length does not depend on it.</remarks>
internal sealed class NpyRows<T>
    where T : unmanaged
{
    private readonly long[] _rowShape;

    /// <summary>Lays out an array.</summary>
    /// <param name="rowShape">The shape of one row.</param>
    /// <exception cref="ArgumentException">A size is negative, or a row has more than 2^31 elements.</exception>
    public NpyRows(ReadOnlySpan<long> rowShape)
    {
        if (!TensorShape.TryCount(rowShape, out long rowLength) || rowLength > int.MaxValue)
            throw new ArgumentException($"A row cannot have the shape {TensorShape.Format(rowShape)}.", nameof(rowShape));
        _rowShape = rowShape.ToArray();
        RowLength = (int)rowLength;
        HeaderLength = NpyWriter.Header(Descr, [long.MaxValue, .. _rowShape]).Length;
    }

    /// <summary>The element type in NumPy's notation.</summary>
    public static string Descr
        => typeof(T) == typeof(float) ? "<f4"
            : typeof(T) == typeof(double) ? "<f8"
            : typeof(T) == typeof(int) ? "<i4"
            : typeof(T) == typeof(long) ? "<i8"
            : typeof(T) == typeof(ushort) ? "<u2"
            : typeof(T) == typeof(byte) ? "|u1"
            : throw new NotSupportedException($"Elements of the type {typeof(T)} are not written.");

    /// <summary>The number of elements of a row.</summary>
    public int RowLength { get; }

    /// <summary>The number of bytes of a row.</summary>
    public long RowBytes => (long)RowLength * Unsafe.SizeOf<T>();

    /// <summary>The number of bytes before the first row.</summary>
    public int HeaderLength { get; }

    /// <summary>Makes the header.</summary>
    /// <param name="rows">The number of rows.</param>
    public byte[] Header(long rows) => NpyWriter.Header(Descr, [rows, .. _rowShape], HeaderLength);

    /// <summary>Writes rows.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="values">Whole rows, row-major.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="ArgumentException">The values don't fill whole rows.</exception>
    public int Write(Stream stream, ReadOnlySpan<T> values)
    {
        int rows = CountRows(values);

        // A span of bytes counts to 2^31 only.
        const int Chunk = 1 << 26;
        for (int start = 0; start < values.Length; start += Chunk)
            stream.Write(MemoryMarshal.AsBytes(values.Slice(start, Math.Min(Chunk, values.Length - start))));
        return rows;
    }

    /// <summary>The number of rows that values fill.</summary>
    /// <param name="values">Whole rows, row-major.</param>
    /// <exception cref="ArgumentException">The values don't fill whole rows.</exception>
    public int CountRows(ReadOnlySpan<T> values)
    {
        if (values.IsEmpty) return 0;
        if (RowLength == 0 || values.Length % RowLength != 0)
            throw new ArgumentException($"{values.Length} values do not fill whole rows of {RowLength}.", nameof(values));
        return values.Length / RowLength;
    }
}
