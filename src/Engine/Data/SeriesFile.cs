using FastNets.Data.Readers;

namespace FastNets.Data;

/// <summary>Reads and writes files of series in the formats that the field uses.</summary>
/// <remarks>
/// Reads <c>.ts</c> (aeon, sktime), UCR <c>.txt</c> and <c>.tsv</c>, <c>.arff</c> (UCR, UEA), <c>.csv</c>, <c>.npy</c>, <c>.npz</c> and IDX, each also gzipped.
/// The format is told by the content, not by the name. Numeric labels that have one value have one name (<c>1.0000000e+00</c> is <c>1</c>);
/// classes are in the order of their numbers, or of their characters where one is no number.
/// Missing values become NaN. In <c>.txt</c>, <c>.tsv</c>, <c>.csv</c> and <c>.arff</c> those at the end of a series are taken for padding and removed,
/// which gives the series of unequal length that the <c>.ts</c> files of the same sets have (aeon's own <c>.tsv</c> reader leaves them in).
/// </remarks>
public static partial class SeriesFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="options">What the file does not tell; null for the defaults.</param>
    /// <exception cref="DataFormatException">The file is missing, damaged or of no known format; the message names the file, the line and the value.</exception>
    public static SeriesSet Read(string path, SeriesFileOptions? options = null)
    {
        using FileSeriesReader reader = OpenFile(path, options);
        return reader.ReadAll();
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream, at the beginning of the content; stays open.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="options">What the content does not tell; null for the defaults.</param>
    /// <exception cref="DataFormatException">The content is damaged or of no known format.</exception>
    public static SeriesSet Read(Stream stream, string name, SeriesFileOptions? options = null)
    {
        using FileSeriesReader reader = OpenStream(stream, owned: null, name, options);
        return reader.ReadAll();
    }

    /// <summary>Opens a file to be read in pieces, for files larger than memory.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="options">What the file does not tell; null for the defaults.</param>
    /// <returns>The reader; closes the file when it is disposed.</returns>
    /// <remarks>
    /// Text and IDX are read piece by piece, gzipped or not, and so is <c>.npy</c>, whose labels stand behind all series and are passed over: its pieces have none.
    /// <c>.npz</c> archives and <c>.npy</c> arrays in Fortran order are read whole when they are opened. Everything else is as <see cref="Read(string, SeriesFileOptions?)"/>
    /// does it, with the same messages.
    /// </remarks>
    /// <exception cref="DataFormatException">The file is missing, damaged at its beginning or of no known format.</exception>
    public static SeriesReader Open(string path, SeriesFileOptions? options = null) => OpenFile(path, options);

    /// <summary>Opens a stream to be read in pieces.</summary>
    /// <param name="stream">The stream, at the beginning of the content; stays open.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="options">What the content does not tell; null for the defaults.</param>
    /// <remarks>See <see cref="Open(string, SeriesFileOptions?)"/>.</remarks>
    /// <exception cref="DataFormatException">The content is damaged at its beginning or of no known format.</exception>
    public static SeriesReader Open(Stream stream, string name, SeriesFileOptions? options = null) => OpenStream(stream, owned: null, name, options);

    private static FileSeriesReader OpenFile(string path, SeriesFileOptions? options)
    {
        options ??= new SeriesFileOptions();
        FileStream stream = InputFile.Open(path);
        string? labels = options.LabelFile ?? LabelFileBeside(path);
        return OpenStream(stream, owned: stream, path, options with { LabelFile = labels });
    }

    private static FileSeriesReader OpenStream(Stream stream, Stream? owned, string name, SeriesFileOptions? options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        options ??= new SeriesFileOptions();
        PeekStream? content = null;
        try
        {
            return StreamErrors.Named(name, () =>
            {
                long start = stream.CanSeek ? stream.Position : 0;
                content = PeekStream.Unpacked(stream, name);
                FormatReader series = ReaderOf(content, () => Rewound(stream, start) ?? content, name, options);
                return new FileSeriesReader(series, content, owned, options.Missing);
            });
        }
        catch
        {
            content?.Dispose();
            owned?.Dispose();
            throw;
        }
    }

    private static FormatReader ReaderOf(PeekStream content, Func<Stream> archive, string name, SeriesFileOptions options)
    {
        ReadOnlySpan<byte> head = content.Head;
        if (head.IsEmpty) throw DataFormatException.At(name, 0, "the file is empty.");
        if (head.StartsWith(NpyMagic)) return NpySeriesReader.Open(content, name, options.Layout);
        if (IsZip(head)) return new WholeSet(NpzArchive.Read(archive(), name, options));
        if (IdxReader.Recognizes(head)) return new IdxReader(content, name, options.LabelFile);
        if (head.Contains((byte)0)) throw DataFormatException.At(name, 0, Unknown(head));
        return TextReaderOf(new LineReader(content, name), name, options.Csv);
    }

    private static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8);

    // An archive is read from its end: where the stream cannot go there (or the archive is gzipped), all of it is taken into memory.
    private static Stream? Rewound(Stream stream, long start)
    {
        if (!stream.CanSeek) return null;
        long position = stream.Position;
        stream.Position = start;
        bool zip = stream.ReadByte() == 'P';
        stream.Position = zip ? start : position;
        return zip ? stream : null;
    }

    private static ReadOnlySpan<byte> NpyMagic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    private static string Unknown(ReadOnlySpan<byte> head)
    {
        bool wide = head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);
        string hint = wide ? "it is UTF-16 text: save it as UTF-8" : "check that it is a data file";
        return $"this is neither text nor .npy, .npz, IDX or gzip (it begins with {Convert.ToHexString(head[..Math.Min(8, head.Length)])}); {hint}.";
    }

    private static LineSeriesReader TextReaderOf(LineReader lines, string name, CsvOptions options)
    {
        // Comments of .ts begin with '#', those of ARFF with '%'.
        while (lines.NextContent((byte)'#'))
        {
            if (lines.Line[0] == (byte)'%') continue;
            ReadOnlySpan<byte> line = lines.Line;
            lines.PushBack();
            if (line[0] != (byte)'@') return new DelimitedReader(lines, name, options);
            bool arff = System.Text.Ascii.EqualsIgnoreCase(line[..Math.Min(line.Length, "@relation".Length)], "@relation"u8)
                || System.Text.Ascii.EqualsIgnoreCase(line[..Math.Min(line.Length, "@attribute".Length)], "@attribute"u8);
            return arff ? new ArffReader(lines, name) : new TsReader(lines, name);
        }

        throw DataFormatException.At(name, 0, "the file holds nothing but blank lines and comments.");
    }

    private static string? LabelFileBeside(string path)
    {
        string file = Path.GetFileName(path);
        int images = file.LastIndexOf("images", StringComparison.Ordinal);
        if (images < 0) return null;
        string labels = string.Concat(file.AsSpan(0, images), "labels", file.AsSpan(images + "images".Length)).Replace("idx3", "idx1", StringComparison.Ordinal);
        string folder = Path.GetDirectoryName(path) ?? "";
        string other = labels.EndsWith(".gz", StringComparison.Ordinal) ? labels[..^".gz".Length] : labels + ".gz";
        return new[] { labels, other }.Select(n => Path.Combine(folder, n)).FirstOrDefault(File.Exists);
    }
}
