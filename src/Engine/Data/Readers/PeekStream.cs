namespace FastNets.Data.Readers;

/// <summary>A stream whose first bytes can be looked at before they are read.</summary>
internal sealed class PeekStream : ReadOnlyStream
{
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

    public override int Read(Span<byte> buffer)
    {
        if (_position == _headLength) return _inner.Read(buffer);
        int count = Math.Min(buffer.Length, _headLength - _position);
        _head.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _ownsInner) _inner.Dispose();
        base.Dispose(disposing);
    }
}
