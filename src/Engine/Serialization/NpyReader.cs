using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;
using FastNets.Data;
using FastNets.Data.Readers;

namespace FastNets.Serialization;

/// <summary>Reads the <c>.npy</c> arrays of a stream, one after another.</summary>
/// <remarks>
/// Call <see cref="Next"/>, then one of the reading methods, again and again. Elements come row-major whatever the order in the file,
/// converted from whatever numeric type is stored. Memory grows with what is really there, not with what a header says. Not thread-safe.
/// Source: NumPy Enhancement Proposal 1 (numpy.lib.format).
/// </remarks>
public sealed class NpyReader
{
    private const int ChunkBytes = 1 << 16;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private static readonly UTF32Encoding StrictUtf32 = new(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true);

    private readonly Stream _stream;
    private readonly string _name;
    private NpyHeader? _header;
    private bool _elementsLeft;
    private long _left;

    /// <summary>Starts reading.</summary>
    /// <param name="stream">The stream, at the first array; stays open.</param>
    /// <param name="name">What it is called in messages.</param>
    public NpyReader(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        _stream = stream;
        _name = name;
    }

    /// <summary>The current array's header.</summary>
    /// <exception cref="InvalidOperationException">There is no current array.</exception>
    public NpyHeader Header => _header ?? throw new InvalidOperationException("There is no current array; call Next first.");

    /// <summary>Reads a file of one array as single-precision numbers.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="shape">The array's dimensions.</param>
    /// <returns>The elements, row-major.</returns>
    /// <exception cref="DataFormatException">There is no such file, or it is damaged or of another format.</exception>
    public static float[] ReadSingles(string path, out long[] shape)
    {
        using Stream stream = InputFile.Open(path);
        var reader = new NpyReader(stream, path);
        if (!reader.Next()) throw DataFormatException.At(path, 0, "the file is empty.");
        shape = reader.Header.Shape.ToArray();
        return reader.ReadSingles();
    }

    /// <summary>Goes to the next array.</summary>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="DataFormatException">What follows is no array.</exception>
    /// <exception cref="InvalidOperationException">The current array's elements were not read.</exception>
    public bool Next()
    {
        if (_elementsLeft) throw new InvalidOperationException("The current array's elements were not read.");
        _header = NpyHeader.Read(_stream, _name);
        _elementsLeft = _header is not null;
        _left = _header?.Count ?? 0;
        return _elementsLeft;
    }

    /// <summary>The current array's elements as single-precision numbers, row-major.</summary>
    /// <exception cref="DataFormatException">The file is cut off, the elements are text, or there are more than an array can hold.</exception>
    public float[] ReadSingles() => Read<float>(ToNumbers);

    /// <summary>The next elements of the current array as single-precision numbers, for arrays larger than memory.</summary>
    /// <param name="count">How many, from 1 to the number of those that are left.</param>
    /// <exception cref="DataFormatException">The file is cut off, the elements are text, or there are more than an array can hold.</exception>
    /// <exception cref="InvalidOperationException">The array is in Fortran order, so that what comes next in the file does not come next in the array.</exception>
    public float[] ReadSingles(long count)
    {
        Take(count);
        return ReadElements<float>(ToNumbers, count);
    }

    /// <summary>Passes over the next elements of the current array, without reading them where the stream can move.</summary>
    /// <param name="count">How many, up to the number of those that are left.</param>
    /// <exception cref="DataFormatException">The file is cut off.</exception>
    /// <exception cref="InvalidOperationException">The array is in Fortran order, and these are not all of its elements.</exception>
    public void Skip(long count)
    {
        Take(count);
        if (!StreamSkipping.TrySkip(_stream, count * Header.ItemSize)) throw CutOff();
    }

    /// <summary>The current array's elements as double-precision numbers, row-major.</summary>
    /// <exception cref="DataFormatException">The file is cut off, the elements are text, or there are more than an array can hold.</exception>
    public double[] ReadDoubles() => Read<double>(ToNumbers);

    /// <summary>The current array's elements as 64-bit integers, row-major.</summary>
    /// <exception cref="DataFormatException">The file is cut off, the elements are text, or one is no integer or too large.</exception>
    public long[] ReadInt64s()
    {
        if (Header.Kind == 'f') return Array.ConvertAll(ReadDoubles(), ToInteger);
        long[] integers = Read<long>(ToNumbers);
        if (Header is { Kind: 'u', ItemSize: sizeof(ulong) } && integers.AsSpan().ContainsAnyInRange(long.MinValue, -1))
            throw Bad("an element is above 2^63 - 1");
        return integers;
    }

    /// <summary>The current array's elements as text, row-major.</summary>
    /// <exception cref="DataFormatException">The file is cut off, the elements are no text or damaged.</exception>
    public string[] ReadStrings()
    {
        if (!Header.IsText) throw Bad($"the elements have the type '{Header.Descr}' where text is needed");
        return Read<string>(ToText);
    }

    private delegate void Convert<T>(ReadOnlySpan<byte> items, Span<T> elements);

    private T[] Read<T>(Convert<T> convert)
    {
        NpyHeader header = Header;
        if (!_elementsLeft || _left < header.Count) throw new InvalidOperationException("The current array's elements were read before.");
        Take(header.Count);
        T[] elements = ReadElements(convert, header.Count);
        return header.FortranOrder ? RowMajor(elements, header.Shape) : elements;
    }

    private void Take(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count > _left) throw new InvalidOperationException($"{count} elements were asked for, but {_left} are left of the current array.");
        if (Header.FortranOrder && count < Header.Count) throw new InvalidOperationException("An array in Fortran order is read whole.");
        _left -= count;
        _elementsLeft = _left > 0;
    }

    private T[] ReadElements<T>(Convert<T> convert, long wanted)
    {
        NpyHeader header = Header;
        if (wanted > Array.MaxLength) throw Bad($"the array has {wanted} elements; {Array.MaxLength} can be read");

        // A header may lie: the result grows with the elements that are really there.
        int count = (int)wanted;
        int chunkItems = Math.Max(1, ChunkBytes / header.ItemSize);
        byte[] chunk = new byte[Math.Min(chunkItems, count) * header.ItemSize];
        var elements = new T[Math.Min(chunkItems, count)];
        for (int done = 0, items; done < count; done += items)
        {
            items = Math.Min(chunkItems, count - done);
            Span<byte> bytes = chunk.AsSpan(0, items * header.ItemSize);
            if (_stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw CutOff();
            if (done + items > elements.Length) Array.Resize(ref elements, (int)Math.Min(Math.Max(2L * elements.Length, done + items), count));
            if (header.BigEndian) ReverseBytes(bytes);
            convert(bytes, elements.AsSpan(done, items));
        }

        return elements;
    }

    private DataFormatException CutOff()
        => Bad($"the array has {Header.Count} elements of type '{Header.Descr}', but the file ends before them; it is cut off, copy it again");

    private void ReverseBytes(Span<byte> items)
    {
        int size = Header.IsText ? sizeof(uint) : Header.ItemSize;
        if (Header.Kind == 'S' || size == 1) return;
        for (int i = 0; i < items.Length; i += size) items.Slice(i, size).Reverse();
    }

    private void ToNumbers<T>(ReadOnlySpan<byte> items, Span<T> elements)
        where T : unmanaged, INumberBase<T>
    {
        switch (Header.Kind, Header.ItemSize)
        {
            case ('f', 2):
                Cast<Half, T>(items, elements);
                break;
            case ('f', 4):
                Cast<float, T>(items, elements);
                break;
            case ('f', 8):
                Cast<double, T>(items, elements);
                break;
            case ('i', 1):
                Cast<sbyte, T>(items, elements);
                break;
            case ('i', 2):
                Cast<short, T>(items, elements);
                break;
            case ('i', 4):
                Cast<int, T>(items, elements);
                break;
            case ('i', 8):
                Cast<long, T>(items, elements);
                break;
            case ('u' or 'b', 1):
                Cast<byte, T>(items, elements);
                break;
            case ('u', 2):
                Cast<ushort, T>(items, elements);
                break;
            case ('u', 4):
                Cast<uint, T>(items, elements);
                break;
            case ('u', 8):
                Cast<ulong, T>(items, elements);
                break;
            default:
                throw Bad($"the elements have the type '{Header.Descr}' where numbers are needed");
        }
    }

    private static void Cast<TFrom, TTo>(ReadOnlySpan<byte> items, Span<TTo> elements)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo>
        => TensorPrimitives.ConvertTruncating<TFrom, TTo>(MemoryMarshal.Cast<byte, TFrom>(items), elements);

    private void ToText(ReadOnlySpan<byte> items, Span<string> elements)
    {
        Encoding encoding = Header.Kind == 'U' ? StrictUtf32 : StrictUtf8;
        for (int i = 0; i < elements.Length; i++)
        {
            try
            {
                elements[i] = encoding.GetString(items.Slice(i * Header.ItemSize, Header.ItemSize)).TrimEnd('\0');
            }
            catch (ArgumentException e)
            {
                throw new DataFormatException($"{_name}: a text of the array is damaged: {e.Message}", e);
            }
        }
    }

    private long ToInteger(double number)
    {
        const double Limit = 1L << 53;
        if (Math.Abs(number) <= Limit && Math.Floor(number) == number) return (long)number;
        throw Bad(string.Create(CultureInfo.InvariantCulture, $"the element {number} is no integer, but integers are needed"));
    }

    // The last index runs fastest in the result, the first one in what was read.
    private static T[] RowMajor<T>(T[] elements, ReadOnlySpan<long> shape)
    {
        var result = new T[elements.Length];
        long[] strides = new long[shape.Length];
        long stride = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            strides[i] = stride;
            stride *= shape[i];
        }

        long[] index = new long[shape.Length];
        long source = 0;
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = elements[source];
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                source += strides[axis];
                if (++index[axis] < shape[axis]) break;
                source -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }

        return result;
    }

    private DataFormatException Bad(string what) => DataFormatException.At(_name, 0, what + ".");
}
