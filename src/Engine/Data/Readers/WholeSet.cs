namespace FastNets.Data.Readers;

/// <summary>Gives the pieces of a set that a format makes necessary to read whole.</summary>
internal sealed class WholeSet(SeriesSet set) : FormatReader(set.Name)
{
    private int _used;

    public override int? Channels => set.Channels;

    public override long? Count => set.Count;

    public override IReadOnlyList<string> Classes => set.Classes;

    public override SeriesSet ReadAll() => set;

    internal override SeriesSet? Read(int maxSeries, long maxValues)
    {
        int taken = Math.Min(maxSeries, set.Count - _used);
        if (taken == 0) return null;
        _used += taken;
        return set.Slice(_used - taken, taken, _used - taken);
    }

    internal override long PassOver(long series)
    {
        int taken = (int)Math.Min(series, set.Count - _used);
        _used += taken;
        return taken;
    }
}
