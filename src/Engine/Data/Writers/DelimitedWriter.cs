namespace FastNets.Data.Writers;

/// <summary>Writes delimited text: the label first, then the values.</summary>
internal static class DelimitedWriter
{
    private const string Missing = "NaN";

    /// <summary>Writes a set.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="set">The set.</param>
    /// <param name="delimiter">What stands between fields.</param>
    public static void Write(Stream stream, SeriesSet set, char delimiter)
    {
        string[] labels = [.. set.Classes.Select(name => Quoted(name, delimiter))];
        var text = new TextOutput(stream);
        for (int series = 0; series < set.Count; series++)
        {
            if (set.HasLabels) text.Add(labels[set.Labels[series]]);
            for (int channel = 0; channel < set.Channels; channel++)
            {
                ReadOnlySpan<float> values = set.Channel(series, channel);
                for (int t = 0; t < set.MaxLength; t++)
                {
                    if (t > 0 || channel > 0 || set.HasLabels) text.Add(delimiter);
                    text.Add(t < values.Length ? values[t] : float.NaN, Missing);
                }
            }

            text.EndLine();
        }

        text.Flush();
    }

    private static string Quoted(string name, char delimiter)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAny('\r', '\n'))
            throw new ArgumentException($"The class '{MessageText.Show(name)}' cannot be written to a text file: it is empty or holds a line's end.");
        bool plain = !name.AsSpan().ContainsAny([delimiter, '"', '#', ' ', '\t', ',', ';']);
        return plain ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
