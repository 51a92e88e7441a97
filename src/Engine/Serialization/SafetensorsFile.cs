using System.Buffers.Binary;
using System.Runtime.InteropServices;
using FastNets.Data;

namespace FastNets.Serialization;

/// <summary>The content of a safetensors file: named tensors and string metadata.</summary>
/// <remarks>
/// Read whole and checked: ranges, shapes and sizes agree with one another and with the file. Immutable and thread-safe.
/// Elements are little-endian, row-major. Source: the specification of the safetensors format.
/// </remarks>
public sealed class SafetensorsFile
{
    /// <summary>The largest header that the format allows, in bytes.</summary>
    public const long MaxHeaderLength = 100_000_000;

    /// <summary>The name in the header that stands for the metadata.</summary>
    internal const string MetadataKey = "__metadata__";

    private readonly OrderedDictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, TensorEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _data = new(StringComparer.Ordinal);

    private SafetensorsFile(Stream stream, string name)
    {
        Name = name;
        long length = stream.Length - stream.Position;
        Span<byte> size = stackalloc byte[sizeof(ulong)];
        if (length < size.Length) throw Bad($"the file has {length} bytes; a safetensors file has at least {size.Length}");
        stream.ReadExactly(size);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(size);
        length -= size.Length;
        if (headerLength > MaxHeaderLength) throw Bad($"the header would have {headerLength} bytes, more than {MaxHeaderLength}; this is no safetensors file");
        if (headerLength > (ulong)length) throw Bad($"the header would have {headerLength} bytes, but only {length} follow; the file is cut off, or no safetensors file");

        byte[] header = new byte[(int)headerLength];
        stream.ReadExactly(header);
        SafetensorsHeader.Parse(header, length - header.Length, name, _metadata, _entries);
        foreach (TensorEntry entry in _entries.Values.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            long bytes = entry.End - entry.Begin;
            if (bytes > Array.MaxLength) throw Bad($"tensor '{entry.Name}' has {bytes} bytes; one tensor may have {Array.MaxLength}");
            byte[] data = new byte[bytes];
            stream.ReadExactly(data);
            _data.Add(entry.Name, data);
        }
    }

    /// <summary>What the file is called in messages.</summary>
    public string Name { get; }

    /// <summary>The metadata, in the file's order.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>The tensors, in the order of the header.</summary>
    public IReadOnlyList<TensorEntry> Tensors => _entries.Values;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <exception cref="DataFormatException">There is no such file, or it is damaged or no safetensors file.</exception>
    public static SafetensorsFile Read(string path)
    {
        using Stream stream = InputFile.Open(path);
        return Read(stream, path);
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream, at the beginning of the content.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <exception cref="DataFormatException">The content is damaged or not of this format.</exception>
    public static SafetensorsFile Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            if (stream.CanSeek) return new SafetensorsFile(stream, name);
            using var content = new MemoryStream();
            stream.CopyTo(content);
            content.Position = 0;
            return new SafetensorsFile(content, name);
        }
        catch (EndOfStreamException e)
        {
            throw new DataFormatException($"{name}: the file became shorter while it was read.", e);
        }
    }

    /// <summary>Whether there is a tensor of that name.</summary>
    /// <param name="name">The tensor's name.</param>
    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <summary>A tensor's type and shape.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <exception cref="DataFormatException">There is no such tensor; the message names those that are there.</exception>
    public TensorEntry Entry(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_entries.TryGetValue(name, out TensorEntry? entry)) return entry;
        const int Shown = 20;
        string there = _entries.Count == 0 ? "the file holds none" : "the file holds " + string.Join(", ", _entries.Keys.Take(Shown));
        if (_entries.Count > Shown) there += $" and {_entries.Count - Shown} more";
        throw Bad($"there is no tensor '{name}'; {there}");
    }

    /// <summary>A piece of metadata.</summary>
    /// <param name="key">Its name.</param>
    /// <exception cref="DataFormatException">There is no such piece.</exception>
    public string MetadataValue(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _metadata.TryGetValue(key, out string? value) ? value : throw Bad($"there is no metadata '{key}'; the file was not written for this purpose");
    }

    /// <summary>A tensor's bytes, whatever its type.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <exception cref="DataFormatException">There is no such tensor.</exception>
    public ReadOnlySpan<byte> Bytes(string name)
    {
        Entry(name);
        return _data[name];
    }

    /// <summary>The elements of a single-precision tensor.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="shape">The shape that it must have, -1 for a dimension of any size; none given means that it is not checked.</param>
    /// <exception cref="DataFormatException">There is no such tensor, or it has another type or shape.</exception>
    public ReadOnlySpan<float> Float32(string name, params ReadOnlySpan<long> shape) => Elements<float>(name, TensorType.F32, shape);

    /// <inheritdoc cref="Float32"/>
    /// <summary>The elements of a double-precision tensor.</summary>
    public ReadOnlySpan<double> Float64(string name, params ReadOnlySpan<long> shape) => Elements<double>(name, TensorType.F64, shape);

    /// <inheritdoc cref="Float32"/>
    /// <summary>The elements of a tensor of 32-bit integers.</summary>
    public ReadOnlySpan<int> Int32(string name, params ReadOnlySpan<long> shape) => Elements<int>(name, TensorType.I32, shape);

    /// <inheritdoc cref="Float32"/>
    /// <summary>The elements of a tensor of 64-bit integers.</summary>
    public ReadOnlySpan<long> Int64(string name, params ReadOnlySpan<long> shape) => Elements<long>(name, TensorType.I64, shape);

    /// <inheritdoc cref="Float32"/>
    /// <summary>The elements of a tensor of bytes.</summary>
    public ReadOnlySpan<byte> UInt8(string name, params ReadOnlySpan<long> shape) => Elements<byte>(name, TensorType.U8, shape);

    private ReadOnlySpan<T> Elements<T>(string name, TensorType type, scoped ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        TensorEntry entry = Entry(name);
        if (entry.Type != type) throw Bad($"tensor '{name}' has type {entry.Type.SafetensorsName()}, but {type.SafetensorsName()} is needed");
        if (!shape.IsEmpty && !Fits(entry.Shape, shape))
            throw Bad($"tensor '{name}' has shape {TensorShape.Format(entry.Shape)}, but {TensorShape.Format(shape)} is needed");
        return MemoryMarshal.Cast<byte, T>(_data[name]);
    }

    private static bool Fits(ReadOnlySpan<long> actual, ReadOnlySpan<long> expected)
    {
        if (actual.Length != expected.Length) return false;
        for (int i = 0; i < actual.Length; i++)
        {
            if (expected[i] >= 0 && expected[i] != actual[i]) return false;
        }

        return true;
    }

    private DataFormatException Bad(string what) => DataFormatException.At(Name, 0, what + ".");
}
