using FastNets.Cli.Rendering;
using FastNets.Data;
using FastNets.Rocket;
using FastNets.Serialization;

namespace FastNets.Cli.Commands;

/// <summary>Writes features as they are computed.</summary>
internal static class FeatureFile
{
    // About the size of a cache: large enough to share among threads, small enough to show progress and to stop soon.
    private const int FeaturesPerChunk = 1 << 21;

    /// <summary>Writes the features of a set to a <c>.npy</c> file.</summary>
    /// <param name="path">The file's path; the file appears when it is whole.</param>
    /// <param name="transform">The transform.</param>
    /// <param name="set">The set.</param>
    /// <param name="board">Where progress is shown.</param>
    /// <param name="cancellation">Stops after the chunk that is being computed.</param>
    /// <exception cref="OperationCanceledException">It was stopped; the file is as it was.</exception>
    public static void Write(string path, MiniRocket transform, SeriesSet set, IProgressBoard board, CancellationToken cancellation)
    {
        using var file = new NpyRowWriter(path, set.Count, transform.FeatureCount);
        transform.TransformChunks(
            set,
            (first, rows, features) =>
            {
                cancellation.ThrowIfCancellationRequested();
                file.Append(features);
                board.Report((double)(first + rows) / set.Count, $"{first + rows} of {set.Count} series");
            },
            Math.Max(FeaturesPerChunk / transform.FeatureCount, 1));
        file.Commit();
    }
}
