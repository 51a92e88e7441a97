using System.Globalization;
using FastNets.Data;

namespace FastNets.Cli.Input;

/// <summary>Reads series from lines of text: values separated by commas, tabs or spaces.</summary>
/// <param name="values">The number of values of a line.</param>
internal sealed class SeriesLines(int values)
{
    private const string Source = "standard input";
    private const int LongestNumber = 64;
    private const int LongestShown = 40;

    private readonly float[] _series = new float[values];

    /// <summary>Reads lines as they come. Blank lines are passed over.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="cancellation">Stops waiting for the next line.</param>
    /// <returns>The series; the memory of one is used again for the next.</returns>
    /// <exception cref="DataFormatException">A line is no series; the message names it and the value.</exception>
    public IEnumerable<ReadOnlyMemory<float>> Read(TextReader reader, CancellationToken cancellation)
    {
        using var lines = new LineSource(reader, (values + 1) * (long)LongestNumber);
        while (lines.Next(cancellation) is { } line)
        {
            if (line.Text is null) throw Bad(line.Number, $"the line is longer than {values} values can be.");
            if (string.IsNullOrWhiteSpace(line.Text)) continue;
            Parse(line.Text, line.Number);
            yield return _series;
        }
    }

    private void Parse(string text, long line)
    {
        // With commas or tabs an empty field is a missing value; any number of spaces is one separator.
        char separator = text.Contains(',') ? ',' : text.Contains('\t') ? '\t' : ' ';
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        int count = 0;
        bool more = true;
        while (more)
        {
            int end = rest.IndexOf(separator);
            more = end >= 0;
            ReadOnlySpan<char> field = (more ? rest[..end] : rest).Trim();
            rest = more ? rest[(end + 1)..] : [];
            if (separator == ' ') rest = rest.TrimStart();
            if (count == values) throw Bad(line, $"there are more than {values} values, but the model takes series of {values}.");
            _series[count++] = Number(field, count, line);
        }

        if (count < values) throw Bad(line, $"there are {count} values, but the model takes series of {values}.");
    }

    private static float Number(ReadOnlySpan<char> field, int position, long line)
    {
        if (field.IsEmpty) throw Bad(line, $"value {position} is missing; fill it in.");
        if (float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value)) return value;
        bool named = float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _) || field.Equals("nan", StringComparison.OrdinalIgnoreCase);
        throw Bad(line, $"value {position}, '{Shown(field)}', {(named ? "is not finite" : "is no number")}.");
    }

    private static string Shown(ReadOnlySpan<char> field)
    {
        string text = field.Length > LongestShown ? $"{field[..LongestShown]}..." : field.ToString();
        return string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
    }

    private static DataFormatException Bad(long line, string what) => DataFormatException.At(Source, line, what);
}
