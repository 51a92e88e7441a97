using FastNets.Data;
using FastNets.Memory;
using FastNets.Serialization;

namespace FastNets.Rocket;

/// <summary>Takes some rows of features.</summary>
/// <param name="firstRow">The index of the first row's series.</param>
/// <param name="rows">The number of rows.</param>
/// <param name="features">The features, shape [rows, features]; valid only during the call.</param>
public delegate void FeatureRows(int firstRow, int rows, ReadOnlySpan<float> features);

/// <content>The transform of a set piece by piece, for sets whose features do not fit memory.</content>
public sealed unsafe partial class MiniRocket
{
    private const long DefaultChunkBytes = 16 << 20;

    /// <summary>Computes the features of all series of a set in chunks of rows that share one buffer.</summary>
    /// <param name="set">Series with the channels and of the length that the transform was fitted for.</param>
    /// <param name="take">Is given the chunks in order, on the calling thread.</param>
    /// <param name="rowsPerChunk">The number of rows of a chunk, the last one's excepted; 0 chooses.</param>
    /// <exception cref="DataFormatException">The series have other channels or another length, or a value is missing or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rowsPerChunk"/> is negative, or a chunk would have more than 2^31 features.</exception>
    public void TransformChunks(SeriesSet set, FeatureRows take, int rowsPerChunk = 0)
    {
        CheckInput(set);
        ArgumentNullException.ThrowIfNull(take);
        rowsPerChunk = Math.Min(RowsPerChunk(rowsPerChunk), set.Count);
        using var buffer = new AlignedBuffer((long)rowsPerChunk * FeatureCount);
        for (int first = 0; first < set.Count; first += rowsPerChunk)
        {
            int rows = Math.Min(rowsPerChunk, set.Count - first);
            TransformRows<float, ShareOutput>(set, first, rows, buffer.Pointer);
            take(first, rows, buffer.Span(0, rows * FeatureCount));
        }
    }

    /// <summary>Writes the features of all series of a set to a <c>.npy</c> file of shape [series, features], chunk by chunk.</summary>
    /// <param name="set">Series with the channels and of the length that the transform was fitted for.</param>
    /// <param name="path">The file's path; the file appears when it is whole.</param>
    /// <exception cref="DataFormatException">The series have other channels or another length, or a value is missing or infinite.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void TransformToNpy(SeriesSet set, string path)
    {
        CheckInput(set);
        using var file = new NpyRowWriter<float>(path, set.Count, FeatureCount);
        TransformChunks(set, (_, _, features) => file.Append(features));
        file.Commit();
    }
}
