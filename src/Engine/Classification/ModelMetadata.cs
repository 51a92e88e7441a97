using System.Globalization;
using System.Text.Json;
using FastNets.Data;
using FastNets.Serialization;

namespace FastNets.Classification;

/// <summary>Reads a model file's metadata, value by value.</summary>
internal sealed class ModelMetadata(SafetensorsFile file)
{
    /// <summary>The file.</summary>
    public SafetensorsFile File => file;

    /// <summary>A whole number.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="min">The smallest one allowed.</param>
    /// <exception cref="DataFormatException">It is none, or too small.</exception>
    public int Integer(string key, int min)
        => int.TryParse(file.MetadataValue(key), NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= min
            ? value
            : throw Bad(key, $"a whole number from {min} to {int.MaxValue}");

    /// <summary>A seed.</summary>
    /// <param name="key">Its key.</param>
    /// <exception cref="DataFormatException">It is none.</exception>
    public ulong Seed(string key)
        => ulong.TryParse(file.MetadataValue(key), NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : throw Bad(key, "a whole number from 0 to 2^64 - 1");

    /// <summary>A number.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="min">The smallest one allowed.</param>
    /// <param name="max">The largest one allowed.</param>
    /// <exception cref="DataFormatException">It is none, or out of range.</exception>
    public double Number(string key, double min, double max)
        => double.TryParse(file.MetadataValue(key), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= min && value <= max
            ? value
            : throw Bad(key, string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}"));

    /// <summary>A name out of a list.</summary>
    /// <typeparam name="T">The list.</typeparam>
    /// <param name="key">Its key.</param>
    /// <exception cref="DataFormatException">It is not in the list.</exception>
    public T Choice<T>(string key)
        where T : struct, Enum
    {
        string text = file.MetadataValue(key);
        foreach (T value in Enum.GetValues<T>())
        {
            if (value.ToString() == text) return value;
        }

        throw Bad(key, "one of " + string.Join(", ", Enum.GetNames<T>()));
    }

    /// <summary>A list of names, written as JSON.</summary>
    /// <param name="key">Its key.</param>
    /// <exception cref="DataFormatException">It is no such list, or has fewer than two names, or one of them twice.</exception>
    public string[] Names(string key)
    {
        var names = new List<string>();
        try
        {
            using JsonDocument document = JsonDocument.Parse(file.MetadataValue(key));
            foreach (JsonElement element in document.RootElement.EnumerateArray()) names.Add(element.GetString() ?? throw new InvalidOperationException("A name is null."));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new DataFormatException($"{file.Name}: the metadata '{key}' is not a list of names. {e.Message}", e);
        }

        if (names.Count < 2 || names.Distinct(StringComparer.Ordinal).Count() != names.Count) throw Bad(key, "a list of two or more different names");
        return [.. names];
    }

    private DataFormatException Bad(string key, string expected)
        => DataFormatException.At(file.Name, 0, $"the metadata '{key}' is '{MessageText.Show(file.MetadataValue(key))}', but must be {expected}.");
}
