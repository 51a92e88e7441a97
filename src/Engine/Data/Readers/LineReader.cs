using System.Text.Unicode;

namespace FastNets.Data.Readers;

/// <summary>Reads UTF-8 text line by line without holding more of it than a line.</summary>
internal sealed class LineReader
{
    private const int FirstBuffer = 1 << 16;

    // A line longer than this is no line: a value takes a few bytes, and no series has tens of millions of steps in text.
    private const int MaxLineLength = 1 << 28;

    private readonly Stream _stream;
    private readonly string _name;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _start;
    private int _end;
    private bool _atEnd;
    private bool _again;
    private int _lineStart;
    private int _lineLength;

    /// <summary>Starts reading.</summary>
    /// <param name="stream">The text, at its beginning; a byte-order mark is passed over.</param>
    /// <param name="name">What it is called in messages.</param>
    public LineReader(Stream stream, string name)
    {
        _stream = stream;
        _name = name;
        Fill();
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        if (_buffer.AsSpan(0, _end).StartsWith(mark)) _start = mark.Length;
    }

    /// <summary>The current line's number, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The current line without its end and without blanks around it; valid until the next line is read.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_lineStart, _lineLength);

    /// <summary>Goes to the next line that is not blank.</summary>
    /// <param name="comment">A line that begins with this is passed over; 0 for none.</param>
    /// <returns>False at the end of the text.</returns>
    /// <exception cref="DataFormatException">The line is too long or no text.</exception>
    public bool NextContent(byte comment)
    {
        while (Next())
        {
            ReadOnlySpan<byte> line = Line;
            if (line.IsEmpty || (comment != 0 && line[0] == comment)) continue;
            return true;
        }

        return false;
    }

    /// <summary>Makes the next call of <see cref="NextContent"/> give the current line again.</summary>
    public void PushBack() => _again = true;

    /// <summary>Makes an error for the current line.</summary>
    /// <param name="what">What was wrong, and what to do.</param>
    public DataFormatException Bad(string what) => DataFormatException.At(_name, Number, what);

    /// <summary>A text without the blanks around it.</summary>
    /// <param name="text">The text.</param>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        int start = 0;
        int end = text.Length;
        while (start < end && IsBlank(text[start])) start++;
        while (end > start && IsBlank(text[end - 1])) end--;
        return text[start..end];
    }

    private static bool IsBlank(byte c) => c is (byte)' ' or (byte)'\t' or (byte)'\r';

    private bool Next()
    {
        if (_again)
        {
            _again = false;
            return true;
        }

        int searched = _start;
        int newline;
        while ((newline = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n')) < 0 && !_atEnd)
        {
            int done = _end - _start;
            Fill();
            searched = _start + done;
        }

        if (newline < 0 && _start == _end) return false;
        Number++;
        int lineEnd = newline < 0 ? _end : searched + newline;
        _lineStart = _start;
        while (_lineStart < lineEnd && IsBlank(_buffer[_lineStart])) _lineStart++;
        ReadOnlySpan<byte> line = Trim(_buffer.AsSpan(_lineStart, lineEnd - _lineStart));
        _lineLength = line.Length;
        _start = newline < 0 ? _end : lineEnd + 1;
        if (!Utf8.IsValid(line)) throw Bad($"the line is not UTF-8 text ('{MessageText.Show(line)}'); save the file as UTF-8, or check that it is a data file.");
        if (line.Contains((byte)0)) throw Bad("the line holds a zero byte; this is no text file.");
        return true;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_end >= MaxLineLength) throw DataFormatException.At(_name, Number + 1, $"the line is longer than {MaxLineLength} bytes; this is no file of series.");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _atEnd = read == 0;
    }
}
