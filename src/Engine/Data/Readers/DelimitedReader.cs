using System.Text;

namespace FastNets.Data.Readers;

/// <summary>Reads delimited text, one series a line: CSV, and the UCR archive's tab- and space-separated files.</summary>
/// <remarks>Lines that begin with <c>#</c> are comments. Every line has as many fields as the first.</remarks>
internal sealed class DelimitedReader : LineSeriesReader
{
    private const byte Comment = (byte)'#';

    private static readonly string[] LabelNames = ["label", "labels", "class", "target", "y"];

    private readonly LineReader _lines;
    private readonly LineFields _fields;
    private readonly CsvOptions _options;
    private readonly SeriesSetBuilder _builder;
    private readonly byte _delimiter;
    private readonly int _fieldCount;
    private readonly long _firstLine;
    private readonly LabelColumn _label;

    /// <summary>Starts reading: finds out how the lines are to be read from the first one, and from the one after a header.</summary>
    /// <param name="lines">The text.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="options">How it is read.</param>
    public DelimitedReader(LineReader lines, string name, CsvOptions options)
        : this(lines, options, new SeriesSetBuilder(name))
    {
    }

    private DelimitedReader(LineReader lines, CsvOptions options, SeriesSetBuilder builder)
        : base(lines, builder, Comment)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Channels, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.SkipColumns);
        _lines = lines;
        _fields = new LineFields(lines);
        _options = options;
        _builder = builder;
        _builder.Channels = options.Channels;
        _label = options.Label;
        if (!_lines.NextContent(Comment)) return;
        _delimiter = Delimiter();
        _fields.Split(_delimiter);
        _fieldCount = _fields.Count;
        _firstLine = _lines.Number;
        if (_options.HasHeader ?? LooksLikeHeader())
        {
            if (_label == LabelColumn.Auto) _label = NamedLabel();
            if (!_lines.NextContent(Comment)) return;
            _fields.Split(_delimiter);
        }

        if (_label == LabelColumn.Auto) _label = GuessedLabel();
        _lines.PushBack();
    }

    public override int? Channels => _options.Channels;

    protected override void ReadSeries()
    {
        _fields.Split(_delimiter);
        if (_fields.Count != _fieldCount)
            throw _lines.Bad($"the line has {_fields.Count} fields, but line {_firstLine} has {_fieldCount}; pad shorter series with NaN or use the .ts format.");
        int first = _options.SkipColumns + (_label == LabelColumn.First ? 1 : 0);
        int end = _fields.Count - (_label == LabelColumn.Last ? 1 : 0);
        if (end <= first) throw _lines.Bad($"the line has {_fields.Count} fields, too few for a series; check the delimiter.");
        if ((end - first) % _options.Channels != 0) throw _lines.Bad($"{end - first} values do not make {_options.Channels} channels of one length.");
        if (_label != LabelColumn.None) _builder.AddLabel(_fields[_label == LabelColumn.First ? _options.SkipColumns : end], _lines.Number);
        for (int i = first; i < end; i++)
        {
            if (!NumberText.TryParse(_fields[i], out float value)) throw NotANumber(i);
            _builder.Add(value);
        }

        int length = _options.TrailingMissingIsPadding ? Padding.Remove(_builder) : (end - first) / _options.Channels;
        if (length == 0) throw _lines.Bad("the line holds no value.");
        _builder.EndSeries(length, _lines.Number);
    }

    private DataFormatException NotANumber(int field)
    {
        ReadOnlySpan<byte> text = _fields[field];
        string hint = text.Contains((byte)',') ? "numbers have a decimal point" : "if it is a label, say in which column labels stand";
        return _lines.Bad($"field {field + 1} is '{MessageText.Show(text)}' where a number belongs; {hint}.");
    }

    private byte Delimiter()
    {
        if (_options.Delimiter is char given)
        {
            return given is ',' or ';' or '\t' or ' ' or '|' or ':'
                ? (byte)given
                : throw new ArgumentException($"'{given}' cannot be a delimiter; use a comma, semicolon, tab, space, colon or bar.", nameof(CsvOptions.Delimiter));
        }

        bool quoted = false;
        bool semicolon = false;
        bool comma = false;
        foreach (byte c in _lines.Line)
        {
            if (c == (byte)'"') quoted = !quoted;
            if (quoted) continue;
            if (c == (byte)'\t') return c;
            semicolon |= c == (byte)';';
            comma |= c == (byte)',';
        }

        return semicolon ? (byte)';' : comma ? (byte)',' : LineFields.Blanks;
    }

    // The outer columns may be labels. A header has names only: one text among numbers is a mistake in the data, to be told as such.
    private bool LooksLikeHeader()
    {
        int first = Math.Min(_options.SkipColumns, _fields.Count);
        int last = _fields.Count - 1;
        if (last - first >= 2)
        {
            first++;
            last--;
        }
        else if (last == first)
        {
            return false;
        }

        for (int i = first; i <= last; i++)
        {
            if (!IsName(_fields[i])) return false;
        }

        return last >= first;
    }

    private static bool IsName(ReadOnlySpan<byte> field)
        => !field.IsEmpty && (char.IsLetter((char)field[0]) || field[0] == (byte)'_') && !NumberText.TryParse(field, out _);

    private LabelColumn NamedLabel()
    {
        if (_options.SkipColumns >= _fields.Count) return LabelColumn.Auto;
        if (_fields[_options.SkipColumns].IsEmpty)
            throw _lines.Bad("the header leaves the first column without a name, as a row number has; leave that column out, or skip it by CsvOptions.SkipColumns.");
        bool first = IsLabelName(_fields[_options.SkipColumns]);
        bool last = IsLabelName(_fields[_fields.Count - 1]);
        if (first && last) throw _lines.Bad("both the first and the last column are named as labels are; say which one holds them.");
        return first ? LabelColumn.First : last ? LabelColumn.Last : LabelColumn.Auto;
    }

    private static bool IsLabelName(ReadOnlySpan<byte> field) => LabelNames.Contains(Encoding.UTF8.GetString(field), StringComparer.OrdinalIgnoreCase);

    private LabelColumn GuessedLabel()
    {
        bool firstIsNumber = _options.SkipColumns < _fields.Count && NumberText.TryParse(_fields[_options.SkipColumns], out _);
        bool lastIsNumber = NumberText.TryParse(_fields[_fields.Count - 1], out _);
        return firstIsNumber && !lastIsNumber ? LabelColumn.Last : LabelColumn.First;
    }
}
