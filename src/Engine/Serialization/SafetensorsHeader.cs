using System.Text.Json;
using FastNets.Data;

namespace FastNets.Serialization;

/// <summary>Reads and checks the header of a safetensors file.</summary>
internal static class SafetensorsHeader
{
    /// <summary>Reads a header.</summary>
    /// <param name="json">The header's bytes, without the size before them.</param>
    /// <param name="dataLength">The number of bytes that follow the header.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <param name="metadata">The metadata, in the file's order.</param>
    /// <param name="entries">The tensors, in the file's order.</param>
    /// <exception cref="DataFormatException">The header is not one, or does not fit the data.</exception>
    public static void Parse(
        ReadOnlySpan<byte> json, long dataLength, string file, OrderedDictionary<string, string> metadata, OrderedDictionary<string, TensorEntry> entries)
    {
        if (json.IsEmpty || json[0] != (byte)'{') throw Bad(file, "the header does not begin with '{'; this is no safetensors file");
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            while (Next(ref reader) == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                if (name == SafetensorsFile.MetadataKey) ReadMetadata(ref reader, file, metadata);
                else if (!entries.TryAdd(name, ReadEntry(ref reader, file, name))) throw Bad(file, $"the tensor '{name}' stands in the header twice");
            }

            // Only white space may follow; the reader throws on anything else.
            reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new DataFormatException($"{file}: the safetensors header is not valid JSON: {e.Message}", e);
        }

        CheckRanges(entries, dataLength, file);
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, string file, OrderedDictionary<string, string> metadata)
    {
        Expect(ref reader, JsonTokenType.StartObject, file, "the metadata", "an object");
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            Expect(ref reader, JsonTokenType.String, file, $"the metadata '{key}'", "a string");
            if (!metadata.TryAdd(key, reader.GetString()!)) throw Bad(file, $"the metadata key '{key}' stands in the header twice");
        }
    }

    private static TensorEntry ReadEntry(ref Utf8JsonReader reader, string file, string name)
    {
        Expect(ref reader, JsonTokenType.StartObject, file, $"tensor '{name}'", "an object");
        string? typeName = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            string property = reader.GetString()!;
            bool again;
            switch (property)
            {
                case "dtype":
                    again = typeName is not null;
                    Expect(ref reader, JsonTokenType.String, file, $"tensor '{name}', dtype", "a string");
                    typeName = reader.GetString()!;
                    break;
                case "shape":
                    again = shape is not null;
                    shape = ReadNumbers(ref reader, file, name, property);
                    break;
                case "data_offsets":
                    again = offsets is not null;
                    offsets = ReadNumbers(ref reader, file, name, property);
                    break;
                default:
                    throw Bad(file, $"tensor '{name}' has the unknown property '{property}'");
            }

            if (again) throw Bad(file, $"tensor '{name}' has '{property}' twice");
        }

        if (typeName is null || shape is null || offsets is null) throw Bad(file, $"tensor '{name}' lacks dtype, shape or data_offsets");
        if (!TensorTypes.TryParseSafetensorsName(typeName, out TensorType type))
            throw Bad(file, $"tensor '{name}' has the type '{typeName}', which is not known; convert it to F32");
        return MakeEntry(file, name, type, shape, offsets);
    }

    private static TensorEntry MakeEntry(string file, string name, TensorType type, long[] shape, long[] offsets)
    {
        if (offsets.Length != 2) throw Bad(file, $"tensor '{name}' has {offsets.Length} data_offsets instead of 2");
        if (!TensorShape.TryCount(shape, out long count) || count > long.MaxValue / type.SizeOf())
            throw Bad(file, $"tensor '{name}' has the impossible shape {TensorShape.Format(shape)}");
        if (offsets[1] < offsets[0] || offsets[1] - offsets[0] != count * type.SizeOf())
        {
            throw Bad(
                file,
                $"tensor '{name}' of type {type.SafetensorsName()} and shape {TensorShape.Format(shape)} needs {count * type.SizeOf()} bytes, but its range is {offsets[0]} to {offsets[1]}");
        }

        return new TensorEntry(name, type, shape, offsets[0], offsets[1]);
    }

    private static long[] ReadNumbers(ref Utf8JsonReader reader, string file, string name, string property)
    {
        Expect(ref reader, JsonTokenType.StartArray, file, $"tensor '{name}', {property}", "an array");
        var numbers = new List<long>();
        while (Next(ref reader) != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0)
                throw Bad(file, $"tensor '{name}' has something in {property} that is not a whole number from 0 to 2^63 - 1");
            numbers.Add(number);
        }

        return [.. numbers];
    }

    // The ranges must cover the data without gap or overlap: whatever else is in the file was not put there by a writer of this format.
    private static void CheckRanges(OrderedDictionary<string, TensorEntry> entries, long dataLength, string file)
    {
        long position = 0;
        foreach (TensorEntry entry in entries.Values.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            if (entry.End > dataLength)
            {
                throw Bad(
                    file,
                    $"tensor '{entry.Name}' ends at byte {entry.End} of the data, but only {dataLength} are there; the file is cut off, copy it again");
            }

            if (entry.Begin != position)
            {
                string how = entry.Begin < position ? "overlaps the tensor before it" : "leaves a gap after the tensor before it";
                throw Bad(file, $"tensor '{entry.Name}' {how}: it begins at byte {entry.Begin} instead of {position}");
            }

            position = entry.End;
        }

        if (position != dataLength) throw Bad(file, $"{dataLength - position} bytes follow the last tensor");
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string file, string what, string expected)
    {
        if (Next(ref reader) != type) throw Bad(file, $"{what} is not {expected} in the header");
    }

    private static DataFormatException Bad(string file, string what) => DataFormatException.At(file, 0, what + ".");
}
