using FastNets.Data.Readers;

namespace FastNets.Data;

/// <content>Sources of series that are not in files.</content>
public abstract partial class SeriesReader
{
    /// <summary>Makes a source of sets that come one after another.</summary>
    /// <param name="name">What the source is called in messages.</param>
    /// <param name="pieces">The sets, of any size, all with the same number of channels; taken one at a time, when the one before is used up.</param>
    /// <param name="count">The number of series of all sets together where it is known.</param>
    /// <remarks>Labels and classes are passed on as each set has them. Skipping takes the sets and drops them.</remarks>
    /// <exception cref="ArgumentException"><paramref name="count"/> is negative.</exception>
    public static SeriesReader From(string name, IEnumerable<SeriesSet> pieces, long? count = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(pieces);
        ArgumentOutOfRangeException.ThrowIfNegative(count ?? 0, nameof(count));
        return new GivenSeries(name, pieces, count);
    }

    /// <summary>Makes a source of series that are made on the fly, each known by its index alone.</summary>
    /// <param name="name">What the source is called in messages.</param>
    /// <param name="make">Is given the index of the first series and the most series to make; gives at least one, or null at the end.</param>
    /// <param name="count">The number of all series where it is known; then no series beyond it is asked for.</param>
    /// <remarks>Skipping makes nothing: the next call names a later index.</remarks>
    /// <exception cref="ArgumentException"><paramref name="count"/> is negative.</exception>
    public static SeriesReader Generate(string name, Func<long, int, SeriesSet?> make, long? count = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(make);
        ArgumentOutOfRangeException.ThrowIfNegative(count ?? 0, nameof(count));
        return new MadeSeries(name, make, count);
    }
}
