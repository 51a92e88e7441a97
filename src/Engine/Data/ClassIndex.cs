using System.Text;
using System.Text.Unicode;

namespace FastNets.Data;

/// <summary>Counts the classes that labels stand for, in the order of their first appearance.</summary>
/// <param name="name">The file's name for messages.</param>
internal sealed class ClassIndex(string name)
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _rawLabels = new(StringComparer.Ordinal);

    /// <summary>The classes' names.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The class of a series' label.</summary>
    /// <param name="label">The label as the file has it, without blanks around it.</param>
    /// <param name="series">The series' index in the file.</param>
    /// <param name="line">Where it stands in the file.</param>
    /// <exception cref="DataFormatException">It is empty or no text.</exception>
    public int Of(ReadOnlySpan<byte> label, long series, long line)
    {
        if (!Utf8.IsValid(label)) throw DataFormatException.At(name, line, $"the label '{MessageText.Show(label)}' is not UTF-8 text; save the file as UTF-8.");
        const int StackLimit = 256;
        if (label.Length > StackLimit) return Of(Encoding.UTF8.GetString(label), series, line);

        // Most labels were seen before: look them up without making a string.
        Span<char> text = stackalloc char[StackLimit];
        text = text[..Encoding.UTF8.GetChars(label, text)];
        return _rawLabels.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out int id) ? id : Of(text.ToString(), series, line);
    }

    /// <inheritdoc cref="Of(ReadOnlySpan{byte}, long, long)"/>
    public int Of(string label, long series, long line)
    {
        if (label.Length == 0 || label == "?") throw DataFormatException.At(name, line, $"series {series} has no label.");
        if (_rawLabels.TryGetValue(label, out int id)) return id;
        id = OfName(ClassNames.Normalize(label));
        _rawLabels.Add(label, id);
        return id;
    }

    /// <summary>The class of a name.</summary>
    /// <param name="className">The name, normalised.</param>
    public int OfName(string className)
    {
        if (_ids.TryGetValue(className, out int id)) return id;
        id = _names.Count;
        _names.Add(className);
        _ids.Add(className, id);
        return id;
    }
}
