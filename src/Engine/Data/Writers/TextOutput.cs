using System.Buffers;
using System.Globalization;
using System.Text;

namespace FastNets.Data.Writers;

/// <summary>Collects UTF-8 text and passes it on in large pieces.</summary>
internal sealed class TextOutput
{
    private const int FlushAt = 1 << 16;
    private const int MaxNumberLength = 32;

    private readonly Stream _stream;
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * FlushAt);

    /// <summary>Starts a text.</summary>
    /// <param name="stream">Where it goes.</param>
    public TextOutput(Stream stream) => _stream = stream;

    /// <summary>Adds a text.</summary>
    /// <param name="text">The text.</param>
    public void Add(string text) => Encoding.UTF8.GetBytes(text, _buffer);

    /// <summary>Adds a character.</summary>
    /// <param name="character">An ASCII character.</param>
    public void Add(char character) => _buffer.Write([(byte)character]);

    /// <summary>Adds a number in the shortest form that is read back to the same bits.</summary>
    /// <param name="value">The number; infinite ones become <c>inf</c> and <c>-inf</c>.</param>
    /// <param name="missing">What stands for NaN.</param>
    public void Add(float value, string missing)
    {
        if (float.IsFinite(value))
        {
            value.TryFormat(_buffer.GetSpan(MaxNumberLength), out int written, default, CultureInfo.InvariantCulture);
            _buffer.Advance(written);
            return;
        }

        Add(float.IsNaN(value) ? missing : value > 0 ? "inf" : "-inf");
    }

    /// <summary>Ends a line.</summary>
    public void EndLine()
    {
        Add('\n');
        if (_buffer.WrittenCount >= FlushAt) Flush();
    }

    /// <summary>Passes everything on.</summary>
    public void Flush()
    {
        _stream.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
