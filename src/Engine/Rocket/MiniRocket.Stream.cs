using FastNets.Data;
using FastNets.Memory;

namespace FastNets.Rocket;

/// <summary>Takes some rows of the features of a source that may have more than 2^31 series.</summary>
/// <param name="firstRow">The index of the first row's series in the source.</param>
/// <param name="rows">The number of rows.</param>
/// <param name="features">The features, shape [rows, features]; valid only during the call.</param>
public delegate void FeatureStream(long firstRow, int rows, ReadOnlySpan<float> features);

/// <content>The transform of series that are read in pieces, for sets that do not fit memory.</content>
public sealed unsafe partial class MiniRocket
{
    /// <summary>Computes the features of all series that a source still has. Memory is bounded: a piece of series and a chunk of features.</summary>
    /// <param name="source">Series with the channels and of the length that the transform was fitted for.</param>
    /// <param name="take">Is given the chunks in order, on the calling thread.</param>
    /// <param name="options">What is asked for; the defaults where null.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="DataFormatException">The source is damaged, the series have other channels or another length, or a value is missing or infinite.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; <paramref name="take"/> got all chunks that were computed.</exception>
    /// <exception cref="ArgumentException">Counts were asked for.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of rows of a chunk is negative, or a chunk would have more than 2^31 features.</exception>
    /// <remarks>The same bits as <see cref="Transform(SeriesSet)"/> gives, whatever the pieces and the number of threads.</remarks>
    public TransformProgress TransformChunks(SeriesReader source, FeatureStream take, TransformStreamOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(take);
        options ??= new TransformStreamOptions();
        if (options.Counts) throw new ArgumentException("Chunks are of proportions; counts go to files.", nameof(options));
        return TransformPieces<float, ShareOutput>(
            source, (first, rows, features) => take(first, rows, features), options, done => new TransformProgress(done, source.Count, done * FeatureCount * sizeof(float)));
    }

    private delegate void RowsTaken<T>(long firstRow, int rows, ReadOnlySpan<T> values);

    private TransformProgress TransformPieces<T, TOutput>(SeriesReader source, RowsTaken<T> take, TransformStreamOptions options, Func<long, TransformProgress> progress)
        where T : unmanaged
        where TOutput : struct, IRocketOutput<T, TOutput>
    {
        int rowsPerChunk = RowsPerChunk(options.RowsPerChunk);
        using AlignedBuffer buffer = BufferFor<T>((long)rowsPerChunk * FeatureCount);
        var rows = (T*)buffer.Pointer;
        options.Progress?.Report(progress(source.Position));
        while (true)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            long first = source.Position;
            SeriesSet? piece = source.ReadNext(rowsPerChunk);
            if (piece is null) return progress(first);
            CheckInput<T>(piece);
            TransformRows<T, TOutput>(piece, 0, piece.Count, rows);
            take(first, piece.Count, new ReadOnlySpan<T>(rows, piece.Count * FeatureCount));
            options.Progress?.Report(progress(source.Position));
        }
    }

    private void CheckInput<T>(SeriesSet piece)
    {
        CheckInput(piece);
        if (typeof(T) == typeof(ushort) && piece.MaxLength > MiniRocketCounts.MaxLength) throw DataFormatException.At(piece.Name, 0, TooLong(piece.MaxLength));
    }

    private static AlignedBuffer BufferFor<T>(long count)
        where T : unmanaged => new(((count * sizeof(T)) + sizeof(float) - 1) / sizeof(float));

    private int RowsPerChunk(int asked)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(asked);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(asked, int.MaxValue / FeatureCount);
        return asked > 0 ? asked : (int)Math.Max(DefaultChunkBytes / sizeof(float) / FeatureCount, 1);
    }
}
