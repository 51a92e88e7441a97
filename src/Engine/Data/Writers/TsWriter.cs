using System.Buffers;
using System.Globalization;

namespace FastNets.Data.Writers;

/// <summary>Writes the <c>.ts</c> format of aeon and sktime.</summary>
internal static class TsWriter
{
    private const string Missing = "?";

    private static readonly SearchValues<char> Reserved = SearchValues.Create(" \t\r\n:?#");

    /// <summary>Writes a set.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="set">The set.</param>
    /// <param name="problemName">The name of the problem, for the header.</param>
    public static void Write(Stream stream, SeriesSet set, string problemName)
    {
        foreach (string name in set.Classes)
        {
            if (name.Length == 0 || name.AsSpan().ContainsAny(Reserved))
                throw new ArgumentException($"The class '{MessageText.Show(name)}' cannot be written to a .ts file: blanks, ':', '?' and '#' have a meaning there.", nameof(set));
        }

        if (set.Count > 0 && set.MinLength == 0) throw new ArgumentException("A series without values cannot be written to a .ts file.", nameof(set));
        var text = new TextOutput(stream);
        WriteHeader(text, set, problemName);
        for (int series = 0; series < set.Count; series++)
        {
            for (int channel = 0; channel < set.Channels; channel++)
            {
                if (channel > 0) text.Add(':');
                ReadOnlySpan<float> values = set.Channel(series, channel);
                for (int t = 0; t < values.Length; t++)
                {
                    if (t > 0) text.Add(',');
                    text.Add(values[t], Missing);
                }
            }

            if (set.HasLabels)
            {
                text.Add(':');
                text.Add(set.Classes[set.Labels[series]]);
            }

            text.EndLine();
        }

        text.Flush();
    }

    private static void WriteHeader(TextOutput text, SeriesSet set, string problemName)
    {
        bool missing = set.Values.Span.Contains(float.NaN);
        text.Add(string.Create(CultureInfo.InvariantCulture, $"""
            @problemName {problemName}
            @timeStamps false
            @missing {Flag(missing)}
            @univariate {Flag(set.Channels == 1)}
            @dimensions {set.Channels}
            @equalLength {Flag(set.IsEqualLength)}

            """));
        if (set.IsEqualLength && set.Count > 0) text.Add(string.Create(CultureInfo.InvariantCulture, $"@seriesLength {set.MaxLength}\n"));
        text.Add(set.HasLabels ? $"@classLabel true {string.Join(' ', set.Classes)}\n" : "@classLabel false\n");
        text.Add("@data\n");
    }

    private static string Flag(bool value) => value ? "true" : "false";
}
