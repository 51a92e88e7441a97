using System.Buffers.Binary;
using System.Numerics.Tensors;
using FastNets.Serialization;

namespace FastNets.Data.Readers;

/// <summary>Reads the IDX format of the MNIST files: big-endian sizes, then elements.</summary>
/// <remarks>
/// An item of several dimensions (an image) becomes one channel, row after row; values are as stored (0 to 255 for images).
/// Source: http://yann.lecun.com/exdb/mnist.
/// </remarks>
internal sealed class IdxReader : FormatReader
{
    private const int ChunkBytes = 1 << 16;
    private const int MaxDimensions = 8;
    private const byte UnsignedByte = 0x08;

    private readonly Stream _stream;
    private readonly byte _type;
    private readonly long[] _sizes;
    private readonly int _length;
    private readonly ClassIndex _classes;
    private readonly IdxLabels? _labels;
    private long _left;

    /// <summary>Reads the header, and that of the labels.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="labelFile">The file with the labels; null where there is none.</param>
    public IdxReader(Stream stream, string name, string? labelFile)
        : base(name)
    {
        _stream = stream;
        (_type, _sizes) = ReadHeader(stream, name);
        if (_sizes.Length < 2) throw Bad(name, "this is a file of labels (one dimension); name the file with the images");
        TensorShape.TryCount(_sizes.AsSpan(1), out long length);
        if (_sizes[0] == 0 || length == 0) throw Bad(name, $"the sizes {TensorShape.Format(_sizes)} hold no series");
        if (length > Array.MaxLength) throw Bad(name, TooMany(_sizes));
        _left = _sizes[0];
        _length = (int)length;
        _classes = new ClassIndex(name);
        if (labelFile is not null) _labels = IdxLabels.Open(labelFile, name, _left);
    }

    public override int? Channels => 1;

    public override long? Count => _sizes[0];

    public override IReadOnlyList<string> Classes => _classes.Names;

    public override SeriesSet ReadAll()
        => _left <= Array.MaxLength / _length ? base.ReadAll() : throw Bad(Name, TooMany(_sizes));

    internal override SeriesSet? Read(int maxSeries, long maxValues)
    {
        if (_left == 0) return null;
        long first = _sizes[0] - _left;
        int series = (int)Math.Clamp(maxValues / _length, 1, Math.Min(maxSeries, _left));
        float[] values = ReadElements(_stream, Name, _type, series * _length, _sizes[0] * _length);
        int[] labels = _labels is null ? [] : Array.ConvertAll(_labels.Read(series), label => _classes.OfName(ClassNames.FromNumber(label)));
        Advance(series);
        int[] lengths = new int[series];
        Array.Fill(lengths, _length);
        return new SeriesSet(Name, 1, lengths, values, labels, Classes) { FirstIndex = first };
    }

    internal override long PassOver(long series)
    {
        series = Math.Min(series, _left);
        if (series == 0) return 0;
        if (!StreamSkipping.TrySkip(_stream, series * _length * ItemSize(_type))) throw Bad(Name, CutOff(_sizes[0] * _length));
        _labels?.PassOver(series);
        Advance(series);
        return series;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _labels?.Dispose();
        base.Dispose(disposing);
    }

    private void Advance(long series)
    {
        _left -= series;
        if (_left == 0) CheckEnd(_stream, Name, _sizes[0] * _length);
    }

    /// <summary>Whether a file begins as an IDX file does.</summary>
    /// <param name="head">The first bytes.</param>
    public static bool Recognizes(ReadOnlySpan<byte> head)
        => head.Length >= 4 && head[0] == 0 && head[1] == 0 && ItemSize(head[2]) > 0 && head[3] is > 0 and <= MaxDimensions;

    /// <summary>Reads what stands before the elements.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <returns>The type of the elements and the sizes of the dimensions.</returns>
    public static (byte Type, long[] Sizes) ReadHeader(Stream stream, string name)
    {
        Span<byte> word = stackalloc byte[4];
        if (stream.ReadAtLeast(word, word.Length, throwOnEndOfStream: false) < word.Length || !Recognizes(word))
            throw Bad(name, $"the file begins with {Convert.ToHexString(word)}, which is no IDX magic number (labels 00000801, images 00000803)");
        byte type = word[2];
        long[] sizes = new long[word[3]];
        for (int i = 0; i < sizes.Length; i++)
        {
            if (stream.ReadAtLeast(word, word.Length, throwOnEndOfStream: false) < word.Length) throw Bad(name, "the file ends within its header; it is cut off, copy it again");
            sizes[i] = BinaryPrimitives.ReadUInt32BigEndian(word);
        }

        if (!TensorShape.TryCount(sizes, out _)) throw Bad(name, TooMany(sizes));
        return (type, sizes);
    }

    private static string TooMany(long[] sizes) => $"the sizes {TensorShape.Format(sizes)} ask for more than the {Array.MaxLength} values that can be read";

    /// <summary>Reads elements.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="type">The type of the elements.</param>
    /// <param name="count">How many to read.</param>
    /// <param name="total">How many the header announces.</param>
    public static float[] ReadElements(Stream stream, string name, byte type, int count, long total)
    {
        int itemSize = ItemSize(type);
        int chunkItems = ChunkBytes / itemSize;
        byte[] chunk = new byte[ChunkBytes];

        // A header may lie: the result grows with the elements that are really there.
        float[] values = new float[Math.Min(chunkItems, count)];
        for (int done = 0, items; done < count; done += items)
        {
            items = Math.Min(chunkItems, count - done);
            Span<byte> bytes = chunk.AsSpan(0, items * itemSize);
            if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
                throw Bad(name, CutOff(total));
            if (done + items > values.Length) Array.Resize(ref values, (int)Math.Min(2L * values.Length, count));
            Span<float> elements = values.AsSpan(done, items);
            if (type == UnsignedByte) TensorPrimitives.ConvertTruncating<byte, float>(bytes, elements);
            else for (int i = 0; i < items; i++) elements[i] = Element(bytes[(i * itemSize)..], type);
        }

        return values;
    }

    /// <summary>Checks that nothing follows the elements.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="total">How many elements the header announces.</param>
    public static void CheckEnd(Stream stream, string name, long total)
    {
        if (stream.ReadByte() >= 0) throw Bad(name, $"more follows the {total} elements that the header announces");
    }

    /// <summary>What is said of a file that ends too early.</summary>
    /// <param name="total">How many elements the header announces.</param>
    public static string CutOff(long total) => $"the header announces {total} elements, but the file ends before them; it is cut off, copy it again";

    /// <summary>The size of an element in bytes; 0 for a type that there is not.</summary>
    /// <param name="type">The type.</param>
    public static int ItemSize(byte type) => type switch
    {
        UnsignedByte or 0x09 => 1,
        0x0B => 2,
        0x0C or 0x0D => 4,
        0x0E => 8,
        _ => 0,
    };

    private static float Element(ReadOnlySpan<byte> item, byte type) => type switch
    {
        0x09 => (sbyte)item[0],
        0x0B => BinaryPrimitives.ReadInt16BigEndian(item),
        0x0C => BinaryPrimitives.ReadInt32BigEndian(item),
        0x0D => BinaryPrimitives.ReadSingleBigEndian(item),
        _ => (float)BinaryPrimitives.ReadDoubleBigEndian(item),
    };

    private static DataFormatException Bad(string name, string what) => DataFormatException.At(name, 0, what + ".");
}
