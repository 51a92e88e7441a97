using FastNets.Serialization;

namespace FastNets.Data.Readers;

/// <summary>Makes sets of arrays: series of shape [n, length], [n, channels, length] or [n, length, channels], labels of shape [n].</summary>
internal sealed class ArraySeries
{
    private readonly NpyReader _reader;
    private readonly string _name;
    private readonly int _length;
    private readonly bool _swap;

    /// <summary>Finds the series in an array.</summary>
    /// <param name="reader">The reader, its current array the series.</param>
    /// <param name="name">What the file is called in messages.</param>
    /// <param name="layout">The order of three dimensions.</param>
    public ArraySeries(NpyReader reader, string name, ArrayLayout layout)
    {
        long[] shape = reader.Header.Shape.ToArray();
        if (shape.Length is not (2 or 3))
            throw Bad(name, $"the array has the shape {TensorShape.Format(shape)}; series have [n, length], [n, channels, length] or [n, length, channels]");
        if (shape[0] == 0 || Array.Exists(shape[1..], d => d is 0 or > int.MaxValue)) throw Bad(name, $"the shape {TensorShape.Format(shape)} holds no series");
        _reader = reader;
        _name = name;
        Count = Left = shape[0];
        int last = (int)shape[^1];
        int middle = shape.Length == 3 ? (int)shape[1] : 1;
        _swap = shape.Length == 3 && layout == ArrayLayout.ChannelsLast;
        (Channels, _length) = _swap ? (last, middle) : (middle, last);
    }

    /// <summary>The number of channels.</summary>
    public int Channels { get; }

    /// <summary>The number of series.</summary>
    public long Count { get; }

    /// <summary>The number of series that were not read yet.</summary>
    public long Left { get; private set; }

    private long ValuesPerSeries => (long)Channels * _length;

    /// <summary>Reads all series.</summary>
    /// <returns>The set without labels.</returns>
    public SeriesSet ReadAll()
    {
        Left = 0;
        return SetOf(_reader.ReadSingles(), 0);
    }

    /// <summary>Reads the next series; there are some.</summary>
    /// <param name="maxSeries">The most series.</param>
    /// <param name="maxValues">No further series is begun when there are this many values.</param>
    /// <returns>The set without labels.</returns>
    public SeriesSet Read(int maxSeries, long maxValues)
    {
        long first = Count - Left;
        long series = Math.Clamp(maxValues / ValuesPerSeries, 1, Math.Min(maxSeries, Left));
        Left -= series;
        return SetOf(_reader.ReadSingles(series * ValuesPerSeries), first);
    }

    /// <summary>Passes over series.</summary>
    /// <param name="series">The number of series.</param>
    /// <returns>How many there were.</returns>
    public long PassOver(long series)
    {
        series = Math.Min(series, Left);
        if (series == 0) return 0;
        _reader.Skip(series * ValuesPerSeries);
        Left -= series;
        return series;
    }

    /// <summary>Reads the labels of series.</summary>
    /// <param name="reader">The reader, its current array the labels: integers or text.</param>
    /// <param name="series">The series without labels.</param>
    /// <returns>The set with labels.</returns>
    public static SeriesSet AddLabels(NpyReader reader, SeriesSet series)
    {
        CheckLabels(reader, series.Name, series.Count);
        string[] labels = reader.Header.IsText ? reader.ReadStrings() : Array.ConvertAll(reader.ReadInt64s(), ClassNames.FromInteger);
        int empty = Array.IndexOf(labels, "");
        return empty < 0 ? series.WithLabels(labels) : throw Bad(series.Name, $"series {empty} has no label");
    }

    /// <summary>Checks the shape of labels.</summary>
    /// <param name="reader">The reader, its current array the labels.</param>
    /// <param name="name">What the file is called in messages.</param>
    /// <param name="series">The number of series.</param>
    public static void CheckLabels(NpyReader reader, string name, long series)
    {
        ReadOnlySpan<long> shape = reader.Header.Shape;
        bool column = shape.Length == 1 || (shape.Length == 2 && shape[1] == 1);
        if (!column || shape[0] != series) throw Bad(name, $"the labels have the shape {TensorShape.Format(shape)}, but {series} series need [{series}]");
    }

    private SeriesSet SetOf(float[] values, long first)
    {
        if (_swap && Channels > 1) SwapChannels(values, Channels, _length);
        int[] lengths = new int[values.Length / ValuesPerSeries];
        Array.Fill(lengths, _length);
        return new SeriesSet(_name, Channels, lengths, values, [], []) { FirstIndex = first };
    }

    private static void SwapChannels(float[] values, int channels, int length)
    {
        float[] one = new float[channels * length];
        for (int start = 0; start < values.Length; start += one.Length)
        {
            Span<float> series = values.AsSpan(start, one.Length);
            series.CopyTo(one);
            for (int channel = 0; channel < channels; channel++)
            {
                for (int t = 0; t < length; t++) series[(channel * length) + t] = one[(t * channels) + channel];
            }
        }
    }

    private static DataFormatException Bad(string name, string what) => DataFormatException.At(name, 0, what + ".");
}
