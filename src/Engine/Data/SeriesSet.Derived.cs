namespace FastNets.Data;

/// <content>Sets made from a set.</content>
public sealed partial class SeriesSet
{
    /// <summary>Some of the series, in the order asked for; classes and lines are kept.</summary>
    /// <param name="indices">The indices of the series; one may occur several times.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such series.</exception>
    public SeriesSet Subset(ReadOnlySpan<int> indices)
    {
        int[] lengths = new int[indices.Length];
        long total = 0;
        for (int i = 0; i < indices.Length; i++)
        {
            if ((uint)indices[i] >= (uint)Count)
                throw new ArgumentOutOfRangeException(nameof(indices), $"There is no series {indices[i]}: the set has {Count}.");
            lengths[i] = _lengths[indices[i]];
            total += (long)Channels * lengths[i];
        }

        float[] values = new float[total];
        int[] labels = HasLabels ? new int[indices.Length] : [];
        long[] lines = _lines.Length > 0 ? new long[indices.Length] : [];
        int position = 0;
        for (int i = 0; i < indices.Length; i++)
        {
            ReadOnlySpan<float> series = Series(indices[i]);
            series.CopyTo(values.AsSpan(position));
            position += series.Length;
            if (labels.Length > 0) labels[i] = _labels[indices[i]];
            if (lines.Length > 0) lines[i] = _lines[indices[i]];
        }

        return new SeriesSet(Name, Channels, lengths, values, labels, Classes, lines);
    }

    /// <summary>The same series, their labels counted by another list of classes: what aligns a test set to the classes of training.</summary>
    /// <param name="classes">The classes' names in the order of their indices; may hold classes that do not occur here.</param>
    /// <exception cref="DataFormatException">A series' class is not among them; the message names the file, the line and the label.</exception>
    /// <remarks>Values are shared with this set. A set without labels gets the classes only.</remarks>
    public SeriesSet WithClasses(IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        int[] newIndex = new int[Classes.Count];
        for (int i = 0; i < newIndex.Length; i++) newIndex[i] = IndexOf(classes, Classes[i]);
        int[] labels = new int[_labels.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = newIndex[_labels[i]];
            if (labels[i] < 0)
            {
                throw Bad(
                    i,
                    $"series {FirstIndex + i} has the label '{MessageText.Show(Classes[_labels[i]])}', which did not occur in training; the classes are {Listed(classes)}.");
            }
        }

        return new SeriesSet(Name, Channels, _lengths, _values, labels, classes, _lines) { FirstIndex = FirstIndex };
    }

    /// <summary>The same series with other labels; the classes are named and ordered as readers do it.</summary>
    /// <param name="labels">Each series' label, not empty.</param>
    /// <exception cref="ArgumentException">There is not one label for each series.</exception>
    /// <remarks>Values are shared with this set.</remarks>
    public SeriesSet WithLabels(IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count != Count) throw new ArgumentException($"{labels.Count} labels for {Count} series.", nameof(labels));
        string[] names = [.. labels.Select(ClassNames.Normalize)];
        string[] classes = ClassNames.Sort(names.Distinct(StringComparer.Ordinal));
        var position = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < classes.Length; i++) position.Add(classes[i], i);
        return new SeriesSet(Name, Channels, _lengths, _values, Array.ConvertAll(names, n => position[n]), classes, _lines);
    }

    /// <summary>The same series with missing values (NaN) put on the straight line between their neighbours in time; at the ends the nearest value holds.</summary>
    /// <exception cref="DataFormatException">A channel of a series has no value at all.</exception>
    /// <remarks>Infinite values stay as they are. Returns this set where nothing is missing.</remarks>
    public SeriesSet InterpolateMissing()
    {
        if (!Array.Exists(_values, float.IsNaN)) return this;
        float[] values = (float[])_values.Clone();
        for (int series = 0; series < Count; series++)
        {
            for (int channel = 0; channel < Channels; channel++)
            {
                Span<float> part = values.AsSpan((int)_offsets[series] + (channel * _lengths[series]), _lengths[series]);
                if (!Interpolate(part)) throw Bad(series, $"series {FirstIndex + series}, channel {channel} has no value at all; leave it out.");
            }
        }

        return new SeriesSet(Name, Channels, _lengths, values, _labels, Classes, _lines) { FirstIndex = FirstIndex };
    }

    /// <summary>Some neighbouring series as a piece of a source.</summary>
    /// <param name="first">The first one's index here.</param>
    /// <param name="count">Their number.</param>
    /// <param name="firstIndex">The first one's index in the source.</param>
    /// <remarks>All of them share their values with this set.</remarks>
    internal SeriesSet Slice(int first, int count, long firstIndex)
    {
        bool all = count == Count;
        int[] lengths = all ? _lengths : _lengths.AsSpan(first, count).ToArray();
        float[] values = all ? _values : _values.AsSpan((int)_offsets[first], (int)(_offsets[first + count] - _offsets[first])).ToArray();
        int[] labels = all || _labels.Length == 0 ? _labels : _labels.AsSpan(first, count).ToArray();
        long[] lines = all || _lines.Length == 0 ? _lines : _lines.AsSpan(first, count).ToArray();
        return new SeriesSet(Name, Channels, lengths, values, labels, Classes, lines) { FirstIndex = firstIndex };
    }

    /// <summary>The same series with the classes in the order that readers of whole files give them.</summary>
    internal SeriesSet WithSortedClasses()
    {
        string[] classes = ClassNames.Sort(Classes);
        var position = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < classes.Length; i++) position.Add(classes[i], i);
        return new SeriesSet(Name, Channels, _lengths, _values, Array.ConvertAll(_labels, label => position[Classes[label]]), classes, _lines);
    }

    /// <summary>Computes one channel of a series from another of the same length.</summary>
    /// <param name="values">The channel's values.</param>
    /// <param name="channel">The channel's index.</param>
    /// <param name="result">The new values.</param>
    internal delegate void ChannelMap(ReadOnlySpan<float> values, int channel, Span<float> result);

    /// <summary>A set of the same shape and labels with other values.</summary>
    /// <param name="map">Computes each channel of each series.</param>
    internal SeriesSet Map(ChannelMap map)
    {
        float[] values = new float[_values.Length];
        for (int series = 0; series < Count; series++)
        {
            for (int channel = 0; channel < Channels; channel++)
                map(Channel(series, channel), channel, values.AsSpan((int)_offsets[series] + (channel * _lengths[series]), _lengths[series]));
        }

        return new SeriesSet(Name, Channels, _lengths, values, _labels, Classes, _lines);
    }

    private static bool Interpolate(Span<float> values)
    {
        int before = -1;
        for (int t = 0; t < values.Length; t++)
        {
            if (float.IsNaN(values[t])) continue;
            if (before < 0) values[..t].Fill(values[t]);
            double first = before < 0 ? 0 : values[before];
            for (int gap = before + 1; gap < t && before >= 0; gap++)
                values[gap] = (float)(first + ((values[t] - first) * (gap - before) / (t - before)));
            before = t;
        }

        if (before < 0) return values.IsEmpty;
        values[(before + 1)..].Fill(values[before]);
        return true;
    }

    private static int IndexOf(IReadOnlyList<string> classes, string name)
    {
        for (int i = 0; i < classes.Count; i++)
        {
            if (classes[i] == name) return i;
        }

        return -1;
    }

    private static string Listed(IReadOnlyList<string> classes)
    {
        const int Shown = 20;
        string list = string.Join(", ", classes.Take(Shown).Select(MessageText.Show));
        return classes.Count > Shown ? $"{list} and {classes.Count - Shown} more" : list;
    }
}
