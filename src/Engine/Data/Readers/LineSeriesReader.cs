namespace FastNets.Data.Readers;

/// <summary>Reads text that has one series a line.</summary>
/// <param name="lines">The text; the next content line is the first series.</param>
/// <param name="builder">Where the series go.</param>
/// <param name="comment">A line that begins with this is passed over.</param>
internal abstract class LineSeriesReader(LineReader lines, SeriesSetBuilder builder, byte comment) : FormatReader(builder.Name)
{
    public override long? Count => null;

    public override IReadOnlyList<string> Classes => builder.Classes;

    internal override SeriesSet? Read(int maxSeries, long maxValues)
    {
        while (builder.Count < maxSeries && builder.ValueCount < maxValues && lines.NextContent(comment)) ReadSeries();
        if (builder.Count > 0) return builder.Take();
        return builder.Taken > 0 ? null : throw DataFormatException.At(Name, 0, "there is no series in the file.");
    }

    internal override long PassOver(long series)
    {
        long passed = 0;
        while (passed < series && lines.NextContent(comment)) passed++;
        builder.PassOver(passed);
        return passed;
    }

    /// <summary>Reads the series of the current line.</summary>
    protected abstract void ReadSeries();
}
