using System.IO.Compression;

namespace FastNets.Data.Readers;

/// <summary>Unpacks gzip and refuses data that are cut off.</summary>
/// <remarks>
/// <see cref="GZipStream"/> takes the end of its input for the end of the data, wherever it comes. So a member of known content is put after the
/// input: only where the input was whole is it unpacked too, and the output ends with that content.
/// </remarks>
internal sealed class GzipInput : ReadOnlyStream
{
    private const int BufferSize = 1 << 16;

    private static readonly byte[] Seal = "<end of gzip \0 \x01 \x02>"u8.ToArray();
    private static readonly byte[] PackedSeal = Pack(Seal);

    private readonly GZipStream _unpacked;
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _start;
    private int _end;
    private bool _atEnd;

    /// <summary>Starts unpacking.</summary>
    /// <param name="packed">The packed data; not closed with this stream.</param>
    public GzipInput(Stream packed) => _unpacked = new GZipStream(new Sealed(packed), CompressionMode.Decompress);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The data are damaged or cut off.</exception>
    public override int Read(Span<byte> buffer)
    {
        // The last bytes may be the seal: they are held back until more comes.
        while (_end - _start <= Seal.Length && !_atEnd)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
            int read = _unpacked.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            if (read > 0) continue;
            _atEnd = true;
            if (!_buffer.AsSpan(0, _end).SequenceEqual(Seal)) throw new InvalidDataException("The gzip data end too early.");
        }

        int count = Math.Min(buffer.Length, Math.Max(0, _end - _start - Seal.Length));
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _unpacked.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(content);
        return packed.ToArray();
    }

    /// <summary>A stream and the seal after it.</summary>
    private sealed class Sealed(Stream inner) : ReadOnlyStream
    {
        private int _given = -1;

        public override int Read(Span<byte> buffer)
        {
            int read = _given < 0 ? inner.Read(buffer) : 0;
            if (read > 0 || buffer.IsEmpty) return read;
            _given = Math.Max(_given, 0);
            read = Math.Min(buffer.Length, PackedSeal.Length - _given);
            PackedSeal.AsSpan(_given, read).CopyTo(buffer);
            _given += read;
            return read;
        }
    }
}
