namespace FastNets.Data.Readers;

/// <summary>Series that are made when they are read.</summary>
internal sealed class MadeSeries(string name, Func<long, int, SeriesSet?> make, long? count) : SeriesReader(name)
{
    private SeriesSet? _last;

    public override int? Channels => _last?.Channels;

    public override long? Count => count;

    public override IReadOnlyList<string> Classes => _last?.Classes ?? [];

    internal override SeriesSet? Read(int maxSeries, long maxValues)
    {
        int most = (int)Math.Min(maxSeries, (count ?? long.MaxValue) - Position);
        SeriesSet? piece = most == 0 ? null : make(Position, most);
        if (piece is null || piece.Count == 0) return null;
        if (piece.Count > most) throw new InvalidOperationException($"{Name}: {piece.Count} series were made where at most {most} were asked for.");
        return _last = piece.Slice(0, piece.Count, Position);
    }

    internal override long PassOver(long series) => Math.Min(series, (count ?? long.MaxValue) - Position);
}
