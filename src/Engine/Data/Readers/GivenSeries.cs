namespace FastNets.Data.Readers;

/// <summary>Series of sets that come one after another.</summary>
internal sealed class GivenSeries(string name, IEnumerable<SeriesSet> pieces, long? count) : SeriesReader(name)
{
    private readonly IEnumerator<SeriesSet> _pieces = pieces.GetEnumerator();
    private SeriesSet? _piece;
    private int _used;
    private int? _channels;

    public override int? Channels => _channels;

    public override long? Count => count;

    public override IReadOnlyList<string> Classes => _piece?.Classes ?? [];

    internal override SeriesSet? Read(int maxSeries, long maxValues)
    {
        if (!HasSeries()) return null;
        int taken = Math.Min(maxSeries, _piece!.Count - _used);
        SeriesSet piece = _piece.Slice(_used, taken, Position);
        _used += taken;
        return piece;
    }

    internal override long PassOver(long series)
    {
        long passed = 0;
        while (passed < series && HasSeries())
        {
            int taken = (int)Math.Min(series - passed, _piece!.Count - _used);
            _used += taken;
            passed += taken;
        }

        return passed;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _pieces.Dispose();
        base.Dispose(disposing);
    }

    // Sets may be empty: goes on until there is a series.
    private bool HasSeries()
    {
        while (_piece is null || _used == _piece.Count)
        {
            if (!_pieces.MoveNext()) return false;
            _piece = _pieces.Current ?? throw new InvalidOperationException($"{Name}: a set is null.");
            _used = 0;
            if (_piece.Count == 0) continue;
            _channels ??= _piece.Channels;
            if (_piece.Channels != _channels)
                throw DataFormatException.At(Name, 0, $"a set has {_piece.Channels} channels, but the sets before have {_channels}; give sets of one number of channels.");
        }

        return true;
    }
}
