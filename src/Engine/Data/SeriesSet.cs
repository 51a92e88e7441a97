namespace FastNets.Data;

/// <summary>A set of time series with, where they are known, a class for each: what readers give and models take.</summary>
/// <remarks>Immutable and thread-safe. A series is stored channel after channel, each channel's values in order of time.</remarks>
public sealed partial class SeriesSet
{
    private readonly float[] _values;
    private readonly int[] _lengths;
    private readonly long[] _offsets;
    private readonly int[] _labels;

    // Each series' line in the file it came from; empty where lines have no meaning.
    private readonly long[] _lines;

    /// <summary>Makes a set. The arrays are taken over, not copied.</summary>
    /// <param name="name">What the set is called in messages: usually the file's name.</param>
    /// <param name="channels">The number of channels (variables) of every series, at least 1.</param>
    /// <param name="lengths">Each series' number of time steps.</param>
    /// <param name="values">All series one after another, each [channels, length]; a missing value is NaN.</param>
    /// <param name="labels">Each series' class as an index into <paramref name="classes"/>; empty where classes are not known.</param>
    /// <param name="classes">The names of the classes, in the order of their indices.</param>
    /// <exception cref="ArgumentException">The sizes don't agree, or a label has no class.</exception>
    public SeriesSet(string name, int channels, int[] lengths, float[] values, int[] labels, IReadOnlyList<string> classes)
        : this(name, channels, lengths, values, labels, classes, [])
    {
    }

    // What readers use: they also know each series' line, so that later messages can name it.
    internal SeriesSet(string name, int channels, int[] lengths, float[] values, int[] labels, IReadOnlyList<string> classes, long[] lines)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (labels.Length != 0 && labels.Length != lengths.Length)
            throw new ArgumentException($"{lengths.Length} series, but {labels.Length} labels.", nameof(labels));
        foreach (int label in labels)
        {
            if ((uint)label >= (uint)classes.Count)
                throw new ArgumentException($"Label {label} has no name: there are {classes.Count} classes.", nameof(labels));
        }

        _offsets = new long[lengths.Length + 1];
        int min = lengths.Length == 0 ? 0 : int.MaxValue;
        int max = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] < 0) throw new ArgumentException($"Series {i} has length {lengths[i]}.", nameof(lengths));
            _offsets[i + 1] = _offsets[i] + ((long)channels * lengths[i]);
            min = Math.Min(min, lengths[i]);
            max = Math.Max(max, lengths[i]);
        }

        if (_offsets[^1] != values.LongLength)
            throw new ArgumentException($"The lengths ask for {_offsets[^1]} values, but there are {values.LongLength}.", nameof(values));

        Name = name;
        Channels = channels;
        MinLength = min;
        MaxLength = max;
        Classes = [.. classes];
        _lengths = lengths;
        _values = values;
        _labels = labels;
        _lines = lines;
    }

    /// <summary>What the set is called in messages.</summary>
    public string Name { get; }

    /// <summary>The number of series.</summary>
    public int Count => _lengths.Length;

    /// <summary>The number of channels (variables) of every series.</summary>
    public int Channels { get; }

    /// <summary>The shortest series' number of time steps; 0 in an empty set.</summary>
    public int MinLength { get; }

    /// <summary>The longest series' number of time steps; 0 in an empty set.</summary>
    public int MaxLength { get; }

    /// <summary>Whether all series have the same length.</summary>
    public bool IsEqualLength => MinLength == MaxLength;

    /// <summary>Whether classes are known.</summary>
    public bool HasLabels => _labels.Length == Count && Count > 0;

    /// <summary>The names of the classes, in the order of their indices.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Each series' class as an index into <see cref="Classes"/>; empty where classes are not known.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>All values, series after series; shape [count, channels, length] where lengths are equal.</summary>
    public ReadOnlyMemory<float> Values => _values;

    /// <summary>The index that the first series has in what the set is a piece of: messages name series by it.</summary>
    internal long FirstIndex { get; init; }

    /// <summary>A series' number of time steps.</summary>
    /// <param name="series">The series' index.</param>
    public int LengthOf(int series) => _lengths[series];

    /// <summary>The line of the file on which a series stands, from 1; 0 where that is not known.</summary>
    /// <param name="series">The series' index.</param>
    public long LineOf(int series) => _lines.Length == 0 ? 0 : _lines[series];

    /// <summary>A series' values, shape [channels, length].</summary>
    /// <param name="series">The series' index.</param>
    public ReadOnlySpan<float> Series(int series)
        => _values.AsSpan((int)_offsets[series], (int)(_offsets[series + 1] - _offsets[series]));

    /// <summary>One channel of a series, shape [length].</summary>
    /// <param name="series">The series' index.</param>
    /// <param name="channel">The channel's index.</param>
    public ReadOnlySpan<float> Channel(int series, int channel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(channel);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(channel, Channels);
        return Series(series).Slice(channel * _lengths[series], _lengths[series]);
    }
}
