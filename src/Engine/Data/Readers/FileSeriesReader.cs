namespace FastNets.Data.Readers;

/// <summary>The series of a file: opened, unpacked, its missing values treated.</summary>
internal sealed class FileSeriesReader : SeriesReader
{
    private readonly Stream _content;
    private readonly Stream? _owned;
    private readonly FormatReader _series;
    private readonly bool _interpolate;

    /// <summary>Puts the parts together.</summary>
    /// <param name="series">Reads the format.</param>
    /// <param name="content">What it reads from.</param>
    /// <param name="owned">What the content comes from, closed with this reader; null where the caller closes it.</param>
    /// <param name="missing">What becomes of missing values.</param>
    public FileSeriesReader(FormatReader series, Stream content, Stream? owned, MissingValues missing)
        : base(series.Name)
    {
        _series = series;
        _content = content;
        _owned = owned;
        _interpolate = missing == MissingValues.Interpolate;
    }

    public override int? Channels => _series.Channels;

    public override long? Count => _series.Count;

    public override IReadOnlyList<string> Classes => _series.Classes;

    /// <summary>Reads all series with all their labels, the classes in order; nothing was read before.</summary>
    public SeriesSet ReadAll() => Treated(StreamErrors.Named(Name, _series.ReadAll));

    internal override SeriesSet? Read(int maxSeries, long maxValues)
    {
        SeriesSet? piece = StreamErrors.Named(Name, () => _series.Read(maxSeries, maxValues));
        return piece is null ? null : Treated(piece);
    }

    internal override long PassOver(long series) => StreamErrors.Named(Name, () => _series.PassOver(series));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _series.Dispose();
            _content.Dispose();
            _owned?.Dispose();
        }

        base.Dispose(disposing);
    }

    private SeriesSet Treated(SeriesSet set) => _interpolate ? set.InterpolateMissing() : set;
}
