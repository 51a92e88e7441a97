using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FastNets.Serialization;

/// <summary>Makes a safetensors file: named tensors and string metadata, in the order in which they were added.</summary>
/// <remarks>
/// The same content added in the same order gives the same bytes. The data begin at a multiple of 8 bytes; the header is padded with spaces.
/// What is added is copied. Not thread-safe. Source: the specification of the safetensors format.
/// </remarks>
public sealed class SafetensorsWriter
{
    private const int Alignment = 8;

    private readonly List<(string Key, string Value)> _metadata = [];
    private readonly List<(string Name, TensorType Type, long[] Shape, byte[] Data)> _tensors = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    /// <summary>Adds a piece of metadata.</summary>
    /// <param name="key">Its name, not used before.</param>
    /// <param name="value">Its text.</param>
    /// <exception cref="ArgumentException">The key was used before.</exception>
    public void AddMetadata(string key, string value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        if (!_keys.Add(key)) throw new ArgumentException($"The metadata key '{key}' was added before.", nameof(key));
        _metadata.Add((key, value));
    }

    /// <summary>Adds a tensor of single-precision numbers.</summary>
    /// <param name="name">Its name, not used before.</param>
    /// <param name="values">Its elements, row-major.</param>
    /// <param name="shape">Its shape; none given means one dimension.</param>
    /// <exception cref="ArgumentException">The name was used before, or the shape asks for another number of elements.</exception>
    public void Add(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) => Add(name, TensorType.F32, values, shape);

    /// <inheritdoc cref="Add(string, ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    /// <summary>Adds a tensor of double-precision numbers.</summary>
    public void Add(string name, ReadOnlySpan<double> values, params ReadOnlySpan<long> shape) => Add(name, TensorType.F64, values, shape);

    /// <inheritdoc cref="Add(string, ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    /// <summary>Adds a tensor of 32-bit integers.</summary>
    public void Add(string name, ReadOnlySpan<int> values, params ReadOnlySpan<long> shape) => Add(name, TensorType.I32, values, shape);

    /// <inheritdoc cref="Add(string, ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    /// <summary>Adds a tensor of 64-bit integers.</summary>
    public void Add(string name, ReadOnlySpan<long> values, params ReadOnlySpan<long> shape) => Add(name, TensorType.I64, values, shape);

    /// <inheritdoc cref="Add(string, ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    /// <summary>Adds a tensor of bytes.</summary>
    public void Add(string name, ReadOnlySpan<byte> values, params ReadOnlySpan<long> shape) => Add(name, TensorType.U8, values, shape);

    /// <summary>Writes the file; it replaces an old one only when it is whole.</summary>
    /// <param name="path">The file's path.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => AtomicFile.Write(path, WriteTo);

    /// <summary>Writes the content of the file.</summary>
    /// <param name="stream">Where to.</param>
    public void WriteTo(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ReadOnlySpan<byte> header = Header();
        int padding = (Alignment - (header.Length % Alignment)) % Alignment;
        Span<byte> size = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(size, (ulong)(header.Length + padding));
        stream.Write(size);
        stream.Write(header);
        stream.Write("        "u8[..padding]);
        foreach (var tensor in _tensors) stream.Write(tensor.Data);
    }

    private void Add<T>(string name, TensorType type, ReadOnlySpan<T> values, ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name == SafetensorsFile.MetadataKey) throw new ArgumentException($"'{name}' is not a tensor's name: it stands for the metadata.", nameof(name));
        long[] dimensions = shape.IsEmpty ? [values.Length] : shape.ToArray();
        TensorShape.CheckCount(name, dimensions, values.Length);
        if (!_names.Add(name)) throw new ArgumentException($"A tensor '{name}' was added before.", nameof(name));
        _tensors.Add((name, type, dimensions, MemoryMarshal.AsBytes(values).ToArray()));
    }

    private ReadOnlySpan<byte> Header()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (_metadata.Count > 0)
            {
                json.WriteStartObject(SafetensorsFile.MetadataKey);
                foreach ((string key, string value) in _metadata) json.WriteString(key, value);
                json.WriteEndObject();
            }

            long offset = 0;
            foreach (var tensor in _tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type.SafetensorsName());
                json.WriteStartArray("shape");
                foreach (long dimension in tensor.Shape) json.WriteNumberValue(dimension);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.Data.LongLength);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }
}
