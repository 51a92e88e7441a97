namespace FastNets.Data.Readers;

/// <summary>Passes over parts of streams.</summary>
internal static class StreamSkipping
{
    private const int ChunkBytes = 1 << 16;

    /// <summary>Passes over bytes, without reading them where the stream can move.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="bytes">The number of bytes.</param>
    /// <returns>False where the stream ends before.</returns>
    public static bool TrySkip(Stream stream, long bytes)
    {
        if (stream is PeekStream peek && peek.TrySeek(bytes)) return true;
        byte[] chunk = new byte[Math.Min(bytes, ChunkBytes)];
        while (bytes > 0)
        {
            int read = stream.Read(chunk, 0, (int)Math.Min(bytes, chunk.Length));
            if (read == 0) return false;
            bytes -= read;
        }

        return true;
    }
}
