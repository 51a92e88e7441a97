using System.Text;

namespace FastNets.Data.Readers;

/// <summary>The fields of a line of delimited text.</summary>
internal sealed class LineFields
{
    /// <summary>The delimiter that stands for runs of spaces and tabs.</summary>
    public const byte Blanks = (byte)' ';

    private readonly LineReader _reader;
    private (int Start, int Length)[] _fields = new (int, int)[64];

    /// <summary>Makes the splitter of a text's lines.</summary>
    /// <param name="reader">The text.</param>
    public LineFields(LineReader reader) => _reader = reader;

    /// <summary>The number of fields.</summary>
    public int Count { get; private set; }

    /// <summary>A field as it stands in the current line, without blanks around it, quotes kept.</summary>
    /// <param name="index">Its index.</param>
    public ReadOnlySpan<byte> Raw(int index) => _reader.Line.Slice(_fields[index].Start, _fields[index].Length);

    /// <summary>A field without quotes around it.</summary>
    /// <param name="index">Its index.</param>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            ReadOnlySpan<byte> raw = Raw(index);
            if (raw.Length < 2 || raw[0] != (byte)'"') return raw;
            ReadOnlySpan<byte> inner = raw[1..^1];
            return inner.Contains((byte)'"')
                ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(inner).Replace("\"\"", "\"", StringComparison.Ordinal))
                : inner;
        }
    }

    /// <summary>Splits the reader's current line.</summary>
    /// <param name="delimiter">What stands between fields; <see cref="Blanks"/> for runs of blanks.</param>
    /// <exception cref="DataFormatException">A quoted field does not end, or something follows it.</exception>
    public void Split(byte delimiter)
    {
        ReadOnlySpan<byte> line = _reader.Line;
        bool quoted = line.Contains((byte)'"');
        Count = 0;
        int position = 0;
        while (true)
        {
            ReadOnlySpan<byte> rest = line[position..];
            int blanks = 0;
            while (blanks < rest.Length && rest[blanks] != delimiter && rest[blanks] is (byte)' ' or (byte)'\t') blanks++;
            int length = quoted && blanks < rest.Length && rest[blanks] == (byte)'"' ? QuotedLength(rest, blanks, delimiter) : PlainLength(rest, delimiter);
            if (Count == _fields.Length) Array.Resize(ref _fields, Count * 2);
            _fields[Count++] = (position + blanks, LineReader.Trim(rest[blanks..length]).Length);
            position += length;
            if (position == line.Length) return;
            position++;
            if (delimiter == Blanks)
            {
                while (line[position] is (byte)' ' or (byte)'\t') position++;
            }
        }
    }

    private static int PlainLength(ReadOnlySpan<byte> rest, byte delimiter)
    {
        int length = delimiter == Blanks ? rest.IndexOfAny((byte)' ', (byte)'\t') : rest.IndexOf(delimiter);
        return length < 0 ? rest.Length : length;
    }

    private int QuotedLength(ReadOnlySpan<byte> rest, int start, byte delimiter)
    {
        int i = start + 1;
        while (true)
        {
            int quote = rest[i..].IndexOf((byte)'"');
            if (quote < 0) throw _reader.Bad($"the quoted field that begins with {MessageText.Show(rest[start..])} does not end on its line.");
            i += quote + 1;
            if (i == rest.Length || rest[i] != (byte)'"') break;
            i++;
        }

        while (i < rest.Length && rest[i] is (byte)' ' or (byte)'\t' && rest[i] != delimiter && delimiter != Blanks) i++;
        bool ends = i == rest.Length || rest[i] == delimiter || (delimiter == Blanks && rest[i] is (byte)' ' or (byte)'\t');
        return ends ? i : throw _reader.Bad($"something follows the quoted field {MessageText.Show(rest[start..i])}; double the quotes inside a field.");
    }
}
