using System.Text;

namespace FastNets.Data.Readers;

/// <summary>Reads the <c>.ts</c> format of aeon and sktime.</summary>
/// <remarks>
/// A header of <c>@</c> lines, then one series a line: values separated by commas, channels by colons, the class after the last colon.
/// A series' missing values are <c>?</c> or <c>NaN</c>, also at its end: the format needs no padding.
/// </remarks>
internal sealed class TsReader : LineSeriesReader
{
    private readonly LineReader _lines;
    private readonly TsHeader _header;
    private readonly SeriesSetBuilder _builder;
    private bool? _labelled;
    private int? _channels;
    private int? _length;

    /// <summary>Reads the header.</summary>
    /// <param name="lines">The text.</param>
    /// <param name="name">What it is called in messages.</param>
    public TsReader(LineReader lines, string name)
        : this(lines, new SeriesSetBuilder(name))
    {
    }

    private TsReader(LineReader lines, SeriesSetBuilder builder)
        : base(lines, builder, (byte)'#')
    {
        _lines = lines;
        _header = TsHeader.Read(lines);
        _builder = builder;
        _labelled = _header.ClassLabel;
        _channels = _header.Dimensions ?? (_header.Univariate == true ? 1 : null);
        if (_header.EqualLength == true) _length = _header.SeriesLength;
        if (_header is { Univariate: true, Dimensions: > 1 }) throw lines.Bad($"the header says both @univariate true and @dimensions {_header.Dimensions}.");
    }

    public override int? Channels => _channels;

    protected override void ReadSeries()
    {
        ReadOnlySpan<byte> line = _lines.Line;
        int parts = line.Count((byte)':') + 1;
        bool labelled = _labelled ??= HasLabel(line, parts);
        int channels = parts - (labelled ? 1 : 0);
        _channels ??= channels;
        if (channels != _channels)
            throw _lines.Bad($"the line has {channels} channels{(labelled ? " and a label" : "")}, but {_channels} are expected; channels are separated by ':'.");

        _builder.Channels = channels;
        int length = -1;
        for (int channel = 0; channel < channels; channel++)
        {
            int end = line.IndexOf((byte)':');
            int count = ReadChannel(LineReader.Trim(end < 0 ? line : line[..end]));
            line = end < 0 ? default : line[(end + 1)..];
            if (length >= 0 && count != length)
                throw _lines.Bad($"channel {channel} has {count} values, but channel 0 has {length}; all channels of a series need one length.");
            length = count;
        }

        CheckLength(length);
        if (labelled) ReadLabel(LineReader.Trim(line));
        _builder.EndSeries(length, _lines.Number);
    }

    private int ReadChannel(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) throw _lines.Bad("a channel is empty.");
        if (text[0] == (byte)'(') throw _lines.Bad("the values have time stamps; sample the series at equal intervals and write plain values.");
        int count = 0;
        while (true)
        {
            int comma = text.IndexOf((byte)',');
            ReadOnlySpan<byte> field = comma < 0 ? text : text[..comma];
            if (!NumberText.TryParse(field, out float value) && !NumberText.TryParse(LineReader.Trim(field), out value))
                throw _lines.Bad($"value {count + 1} is '{MessageText.Show(field)}' where a number belongs.");
            _builder.Add(value);
            count++;
            if (comma < 0) return count;
            text = text[(comma + 1)..];
        }
    }

    private void CheckLength(int length)
    {
        // Without a word in the header lengths may differ; with @equalLength true the first series sets the length.
        if (_header.EqualLength != true) return;
        _length ??= length;
        if (length != _length) throw _lines.Bad($"the series has {length} values, but {_length} are expected by @equalLength and @seriesLength.");
    }

    private void ReadLabel(ReadOnlySpan<byte> label)
    {
        _builder.AddLabel(label, _lines.Number);
        if (_header.Classes is null) return;
        string name = ClassNames.Normalize(Encoding.UTF8.GetString(label));
        if (!_header.Classes.Contains(name)) throw _lines.Bad($"the label '{MessageText.Show(label)}' is not among the classes that @classLabel lists.");
    }

    // Without @classLabel: the line has a part more than channels, or its last part is a single field after longer ones.
    private bool HasLabel(ReadOnlySpan<byte> line, int parts)
    {
        if (_channels is int channels) return parts == channels + 1;
        int last = line.LastIndexOf((byte)':');
        return last >= 0 && !line[last..].Contains((byte)',') && line[..last].Contains((byte)',');
    }
}
