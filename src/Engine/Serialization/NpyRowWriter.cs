namespace FastNets.Serialization;

/// <summary>Writes a <c>.npy</c> file row by row, so that it may be larger than memory.</summary>
/// <typeparam name="T">The elements: <see cref="float"/>, <see cref="double"/>, <see cref="int"/>, <see cref="long"/>, <see cref="ushort"/> or <see cref="byte"/>.</typeparam>
/// <remarks>The file appears under its name when <see cref="Commit"/> is called; disposing without it leaves nothing. Not thread-safe.</remarks>
public sealed class NpyRowWriter<T> : IDisposable
    where T : unmanaged
{
    private readonly AtomicFile _file;
    private readonly NpyRows<T> _layout;
    private readonly long? _rows;
    private long _written;

    /// <summary>Starts a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="rows">The number of rows that will be written; null where it turns out last, then the header is completed by <see cref="Commit"/>.</param>
    /// <param name="rowShape">The shape of one row: the number of columns, or several dimensions.</param>
    /// <exception cref="ArgumentException">A size is negative, a row has more than 2^31 elements, or the number of rows is null and the file a pipe, in which nothing can be completed.</exception>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public NpyRowWriter(string path, long? rows, params ReadOnlySpan<long> rowShape)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows ?? 0, nameof(rows));
        _rows = rows;
        _layout = new NpyRows<T>(rowShape);
        _file = new AtomicFile(path);
        try
        {
            if (rows is null && !_file.Stream.CanSeek)
                throw new ArgumentException($"The number of rows stands at the beginning of a .npy file, so it must be known to write to {path}; name an ordinary file.", nameof(rows));
            _file.Stream.Write(_layout.Header(rows ?? 0));
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Writes the next rows.</summary>
    /// <param name="values">Any number of whole rows, row-major.</param>
    /// <exception cref="ArgumentException">The values don't fill whole rows, or there are more than were announced.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Append(ReadOnlySpan<T> values)
    {
        int rows = _layout.CountRows(values);
        if (rows > _rows - _written) throw new ArgumentException($"{_written + rows} rows, but {_rows} were announced.", nameof(values));
        _written += _layout.Write(_file.Stream, values);
    }

    /// <summary>Puts the file under its name.</summary>
    /// <exception cref="InvalidOperationException">Fewer rows were written than announced.</exception>
    /// <exception cref="IOException">The old file cannot be replaced.</exception>
    public void Commit()
    {
        if (_rows is null)
        {
            _file.Stream.Position = 0;
            _file.Stream.Write(_layout.Header(_written));
        }
        else if (_layout.RowLength > 0 && _written != _rows)
        {
            throw new InvalidOperationException($"{_written} rows were written, but {_rows} were announced.");
        }

        _file.Commit();
    }

    /// <summary>Gives up what was not committed.</summary>
    public void Dispose() => _file.Dispose();
}
