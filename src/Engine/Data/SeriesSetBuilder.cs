using System.Text;
using System.Text.Unicode;

namespace FastNets.Data;

/// <summary>Gathers series and labels as a reader finds them and makes the set, its classes named and ordered.</summary>
internal sealed class SeriesSetBuilder
{
    private readonly string _name;
    private readonly List<int> _lengths = [];
    private readonly List<int> _labels = [];
    private readonly List<long> _lines = [];
    private readonly List<string> _classes = [];
    private readonly Dictionary<string, int> _classIds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _rawLabels = new(StringComparer.Ordinal);
    private float[] _values = new float[1024];
    private int _count;

    /// <summary>Starts an empty set.</summary>
    /// <param name="name">The file's name for messages.</param>
    public SeriesSetBuilder(string name) => _name = name;

    /// <summary>The number of channels; set before <see cref="Build"/>.</summary>
    public int Channels { get; set; } = 1;

    /// <summary>The number of series so far.</summary>
    public int Count => _lengths.Count;

    /// <summary>The number of values of the series that has begun.</summary>
    public int Pending { get; private set; }

    /// <summary>The values of the series that has begun.</summary>
    public Span<float> PendingValues => _values.AsSpan(_count - Pending, Pending);

    /// <summary>Adds a value to the series that has begun.</summary>
    /// <param name="value">The value.</param>
    public void Add(float value)
    {
        if (_count == _values.Length) Grow();
        _values[_count++] = value;
        Pending++;
    }

    /// <summary>Shortens the series that has begun.</summary>
    /// <param name="values">The number of values to keep, at most <see cref="Pending"/>.</param>
    public void Truncate(int values)
    {
        _count -= Pending - values;
        Pending = values;
    }

    /// <summary>Ends the series that has begun.</summary>
    /// <param name="length">Its number of time steps.</param>
    /// <param name="line">Where it stands in the file; 0 where lines have no meaning.</param>
    public void EndSeries(int length, long line)
    {
        _lengths.Add(length);
        _lines.Add(line);
        Pending = 0;
    }

    /// <summary>Adds the label of the series that was ended last, or is about to be.</summary>
    /// <param name="label">The label as the file has it, without blanks around it.</param>
    /// <param name="line">Where it stands in the file.</param>
    /// <exception cref="DataFormatException">It is empty or no text.</exception>
    public void AddLabel(ReadOnlySpan<byte> label, long line)
    {
        if (!Utf8.IsValid(label)) throw DataFormatException.At(_name, line, $"the label '{MessageText.Show(label)}' is not UTF-8 text; save the file as UTF-8.");
        const int StackLimit = 256;
        if (label.Length > StackLimit)
        {
            AddLabel(Encoding.UTF8.GetString(label), line);
            return;
        }

        // Most labels were seen before: look them up without making a string.
        Span<char> text = stackalloc char[StackLimit];
        text = text[..Encoding.UTF8.GetChars(label, text)];
        if (_rawLabels.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out int id)) _labels.Add(id);
        else AddLabel(text.ToString(), line);
    }

    /// <inheritdoc cref="AddLabel(ReadOnlySpan{byte}, long)"/>
    public void AddLabel(string label, long line)
    {
        if (label.Length == 0 || label == "?") throw DataFormatException.At(_name, line, $"series {_labels.Count} has no label.");
        if (!_rawLabels.TryGetValue(label, out int id))
        {
            id = ClassId(ClassNames.Normalize(label));
            _rawLabels.Add(label, id);
        }

        _labels.Add(id);
    }

    /// <summary>Makes the set.</summary>
    /// <exception cref="DataFormatException">There is no series.</exception>
    public SeriesSet Build()
    {
        if (_lengths.Count == 0) throw DataFormatException.At(_name, 0, "there is no series in the file.");
        string[] sorted = ClassNames.Sort(_classes);
        int[] position = new int[sorted.Length];
        for (int i = 0; i < sorted.Length; i++) position[_classIds[sorted[i]]] = i;
        int[] labels = new int[_labels.Count];
        for (int i = 0; i < labels.Length; i++) labels[i] = position[_labels[i]];
        if (_values.Length != _count) Array.Resize(ref _values, _count);
        return new SeriesSet(_name, Channels, [.. _lengths], _values, labels, sorted, [.. _lines]);
    }

    private int ClassId(string name)
    {
        if (_classIds.TryGetValue(name, out int id)) return id;
        id = _classes.Count;
        _classes.Add(name);
        _classIds.Add(name, id);
        return id;
    }

    private void Grow()
    {
        if (_values.Length == Array.MaxLength) throw DataFormatException.At(_name, 0, $"the file holds more than {Array.MaxLength} values; split it.");
        Array.Resize(ref _values, (int)Math.Min(2L * _values.Length, Array.MaxLength));
    }
}
