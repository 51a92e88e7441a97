using System.IO.Compression;
using FastNets.Data.Writers;
using FastNets.Serialization;

namespace FastNets.Data;

/// <content>Writing.</content>
public static partial class SeriesFile
{
    /// <summary>Writes a set in the format that the file's name ends with: <c>.ts</c>, <c>.csv</c>, <c>.tsv</c>, <c>.txt</c> or <c>.npy</c>; gzipped where <c>.gz</c> follows.</summary>
    /// <param name="path">The file's path; a file that exists is replaced when the new one is whole.</param>
    /// <param name="set">The set.</param>
    /// <remarks>
    /// Values are written so that they are read back bit by bit. Delimited text has the label first and no header, the channels of a series one after another
    /// (read them with <see cref="CsvOptions.Channels"/>), and series of unequal length padded with NaN. <c>.npy</c> holds the series,
    /// [n, length] or [n, channels, length], and after them the labels where there are any.
    /// </remarks>
    /// <exception cref="ArgumentException">The name has another ending, or the set cannot be written in this format: <c>.npy</c> with unequal lengths,
    /// a class name with characters that the format does not allow.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, SeriesSet set)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(set);
        const string Gzip = ".gz";
        bool gzip = path.EndsWith(Gzip, StringComparison.OrdinalIgnoreCase);
        string extension = Path.GetExtension(gzip ? path[..^Gzip.Length] : path).ToUpperInvariant();
        Action<Stream> write = extension switch
        {
            ".TS" => stream => TsWriter.Write(stream, set, Path.GetFileName(path).Split('.')[0]),
            ".CSV" => stream => DelimitedWriter.Write(stream, set, ','),
            ".TSV" => stream => DelimitedWriter.Write(stream, set, '\t'),
            ".TXT" => stream => DelimitedWriter.Write(stream, set, ' '),
            ".NPY" => stream => NpySeriesWriter.Write(stream, set),
            _ => throw new ArgumentException($"'{path}' does not end with .ts, .csv, .tsv, .txt or .npy (or one of these and .gz).", nameof(path)),
        };
        AtomicFile.Write(path, stream =>
        {
            if (!gzip)
            {
                write(stream);
                return;
            }

            using var packed = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
            write(packed);
        });
    }
}
