using FastNets.Serialization;

namespace FastNets.Data.Readers;

/// <summary>Reads series from <c>.npy</c> files: one array, or two written one after another, the second one the labels.</summary>
internal sealed class NpySeriesReader : FormatReader
{
    private readonly NpyReader _arrays;
    private readonly ArraySeries _series;

    private NpySeriesReader(NpyReader arrays, ArraySeries series, string name)
        : base(name)
    {
        _arrays = arrays;
        _series = series;
    }

    public override int? Channels => _series.Channels;

    public override long? Count => _series.Count;

    public override IReadOnlyList<string> Classes => [];

    /// <summary>Reads the header.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="layout">The order of three dimensions.</param>
    /// <returns>The reader. An array in Fortran order has its series spread over all of the file: it is read whole.</returns>
    public static FormatReader Open(Stream stream, string name, ArrayLayout layout)
    {
        var arrays = new NpyReader(stream, name);
        arrays.Next();
        var reader = new NpySeriesReader(arrays, new ArraySeries(arrays, name, layout), name);
        return arrays.Header.FortranOrder ? new WholeSet(reader.ReadAll()) : reader;
    }

    public override SeriesSet ReadAll()
    {
        SeriesSet series = _series.ReadAll();
        if (!_arrays.Next()) return series;
        SeriesSet labelled = ArraySeries.AddLabels(_arrays, series);
        CheckEnd();
        return labelled;
    }

    internal override SeriesSet? Read(int maxSeries, long maxValues)
    {
        if (_series.Left == 0) return null;
        SeriesSet piece = _series.Read(maxSeries, maxValues);
        if (_series.Left == 0) PassLabels();
        return piece;
    }

    internal override long PassOver(long series)
    {
        long passed = _series.PassOver(series);
        if (passed > 0 && _series.Left == 0) PassLabels();
        return passed;
    }

    // They come too late for the pieces, but what is wrong with them is told.
    private void PassLabels()
    {
        if (!_arrays.Next()) return;
        ArraySeries.CheckLabels(_arrays, Name, _series.Count);
        _arrays.Skip(_arrays.Header.Count);
        CheckEnd();
    }

    private void CheckEnd()
    {
        if (_arrays.Next())
            throw DataFormatException.At(Name, 0, "a third array follows the series and their labels; store sets in files of their own, or in an .npz file.");
    }
}
