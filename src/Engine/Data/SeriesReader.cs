namespace FastNets.Data;

/// <summary>A source of series that is read once, forward, in pieces: what sets larger than memory are worked on with.</summary>
/// <remarks>
/// <para><see cref="SeriesFile.Open(string, SeriesFileOptions?)"/> opens files; <see cref="From"/> and <see cref="Generate"/> make sources of series that are not in files.
/// After an exception nothing more can be read. Not thread-safe.</para>
/// <para>A piece's labels are indices into <see cref="Classes"/>, which are in the order of their first appearance and grow as series are read: a class
/// keeps its index. <see cref="SeriesFile.Read(string, SeriesFileOptions?)"/>, which sees all of them, sorts them instead.</para>
/// </remarks>
public abstract partial class SeriesReader : IDisposable
{
    // 64 MiB: a piece is asked for by its number of series, and long ones must not make it outgrow memory.
    private const long MaxPieceValues = 1 << 24;

    private bool _failed;

    private protected SeriesReader(string name) => Name = name;

    /// <summary>What the source is called in messages: usually the file's name.</summary>
    public string Name { get; }

    /// <summary>The number of channels (variables) of every series; null while it is not known, at the latest until the first piece.</summary>
    public abstract int? Channels { get; }

    /// <summary>The number of all series where it is known beforehand (<c>.npy</c>, IDX, files that are read whole); null otherwise.</summary>
    public abstract long? Count { get; }

    /// <summary>The names of the classes that occurred so far, in the order of their indices.</summary>
    public abstract IReadOnlyList<string> Classes { get; }

    /// <summary>The number of series that were read or skipped so far: the next one's index.</summary>
    public long Position { get; private set; }

    /// <summary>Reads the next series.</summary>
    /// <param name="maxSeries">The most series to read, at least 1; fewer come at the end, and where they hold more than some 16 million values.</param>
    /// <returns>At least one series; null at the end. Messages of the set's checks name a series by its index and line in the whole source.</returns>
    /// <exception cref="DataFormatException">The source is damaged; the message names the file, the line and the value.</exception>
    /// <exception cref="InvalidOperationException">Reading or skipping failed before.</exception>
    public SeriesSet? ReadNext(int maxSeries)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSeries, 1);
        BeginRead();
        SeriesSet? piece = Read(maxSeries, MaxPieceValues);
        _failed = false;
        Position += piece?.Count ?? 0;
        return piece;
    }

    /// <summary>Passes over series without reading their values: at once where the source can be entered anywhere, line by line in text.</summary>
    /// <param name="series">The number of series.</param>
    /// <returns>How many were passed over; fewer where the source ends.</returns>
    /// <exception cref="DataFormatException">The source is damaged. What is wrong within a series that is passed over is not noticed.</exception>
    /// <exception cref="InvalidOperationException">Reading or skipping failed before.</exception>
    public long Skip(long series)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(series);
        BeginRead();
        long skipped = PassOver(series);
        _failed = false;
        Position += skipped;
        return skipped;
    }

    /// <summary>Closes what the source is read from.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads the next series.</summary>
    /// <param name="maxSeries">The most series.</param>
    /// <param name="maxValues">No further series is begun when there are this many values.</param>
    /// <returns>At least one series; null at the end.</returns>
    internal abstract SeriesSet? Read(int maxSeries, long maxValues);

    /// <summary>Passes over series.</summary>
    /// <param name="series">The number of series.</param>
    /// <returns>How many there were.</returns>
    internal abstract long PassOver(long series);

    /// <summary>Closes what the source is read from.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called.</param>
    protected virtual void Dispose(bool disposing)
    {
    }

    // The mark stays where reading throws.
    private void BeginRead()
    {
        if (_failed) throw new InvalidOperationException($"{Name} cannot be read any further, because reading it failed before; open it anew.");
        _failed = true;
    }
}
