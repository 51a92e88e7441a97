namespace FastNets.Data.Readers;

/// <summary>Reads <c>.arff</c> files of series: univariate as in the UCR archive, relational (one attribute that holds all channels) as in the UEA archive.</summary>
/// <remarks>A nominal attribute is the class. Time steps at the end that are missing in all channels are padding and removed.</remarks>
internal sealed class ArffReader : LineSeriesReader
{
    private const byte Comment = (byte)'%';

    private readonly LineReader _lines;
    private readonly ArffHeader _header;
    private readonly SeriesSetBuilder _builder;
    private int? _channels;

    /// <summary>Reads the header.</summary>
    /// <param name="lines">The text.</param>
    /// <param name="name">What it is called in messages.</param>
    public ArffReader(LineReader lines, string name)
        : this(lines, new SeriesSetBuilder(name))
    {
    }

    private ArffReader(LineReader lines, SeriesSetBuilder builder)
        : base(lines, builder, Comment)
    {
        _lines = lines;
        _builder = builder;
        _header = ArffHeader.Read(lines);
        if (_header.RelationalIndex < 0) _channels = 1;
    }

    public override int? Channels => _channels;

    protected override void ReadSeries()
    {
        ReadOnlySpan<byte> line = _lines.Line;
        if (line[0] == (byte)'{') throw _lines.Bad("sparse ARFF data are not read; write every value.");
        for (int attribute = 0; attribute < _header.Attributes; attribute++)
        {
            int length = ArffText.FieldLength(line);
            if (length < 0) throw _lines.Bad("a quoted field does not end on its line.");
            ReadField(attribute, LineReader.Trim(line[..length]));
            bool more = length < line.Length;
            if (more != (attribute < _header.Attributes - 1))
                throw _lines.Bad($"the line has {(more ? "more than" : "only")} {attribute + 1} fields, but the header declares {_header.Attributes} attributes.");
            if (more) line = line[(length + 1)..];
        }

        int steps = Padding.Remove(_builder);
        if (steps == 0) throw _lines.Bad("the series holds no value.");
        _builder.EndSeries(steps, _lines.Number);
    }

    private void ReadField(int attribute, ReadOnlySpan<byte> field)
    {
        if (attribute == _header.ClassIndex) ReadLabel(ArffText.Text(field));
        else if (attribute == _header.RelationalIndex) ReadChannels(field);
        else ReadValue(field);
    }

    private void ReadLabel(string label)
    {
        _builder.AddLabel(label, _lines.Number);
        if (!_header.Classes.Contains(ClassNames.Normalize(label)))
            throw _lines.Bad($"the label '{MessageText.Show(label)}' is not among the classes that the header lists.");
    }

    // The channels are separated by the two characters "\n", their values by commas.
    private void ReadChannels(ReadOnlySpan<byte> field)
    {
        if (field.Length < 2 || field[0] is not ((byte)'\'' or (byte)'"')) throw _lines.Bad("the relational attribute's values are not in quotes.");
        ReadOnlySpan<byte> text = field[1..^1];
        int channels = 0;
        while (!text.IsEmpty)
        {
            int end = text.IndexOf("\\n"u8);
            ReadChannel(end < 0 ? text : text[..end], channels++);
            text = end < 0 ? default : text[(end + 2)..];
        }

        _channels ??= channels;
        if (channels != _channels) throw _lines.Bad($"the series has {channels} channels, but the series before have {_channels}.");
        _builder.Channels = Math.Max(channels, 1);
    }

    private void ReadChannel(ReadOnlySpan<byte> text, int channel)
    {
        int count = text.Count((byte)',') + 1;
        if (count != _header.RelationalLength)
            throw _lines.Bad($"channel {channel} has {count} values, but the header declares {_header.RelationalLength}.");
        foreach (Range range in text.Split((byte)',')) ReadValue(LineReader.Trim(text[range]));
    }

    private void ReadValue(ReadOnlySpan<byte> field)
    {
        if (!NumberText.TryParse(field, out float value))
            throw _lines.Bad($"value {_builder.Pending + 1} is '{MessageText.Show(field)}' where a number belongs.");
        _builder.Add(value);
    }
}
