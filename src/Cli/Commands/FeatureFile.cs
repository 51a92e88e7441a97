using FastNets.Cli.Errors;
using FastNets.Cli.Rendering;
using FastNets.Data;
using FastNets.Rocket;

namespace FastNets.Cli.Commands;

/// <summary>Writes features as they are computed, and says how to go on where it is stopped.</summary>
internal sealed class FeatureFile : IProgress<TransformProgress>
{
    private readonly string _path;
    private readonly bool _resume;
    private readonly IScreen _screen;
    private readonly IProgressBoard _board;
    private TransformProgress? _last;

    private FeatureFile(string path, bool resume, IScreen screen, IProgressBoard board)
    {
        _path = path;
        _resume = resume;
        _screen = screen;
        _board = board;
    }

    /// <summary>The file that the features are in until all of them are there.</summary>
    /// <param name="path">The path of the file that is to be.</param>
    public static string PartialOf(string path) => $"{path}.partial";

    /// <summary>The file that says how far the partial file is.</summary>
    /// <param name="path">The path of the file that is to be.</param>
    public static string StateOf(string path) => $"{PartialOf(path)}.json";

    /// <summary>Writes the features of a source to a <c>.npy</c> file.</summary>
    /// <param name="path">The file's path; the file appears when it is whole.</param>
    /// <param name="transform">The transform.</param>
    /// <param name="source">The series.</param>
    /// <param name="resume">Whether to go on with a partial file.</param>
    /// <param name="counts">Whether to write counts of 16 bits in place of proportions.</param>
    /// <param name="screen">Where it is said how to go on.</param>
    /// <param name="board">Where progress is shown.</param>
    /// <param name="cancellation">Stops after the chunk that is being computed.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="StoppedException">It was stopped.</exception>
    public static TransformProgress Write(
        string path, MiniRocket transform, SeriesReader source, bool resume, bool counts, IScreen screen, IProgressBoard board, CancellationToken cancellation)
    {
        var file = new FeatureFile(path, resume, screen, board);
        try
        {
            return transform.TransformToNpy(source, path, new TransformStreamOptions { Progress = file, Cancellation = cancellation, Resume = resume, Counts = counts });
        }
        catch (OperationCanceledException) when (file.Kept() is { } kept)
        {
            throw new StoppedException($"stopped; {kept}.");
        }
        catch (Exception e) when (e is DataFormatException or IOException or UnauthorizedAccessException)
        {
            if (file.Kept() is { } kept) screen.Note($"{kept}.");
            throw;
        }
    }

    /// <summary>Shows how far it is.</summary>
    /// <param name="value">How far.</param>
    public void Report(TransformProgress value)
    {
        if (_last is null) SayWhereItBegins(value);
        _last = value;
        if (value.SeriesDone == 0) return;
        if (value.SeriesTotal is long total) _board.Report((double)value.SeriesDone / total, $"{value.SeriesDone} of {total} series");
        else _board.Report(null, $"{value.SeriesDone} series");
    }

    private void SayWhereItBegins(TransformProgress start)
    {
        if (start.SeriesLost > 0) _screen.Note($"{PartialOf(_path)} lacks {start.SeriesLost} rows at its end, which are computed anew.");
        if (_resume && start.SeriesResumed == 0) _screen.Note($"there is no {PartialOf(_path)} with series that are done; starting with the first one.");
        if (start.SeriesResumed > 0) _screen.Note($"{start.SeriesResumed} series were done before; going on with series {start.SeriesResumed}.");
    }

    // What an earlier run or this one has done, unless the file was refused or has no row.
    private string? Kept()
        => _last is { SeriesDone: > 0 } last && File.Exists(PartialOf(_path))
            ? $"the features of {last.SeriesDone} series are kept in {PartialOf(_path)}; the same command with --resume goes on"
            : null;
}
