using System.Text.Json;
using FastNets.Data;

namespace FastNets.Serialization;

/// <summary>What a partial file of rows is, kept beside it as a small JSON file.</summary>
/// <param name="Origin">What the rows are made by: a hash of all that they depend on besides the input.</param>
/// <param name="Element">The element type in NumPy's notation.</param>
/// <param name="RowLength">The number of elements of a row.</param>
/// <param name="Count">The number of rows that there will be; null where it is not known.</param>
/// <param name="Rows">The number of rows that are safely on the disk.</param>
internal sealed record PartialState(string Origin, string Element, int RowLength, long? Count, long Rows)
{
    private const string OriginName = "origin";
    private const string ElementName = "element";
    private const string RowLengthName = "row_length";
    private const string CountName = "count";
    private const string RowsName = "rows";
    private const int MaxBytes = 1 << 16;

    /// <summary>Writes the file; it replaces an old one only when it is whole.</summary>
    /// <param name="path">Its path.</param>
    public void Save(string path) => AtomicFile.Write(path, stream =>
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString(OriginName, Origin);
        json.WriteString(ElementName, Element);
        json.WriteNumber(RowLengthName, RowLength);
        if (Count is long count) json.WriteNumber(CountName, count);
        json.WriteNumber(RowsName, Rows);
        json.WriteEndObject();
    });

    /// <summary>Reads the file.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="DataFormatException">There is no such file, or it is damaged.</exception>
    public static PartialState Read(string path)
    {
        using FileStream file = InputFile.Open(path);
        if (file.Length > MaxBytes) throw Damaged(path, null);
        try
        {
            using JsonDocument document = JsonDocument.Parse(file);
            JsonElement json = document.RootElement;
            long? count = json.TryGetProperty(CountName, out JsonElement known) ? known.GetInt64() : null;
            var state = new PartialState(
                json.GetProperty(OriginName).GetString() ?? "",
                json.GetProperty(ElementName).GetString() ?? "",
                json.GetProperty(RowLengthName).GetInt32(),
                count,
                json.GetProperty(RowsName).GetInt64());
            return state.Rows >= 0 ? state : throw Damaged(path, null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Damaged(path, e);
        }
    }

    private static DataFormatException Damaged(string path, Exception? inner)
    {
        string message = $"{path}: this does not say what the partial file beside it holds; {PartialFile.StartAnew}.";
        return inner is null ? new DataFormatException(message) : new DataFormatException(message, inner);
    }
}
