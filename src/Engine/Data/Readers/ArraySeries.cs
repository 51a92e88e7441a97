using FastNets.Serialization;

namespace FastNets.Data.Readers;

/// <summary>Makes sets of arrays: series of shape [n, length], [n, channels, length] or [n, length, channels], labels of shape [n].</summary>
internal static class ArraySeries
{
    /// <summary>Reads series.</summary>
    /// <param name="reader">The reader, its current array the series.</param>
    /// <param name="name">What the file is called in messages.</param>
    /// <param name="layout">The order of three dimensions.</param>
    /// <returns>The set without labels.</returns>
    public static SeriesSet ReadSeries(NpyReader reader, string name, ArrayLayout layout)
    {
        long[] shape = reader.Header.Shape.ToArray();
        if (shape.Length is not (2 or 3))
            throw Bad(name, $"the array has the shape {TensorShape.Format(shape)}; series have [n, length], [n, channels, length] or [n, length, channels]");
        if (Array.Exists(shape, d => d is 0 or > int.MaxValue)) throw Bad(name, $"the shape {TensorShape.Format(shape)} holds no series");
        int count = (int)shape[0];
        int last = (int)shape[^1];
        int middle = shape.Length == 3 ? (int)shape[1] : 1;
        float[] values = reader.ReadSingles();
        bool swap = shape.Length == 3 && layout == ArrayLayout.ChannelsLast;
        (int channels, int length) = swap ? (last, middle) : (middle, last);
        if (swap && channels > 1) SwapChannels(values, channels, length);
        int[] lengths = new int[count];
        Array.Fill(lengths, length);
        return new SeriesSet(name, channels, lengths, values, [], []);
    }

    /// <summary>Reads the labels of series.</summary>
    /// <param name="reader">The reader, its current array the labels: integers or text.</param>
    /// <param name="series">The series without labels.</param>
    /// <returns>The set with labels.</returns>
    public static SeriesSet AddLabels(NpyReader reader, SeriesSet series)
    {
        long[] shape = reader.Header.Shape.ToArray();
        bool column = shape.Length == 1 || (shape.Length == 2 && shape[1] == 1);
        if (!column || shape[0] != series.Count)
            throw Bad(series.Name, $"the labels have the shape {TensorShape.Format(shape)}, but {series.Count} series need [{series.Count}]");
        string[] labels = reader.Header.IsText ? reader.ReadStrings() : Array.ConvertAll(reader.ReadInt64s(), ClassNames.FromInteger);
        int empty = Array.IndexOf(labels, "");
        return empty < 0 ? series.WithLabels(labels) : throw Bad(series.Name, $"series {empty} has no label");
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
