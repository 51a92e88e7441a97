namespace FastNets.Kernels.Optimizers;

/// <summary>Segments cut into chunks, the items that threads share: by their lengths alone, so that sums do not depend on the number of threads.</summary>
internal static unsafe class SegmentChunks
{
    private const int Chunk = 1 << 13;

    /// <summary>The number of chunks of a segment.</summary>
    public static int Of(UpdateSegment segment) => (segment.Length + Chunk - 1) / Chunk;

    /// <summary>The number of chunks and of elements of all segments.</summary>
    public static void Count(ReadOnlySpan<UpdateSegment> segments, out int chunks, out long elements)
    {
        chunks = 0;
        elements = 0;
        foreach (UpdateSegment segment in segments)
        {
            chunks += Of(segment);
            elements += segment.Length;
        }
    }

    /// <summary>The segment that a chunk belongs to, and the chunk's place in it.</summary>
    public static UpdateSegment* Find(UpdateSegment* segments, int chunk, out int start, out int count)
    {
        while (chunk >= Of(*segments))
        {
            chunk -= Of(*segments);
            segments++;
        }

        start = chunk * Chunk;
        count = Math.Min(Chunk, segments->Length - start);
        return segments;
    }
}
