using System.Globalization;
using FastNets.Data;

namespace FastNets.Cli.Input;

/// <summary>Reads series from lines of text, written as in the lines of <c>.ts</c> files but without a label: values separated by commas, tabs or spaces, channel after channel with a colon between two.</summary>
/// <param name="channels">The number of channels of a series.</param>
/// <param name="length">The number of time steps of a series; null for any from 1 on, the same in all channels of a line.</param>
/// <param name="source">What the text is called in messages.</param>
/// <param name="what">What a line holds, in messages.</param>
internal sealed class SeriesLines(int channels, int? length, string source = SeriesLines.StandardInput, string what = "series")
{
    private const string StandardInput = "standard input";
    private const int LongestNumber = 64;
    private const int LongestShown = 40;

    // Of series of any length: room for a million numbers as they are usually written.
    private const int LongestLine = 16 << 20;

    // Grows with what is read, not with what a model file claims.
    private float[] _series = new float[1024];

    /// <summary>Reads lines as they come. Blank lines are passed over.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="cancellation">Stops waiting for the next line.</param>
    /// <returns>The series, channel after channel; the memory of one is used again for the next.</returns>
    /// <exception cref="DataFormatException">A line is no series; the message names it and the value.</exception>
    public IEnumerable<ReadOnlyMemory<float>> Read(TextReader reader, CancellationToken cancellation)
    {
        long values = (long)channels * (length ?? 0);
        long longest = length is null ? LongestLine : (values + 1) * LongestNumber;
        using var lines = new LineSource(reader, longest, source);
        while (lines.Next(cancellation) is { } line)
        {
            if (line.Text is null) throw Bad(line.Number, length is null ? $"the line is longer than {LongestLine} characters." : $"the line is longer than {values} values can be.");
            if (string.IsNullOrWhiteSpace(line.Text)) continue;
            int count = Parse(line.Text, line.Number);
            yield return _series.AsMemory(0, count);
        }
    }

    private int Parse(string text, long line)
    {
        // With commas or tabs an empty field is a missing value; any number of spaces is one separator.
        char separator = text.Contains(',') ? ',' : text.Contains('\t') ? '\t' : ' ';
        int found = text.AsSpan().Count(':') + 1;
        if (found != channels) throw Bad(line, $"there {(found == 1 ? "is 1 channel" : $"are {found} channels")}, but the model takes {what} of {channels}; channels are separated by colons, and there is no label.");
        ReadOnlySpan<char> rest = text;
        int count = 0;
        int steps = 0;
        for (int channel = 1; channel <= channels; channel++)
        {
            int end = rest.IndexOf(':');
            ReadOnlySpan<char> part = end < 0 ? rest : rest[..end];
            rest = rest[(end + 1)..];
            int own = ParseChannel(part, separator, count, new Place(line, channels == 1 ? "" : $" of channel {channel}"));
            if (channel > 1 && own != steps) throw Bad(line, $"channel {channel} has {own} values, but channel 1 has {steps}.");
            steps = own;
            count += own;
        }

        return count;
    }

    private int ParseChannel(ReadOnlySpan<char> text, char separator, int start, Place place)
    {
        ReadOnlySpan<char> rest = text.Trim();
        int count = 0;
        bool more = true;
        while (more)
        {
            int end = rest.IndexOf(separator);
            more = end >= 0;
            ReadOnlySpan<char> field = (more ? rest[..end] : rest).Trim();
            rest = more ? rest[(end + 1)..] : [];
            if (separator == ' ') rest = rest.TrimStart();
            if (count == length) throw Bad(place.Line, $"there are more than {length} values{place.Channel}, but the model takes {what} of {length}.");
            if (start + count == _series.Length) Array.Resize(ref _series, checked(2 * _series.Length));
            _series[start + count++] = Number(field, count, place);
        }

        return count < length ? throw Bad(place.Line, $"there are {count} values{place.Channel}, but the model takes {what} of {length}.") : count;
    }

    private float Number(ReadOnlySpan<char> field, int position, Place place)
    {
        if (field.IsEmpty) throw Bad(place.Line, $"value {position}{place.Channel} is missing; fill it in.");
        if (float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value)) return value;
        bool named = float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _) || field.Equals("nan", StringComparison.OrdinalIgnoreCase);
        throw Bad(place.Line, $"value {position}{place.Channel}, '{Shown(field)}', {(named ? "is not finite" : "is no number")}.");
    }

    private static string Shown(ReadOnlySpan<char> field)
    {
        string text = field.Length > LongestShown ? $"{field[..LongestShown]}..." : field.ToString();
        return string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
    }

    private DataFormatException Bad(long line, string what) => DataFormatException.At(source, line, what);

    /// <summary>Where a value stands.</summary>
    /// <param name="Line">The line's number.</param>
    /// <param name="Channel">The channel in words; empty where there is one only.</param>
    private readonly record struct Place(long Line, string Channel);
}
