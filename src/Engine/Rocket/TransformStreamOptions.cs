namespace FastNets.Rocket;

/// <summary>How a source of series is transformed that may be larger than memory.</summary>
public sealed record TransformStreamOptions
{
    /// <summary>The number of series that are read and transformed at a time; 0 chooses as many as make 16 MiB of features.</summary>
    public int RowsPerChunk { get; init; }

    /// <summary>Is told how far it is: at the beginning and after each chunk, on the calling thread. <see cref="System.Progress{T}"/> passes it on to another one.</summary>
    public IProgress<TransformProgress>? Progress { get; init; }

    /// <summary>Stops after the chunk that is being computed.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>
    /// Whether to go on with the partial file that an earlier run left beside the output. False replaces it. Where there is none it begins at the
    /// first series. Files only.
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>After how many bytes of features they are flushed to the disk, while more are computed: twice as many may be lost when the power fails. Files only.</summary>
    public long BytesBetweenFlushes { get; init; } = 64 << 20;

    /// <summary>Whether the file holds counts of 16 bits (<c>uint16</c>), half as many bytes, in place of proportions (<c>float32</c>); for series of at most 65535 time steps. Files only.</summary>
    public bool Counts { get; init; }
}
