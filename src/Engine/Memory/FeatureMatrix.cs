namespace FastNets.Memory;

/// <summary>A dense matrix of single-precision numbers, one row a sample: what a transform gives and a head reads.</summary>
/// <remarks>Row-major without gaps, outside the managed heap; may be larger than an array can be. Different rows may be written by different threads.</remarks>
public sealed class FeatureMatrix : IDisposable
{
    private readonly AlignedBuffer _buffer;

    /// <summary>Makes a matrix of zeros.</summary>
    /// <param name="rows">The number of samples.</param>
    /// <param name="columns">The number of features of each.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public FeatureMatrix(int rows, int columns)
        : this(rows, columns, clear: true)
    {
    }

    /// <summary>Makes a matrix.</summary>
    /// <param name="rows">The number of samples.</param>
    /// <param name="columns">The number of features of each.</param>
    /// <param name="clear">Whether it is set to zero; false only where all of it is written before any is read.</param>
    internal FeatureMatrix(int rows, int columns, bool clear)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Rows = rows;
        Columns = columns;
        _buffer = new AlignedBuffer((long)rows * columns, clear);
    }

    /// <summary>The number of samples.</summary>
    public int Rows { get; }

    /// <summary>The number of features of a sample.</summary>
    public int Columns { get; }

    /// <summary>Row-major storage, <see cref="Rows"/> times <see cref="Columns"/> elements.</summary>
    public AlignedBuffer Buffer => _buffer;

    /// <summary>One sample's features.</summary>
    /// <param name="row">The sample's index.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Span<float> Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        return _buffer.Span((long)row * Columns, Columns);
    }

    /// <summary>Copies numbers into a new matrix.</summary>
    /// <param name="values">Row-major values.</param>
    /// <param name="columns">The number of columns, at least 1; divides the number of values.</param>
    /// <exception cref="ArgumentException">The values don't fill whole rows.</exception>
    public static FeatureMatrix FromValues(ReadOnlySpan<float> values, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Length % columns != 0)
            throw new ArgumentException($"{values.Length} values do not fill whole rows of {columns}.", nameof(values));
        var matrix = new FeatureMatrix(values.Length / columns, columns);
        values.CopyTo(matrix._buffer.Span(0, values.Length));
        return matrix;
    }

    /// <summary>Frees the memory. Rows taken before must not be used any more.</summary>
    public void Dispose() => _buffer.Dispose();
}
