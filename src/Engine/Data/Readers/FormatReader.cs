namespace FastNets.Data.Readers;

/// <summary>Reads the series of one format.</summary>
internal abstract class FormatReader(string name) : SeriesReader(name)
{
    /// <summary>Reads all series with all their labels, the classes in order.</summary>
    /// <remarks>Nothing was read before.</remarks>
    public virtual SeriesSet ReadAll() => Read(int.MaxValue, long.MaxValue)!.WithSortedClasses();
}
