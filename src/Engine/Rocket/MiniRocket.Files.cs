using System.Runtime.InteropServices;
using System.Security.Cryptography;
using FastNets.Data;
using FastNets.Serialization;

namespace FastNets.Rocket;

/// <content>The transform from a source to a file, which may be stopped and gone on with.</content>
public sealed unsafe partial class MiniRocket
{
    // So many rows of a partial file are computed anew, evenly spaced, the first and the last among them, to see whether they come from the same series.
    private const int SampledRows = 16;

    // In text a skip reads line by line: a run is stopped after at most so many.
    private const long SkippedAtOnce = 1 << 16;

    /// <summary>Writes the features of all series of a source to a <c>.npy</c> file of shape [series, features], <see cref="TransformStreamOptions.Counts"/> says of which numbers. Memory is bounded, and what was done when it is stopped stays.</summary>
    /// <param name="source">Series with the channels and of the length that the transform was fitted for, at the first one.</param>
    /// <param name="path">The file's path; the file appears when it is whole.</param>
    /// <param name="options">What is asked for; the defaults where null.</param>
    /// <returns>What was done.</returns>
    /// <remarks>
    /// <para>Until the file is whole it is <c>PATH.partial</c>, and <c>PATH.partial.json</c> says which transform it is from and how many rows are safely on the disk.
    /// Both stay when anything stops the run after the first rows. With <see cref="TransformStreamOptions.Resume"/> a later run skips the series that are done, and the
    /// file becomes the same, byte by byte. It refuses a partial file of another transform or of other series. The series are told apart by their number where it is
    /// known, and by computing a few rows anew; that a series in between was changed is not noticed.</para>
    /// <para>A device (<c>/dev/stdout</c>) is written directly, and nothing stays; the number of series must be known.</para>
    /// </remarks>
    /// <exception cref="DataFormatException">The source is damaged, the series have other channels or another length, a value is missing or infinite, or the partial file does not fit.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; the rows so far are in the partial file.</exception>
    /// <exception cref="IOException">The file cannot be written, or the disk is full; the rows so far are in the partial file.</exception>
    /// <exception cref="ArgumentException">The source is not at its first series, an option is out of range, or the number of series is not known and the output is a pipe.</exception>
    public TransformProgress TransformToNpy(SeriesReader source, string path, TransformStreamOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new TransformStreamOptions();
        if (source.Position > 0) throw new ArgumentException($"{source.Position} series of {source.Name} were read before; open it anew.", nameof(source));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BytesBetweenFlushes, 1, nameof(options));
        bool device = AtomicFile.IsDevice(path);
        return (device, options.Counts) switch
        {
            (true, true) => ToDevice<ushort, CountOutput>(source, path, options),
            (true, false) => ToDevice<float, ShareOutput>(source, path, options),
            (false, true) => ToFile<ushort, CountOutput>(source, path, options),
            (false, false) => ToFile<float, ShareOutput>(source, path, options),
        };
    }

    private TransformProgress ToFile<T, TOutput>(SeriesReader source, string path, TransformStreamOptions options)
        where T : unmanaged
        where TOutput : struct, IRocketOutput<T, TOutput>
    {
        var state = new PartialState(Origin(), NpyRows<T>.Descr, FeatureCount, source.Count, Rows: 0);
        using var file = new ResumableNpyWriter<T>(path, state, options.Resume, options.BytesBetweenFlushes);
        if (file.Rows > 0) SkipDone<T, TOutput>(source, file, options.Cancellation);
        long resumed = file.Rows;
        TransformProgress done = TransformPieces<T, TOutput>(
            source,
            (_, _, features) => file.Append(features),
            options,
            series => new TransformProgress(series, source.Count, file.Bytes, resumed, file.Lost));
        file.Commit();
        return done;
    }

    private TransformProgress ToDevice<T, TOutput>(SeriesReader source, string path, TransformStreamOptions options)
        where T : unmanaged
        where TOutput : struct, IRocketOutput<T, TOutput>
    {
        using var file = new NpyRowWriter<T>(path, source.Count, FeatureCount);
        TransformProgress done = TransformPieces<T, TOutput>(
            source, (_, _, features) => file.Append(features), options, series => new TransformProgress(series, source.Count, series * FeatureCount * sizeof(T)));
        file.Commit();
        return done;
    }

    // All that the features of a series depend on.
    private string Origin()
    {
        var writer = new SafetensorsWriter();
        Parameters.AddTo(writer);
        using var bytes = new MemoryStream();
        writer.WriteTo(bytes);
        return Convert.ToHexStringLower(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }

    private void SkipDone<T, TOutput>(SeriesReader source, ResumableNpyWriter<T> file, CancellationToken cancellation)
        where T : unmanaged
        where TOutput : struct, IRocketOutput<T, TOutput>
    {
        var expected = new T[FeatureCount];
        var actual = new T[FeatureCount];
        for (int i = 0; i < SampledRows; i++)
        {
            long row = (long)((Int128)(file.Rows - 1) * i / (SampledRows - 1));
            if (row < source.Position) continue;
            cancellation.ThrowIfCancellationRequested();
            SkipTo(row, source, cancellation);
            SeriesSet series = source.ReadNext(1)
                ?? throw file.Refused($"it holds {file.Rows} rows, but {source.Name} has only {source.Position} series; go on with the same data");
            CheckInput<T>(series);
            fixed (T* to = actual) TransformRow<T, TOutput>(series.Series(0), to);
            file.ReadRow(row, expected);
            if (!MemoryMarshal.AsBytes(actual.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(expected.AsSpan())))
                throw file.Refused($"its row {row} is not what series {row} of {source.Name} gives; go on with the same data");
        }
    }

    private static void SkipTo(long row, SeriesReader source, CancellationToken cancellation)
    {
        bool more = true;
        while (more && source.Position < row)
        {
            long series = Math.Min(row - source.Position, SkippedAtOnce);
            more = source.Skip(series) == series;
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
