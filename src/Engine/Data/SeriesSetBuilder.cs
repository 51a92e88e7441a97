namespace FastNets.Data;

/// <summary>Gathers series and labels as a reader finds them and makes sets of them, piece by piece.</summary>
internal sealed class SeriesSetBuilder
{
    private const int LeastCapacity = 1024;

    private readonly ClassIndex _classes;
    private readonly List<int> _lengths = [];
    private readonly List<int> _labels = [];
    private readonly List<long> _lines = [];
    private float[] _values = [];
    private int _capacity = LeastCapacity;
    private int _count;

    /// <summary>Starts an empty set.</summary>
    /// <param name="name">The file's name for messages.</param>
    public SeriesSetBuilder(string name)
    {
        Name = name;
        _classes = new ClassIndex(name);
    }

    /// <summary>The file's name for messages.</summary>
    public string Name { get; }

    /// <summary>The number of channels; set before <see cref="Take"/>.</summary>
    public int Channels { get; set; } = 1;

    /// <summary>The number of series of the piece so far.</summary>
    public int Count => _lengths.Count;

    /// <summary>The number of values of the piece so far.</summary>
    public long ValueCount => _count;

    /// <summary>The number of series of the pieces before.</summary>
    public long Taken { get; private set; }

    /// <summary>The names of the classes of all pieces so far.</summary>
    public IReadOnlyList<string> Classes => _classes.Names;

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
    public void AddLabel(ReadOnlySpan<byte> label, long line) => _labels.Add(_classes.Of(label, Taken + _labels.Count, line));

    /// <inheritdoc cref="AddLabel(ReadOnlySpan{byte}, long)"/>
    public void AddLabel(string label, long line) => _labels.Add(_classes.Of(label, Taken + _labels.Count, line));

    /// <summary>Makes a set of the series so far, its classes in the order of their first appearance, and starts the next piece.</summary>
    public SeriesSet Take()
    {
        if (_values.Length != _count) Array.Resize(ref _values, _count);
        var set = new SeriesSet(Name, Channels, [.. _lengths], _values, [.. _labels], Classes, [.. _lines]) { FirstIndex = Taken };
        PassOver(Count);
        _lengths.Clear();
        _labels.Clear();
        _lines.Clear();

        // The next piece is about as large.
        _capacity = Math.Max(_count, LeastCapacity);
        _values = [];
        _count = 0;
        return set;
    }

    /// <summary>Counts series that are in no piece.</summary>
    /// <param name="series">Their number.</param>
    public void PassOver(long series) => Taken += series;

    private void Grow()
    {
        if (_values.Length == Array.MaxLength) throw DataFormatException.At(Name, 0, $"the file holds more than {Array.MaxLength} values; split it.");
        Array.Resize(ref _values, (int)Math.Min(Math.Max(2L * _values.Length, _capacity), Array.MaxLength));
    }
}
