using System.Buffers.Binary;
using System.Numerics.Tensors;
using FastNets.Serialization;

namespace FastNets.Data.Readers;

/// <summary>Reads the IDX format of the MNIST files: big-endian sizes, then elements.</summary>
/// <remarks>
/// An item of several dimensions (an image) becomes one channel, row after row; values are as stored (0 to 255 for images).
/// Source: http://yann.lecun.com/exdb/mnist.
/// </remarks>
internal static class IdxReader
{
    private const int ChunkBytes = 1 << 16;
    private const int MaxDimensions = 8;
    private const byte UnsignedByte = 0x08;

    /// <summary>Whether a file begins as an IDX file does.</summary>
    /// <param name="head">The first bytes.</param>
    public static bool Recognizes(ReadOnlySpan<byte> head)
        => head.Length >= 4 && head[0] == 0 && head[1] == 0 && ItemSize(head[2]) > 0 && head[3] is > 0 and <= MaxDimensions;

    /// <summary>Reads items as series.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <returns>The set without labels.</returns>
    public static SeriesSet ReadSeries(Stream stream, string name)
    {
        (byte type, long[] sizes) = ReadHeader(stream, name);
        if (sizes.Length < 2) throw Bad(name, "this is a file of labels (one dimension); name the file with the images");
        TensorShape.TryCount(sizes.AsSpan(1), out long length);
        if (sizes[0] == 0 || length is 0 or > int.MaxValue) throw Bad(name, $"the sizes {TensorShape.Format(sizes)} hold no series");
        float[] values = ReadElements(stream, name, type, sizes);
        int[] lengths = new int[values.Length / (int)length];
        Array.Fill(lengths, (int)length);
        return new SeriesSet(name, 1, lengths, values, [], []);
    }

    /// <summary>Reads the labels of series.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="series">The series without labels.</param>
    /// <returns>The set with labels.</returns>
    public static SeriesSet AddLabels(Stream stream, string name, SeriesSet series)
    {
        (byte type, long[] sizes) = ReadHeader(stream, name);
        if (sizes.Length != 1) throw Bad(name, $"labels have one dimension, but the sizes are {TensorShape.Format(sizes)}; name the file with the labels");
        if (type is 0x0D or 0x0E) throw Bad(name, "labels are integers, but the file holds floating-point numbers");
        if (sizes[0] != series.Count) throw Bad(name, $"there are {sizes[0]} labels, but {series.Count} series in {series.Name}");
        return series.WithLabels(Array.ConvertAll(ReadElements(stream, name, type, sizes), label => ClassNames.FromNumber(label)));
    }

    private static (byte Type, long[] Sizes) ReadHeader(Stream stream, string name)
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

        if (!TensorShape.TryCount(sizes, out long count) || count > Array.MaxLength)
            throw Bad(name, $"the sizes {TensorShape.Format(sizes)} ask for more than the {Array.MaxLength} values that can be read");
        return (type, sizes);
    }

    private static float[] ReadElements(Stream stream, string name, byte type, long[] sizes)
    {
        TensorShape.TryCount(sizes, out long total);
        int count = (int)total;
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
                throw Bad(name, $"the header announces {count} elements, but the file ends before them; it is cut off, copy it again");
            if (done + items > values.Length) Array.Resize(ref values, (int)Math.Min(2L * values.Length, count));
            Span<float> elements = values.AsSpan(done, items);
            if (type == UnsignedByte) TensorPrimitives.ConvertTruncating<byte, float>(bytes, elements);
            else for (int i = 0; i < items; i++) elements[i] = Element(bytes[(i * itemSize)..], type);
        }

        if (stream.ReadByte() >= 0) throw Bad(name, $"more follows the {count} elements that the header announces");
        return values;
    }

    private static int ItemSize(byte type) => type switch
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
