using System.Runtime.InteropServices;

namespace FastNets.Serialization;

/// <summary>Writes a single-precision <c>.npy</c> file row by row, so that it may be larger than memory.</summary>
/// <remarks>The file appears under its name when <see cref="Commit"/> is called; disposing without it leaves nothing. Not thread-safe.</remarks>
public sealed class NpyRowWriter : IDisposable
{
    private readonly AtomicFile _file;
    private readonly long _rows;
    private readonly int _rowLength;
    private long _written;

    /// <summary>Starts a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="rows">The number of rows that will be written.</param>
    /// <param name="rowShape">The shape of one row: the number of columns, or several dimensions.</param>
    /// <exception cref="ArgumentException">A size is negative, or a row has more than 2^31 elements.</exception>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public NpyRowWriter(string path, long rows, params ReadOnlySpan<long> rowShape)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        if (!TensorShape.TryCount(rowShape, out long rowLength) || rowLength > int.MaxValue)
            throw new ArgumentException($"A row cannot have the shape {TensorShape.Format(rowShape)}.", nameof(rowShape));
        _rows = rows;
        _rowLength = (int)rowLength;
        _file = new AtomicFile(path);
        try
        {
            NpyWriter.WriteHeader(_file.Stream, "<f4", [rows, .. rowShape]);
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
    public void Append(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty) return;
        if (_rowLength == 0 || values.Length % _rowLength != 0)
            throw new ArgumentException($"{values.Length} values do not fill whole rows of {_rowLength}.", nameof(values));
        int rows = values.Length / _rowLength;
        if (rows > _rows - _written) throw new ArgumentException($"{_written + rows} rows, but {_rows} were announced.", nameof(values));
        for (int row = 0; row < rows; row++) _file.Stream.Write(MemoryMarshal.AsBytes(values.Slice(row * _rowLength, _rowLength)));
        _written += rows;
    }

    /// <summary>Puts the file under its name.</summary>
    /// <exception cref="InvalidOperationException">Fewer rows were written than announced.</exception>
    /// <exception cref="IOException">The old file cannot be replaced.</exception>
    public void Commit()
    {
        if (_rowLength > 0 && _written != _rows) throw new InvalidOperationException($"{_written} rows were written, but {_rows} were announced.");
        _file.Commit();
    }

    /// <summary>Gives up what was not committed.</summary>
    public void Dispose() => _file.Dispose();
}
