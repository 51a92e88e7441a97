namespace FastNets.Data.Readers;

/// <summary>A stream whose first bytes can be looked at before they are read.</summary>
internal sealed class PeekStream : ReadOnlyStream
{
    private const int HeadLength = 4096;

    private readonly Stream _inner;
    private readonly byte[] _head;
    private readonly int _headLength;
    private readonly bool _ownsInner;
    private int _position;

    /// <summary>Wraps a stream.</summary>
    /// <param name="inner">The stream, at its beginning.</param>
    /// <param name="headLength">The number of bytes to look at; fewer where the stream is shorter.</param>
    /// <param name="ownsInner">Whether the stream is closed with this one.</param>
    public PeekStream(Stream inner, int headLength, bool ownsInner)
    {
        _inner = inner;
        _ownsInner = ownsInner;
        _head = new byte[headLength];
        _headLength = inner.ReadAtLeast(_head, headLength, throwOnEndOfStream: false);
    }

    /// <summary>The first bytes.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _headLength);

    /// <summary>Wraps a stream that may be gzipped.</summary>
    /// <param name="stream">The stream, at its beginning; stays open.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <returns>The content, unpacked.</returns>
    /// <exception cref="DataFormatException">It is gzipped twice.</exception>
    public static PeekStream Unpacked(Stream stream, string name)
    {
        var content = new PeekStream(stream, HeadLength, ownsInner: false);
        if (!content.Head.StartsWith(GzipMagic)) return content;
        var unpacked = new PeekStream(new GzipInput(content), HeadLength, ownsInner: true);
        if (!unpacked.Head.StartsWith(GzipMagic)) return unpacked;
        unpacked.Dispose();
        throw DataFormatException.At(name, 0, "the file is gzipped twice; unpack it once.");
    }

    /// <summary>Passes over bytes by moving in the stream underneath.</summary>
    /// <param name="bytes">The number of bytes.</param>
    /// <returns>False where that stream cannot move, or ends before.</returns>
    public bool TrySeek(long bytes)
    {
        long inHead = Math.Min(bytes, _headLength - _position);
        if (!_inner.CanSeek || bytes - inHead > _inner.Length - _inner.Position) return false;
        _position += (int)inHead;
        _inner.Seek(bytes - inHead, SeekOrigin.Current);
        return true;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_position == _headLength) return _inner.Read(buffer);
        int count = Math.Min(buffer.Length, _headLength - _position);
        _head.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    private static ReadOnlySpan<byte> GzipMagic => [0x1F, 0x8B];

    protected override void Dispose(bool disposing)
    {
        if (disposing && _ownsInner) _inner.Dispose();
        base.Dispose(disposing);
    }
}
