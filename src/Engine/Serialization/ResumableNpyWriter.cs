using System.Runtime.InteropServices;
using FastNets.Data;
using Microsoft.Win32.SafeHandles;

namespace FastNets.Serialization;

/// <summary>Writes a <c>.npy</c> file row by row; what was written when a run is stopped stays for the next one to go on with.</summary>
/// <typeparam name="T">The elements, see <see cref="NpyRows{T}"/>.</typeparam>
/// <remarks>
/// Rows go into <c>PATH.partial</c>. Every so many bytes they are flushed to the disk on another thread, and then their number is written to <c>PATH.partial.json</c>: what lies
/// beyond that number may have been lost when the power failed, and is cut off. Nothing is changed before the first row comes. Not thread-safe.
/// </remarks>
internal sealed class ResumableNpyWriter<T> : IDisposable
    where T : unmanaged
{
    private readonly string _path;
    private readonly string _partial;
    private readonly string _state;
    private readonly NpyRows<T> _layout;
    private readonly PartialState _start;
    private readonly long _bytesBetweenFlushes;
    private readonly bool _made;
    private FileStream? _stream;
    private bool _begun;
    private Task _flush = Task.CompletedTask;
    private long _flushed;
    private volatile bool _doubtful;

    /// <summary>Opens the partial file.</summary>
    /// <param name="path">The path of the file that is to be.</param>
    /// <param name="start">What it will be; its number of rows is 0.</param>
    /// <param name="resume">Whether to go on with a partial file that is there; otherwise it is replaced.</param>
    /// <param name="bytesBetweenFlushes">After how many bytes rows are flushed to the disk.</param>
    /// <exception cref="DataFormatException">The partial file does not fit.</exception>
    /// <exception cref="IOException">The folder does not exist, or the file cannot be made or is in use.</exception>
    public ResumableNpyWriter(string path, PartialState start, bool resume, long bytesBetweenFlushes)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = Path.GetFullPath(path);
        if (Directory.Exists(_path)) throw new IOException($"{path} is a folder; name a file to write.");
        string folder = Path.GetDirectoryName(_path)!;
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{path} cannot be written: the folder {folder} does not exist; make it first.");
        _partial = path + PartialFile.Ending;
        _state = _partial + PartialFile.StateEnding;
        _layout = new NpyRows<T>([start.RowLength]);
        _start = start;
        _bytesBetweenFlushes = bytesBetweenFlushes;
        _made = !File.Exists(_partial);
        _stream = new FileStream(_partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        if (_made || !resume) return;
        try
        {
            TakeUp(PartialState.Read(_state));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The number of rows that are in the file.</summary>
    public long Rows { get; private set; }

    /// <summary>The number of rows that should be in the partial file that was taken up, but are not.</summary>
    public long Lost { get; private set; }

    /// <summary>The number of bytes that are in the file.</summary>
    public long Bytes => _layout.HeaderLength + (Rows * _layout.RowBytes);

    private FileStream Stream
    {
        get
        {
            ObjectDisposedException.ThrowIf(_stream is null, this);
            return _stream;
        }
    }

    /// <summary>Makes an error that says why the partial file is not gone on with.</summary>
    /// <param name="what">What does not fit.</param>
    public DataFormatException Refused(string what) => DataFormatException.At(_partial, 0, $"{what}; {PartialFile.StartAnew}.");

    /// <summary>Reads a row that is there.</summary>
    /// <param name="row">Its index.</param>
    /// <param name="values">Its elements; overwritten.</param>
    public void ReadRow(long row, Span<T> values)
    {
        Stream.Position = _layout.HeaderLength + (row * _layout.RowBytes);
        Stream.ReadExactly(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Writes the next rows.</summary>
    /// <param name="values">Whole rows, row-major.</param>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Append(ReadOnlySpan<T> values)
    {
        Begin();
        Rows += _layout.Write(Stream, values);
        if ((Rows - _flushed) * _layout.RowBytes >= _bytesBetweenFlushes) StartFlush();
    }

    /// <summary>Puts the file under its name.</summary>
    /// <exception cref="IOException">The disk is full, or the old file cannot be replaced.</exception>
    public void Commit()
    {
        Begin();
        _flush.GetAwaiter().GetResult();
        Stream.Position = 0;
        Stream.Write(_layout.Header(Rows));
        Stream.Flush(flushToDisk: true);

        // Where the file cannot get its name, another run goes on with all rows.
        (_start with { Rows = Rows }).Save(_state);
        Close();
        File.Move(_partial, _path, overwrite: true);
        File.Delete(_state);
    }

    /// <summary>Leaves the rows that were not committed for another run; leaves no file where there are none.</summary>
    public void Dispose()
    {
        if (_stream is null) return;
        Try(() => _flush.GetAwaiter().GetResult());
        if (_begun && Rows > 0 && !_doubtful) Try(Keep);
        Close();
        if (_begun ? Rows > 0 : !_made) return;
        File.Delete(_partial);
        File.Delete(_state);
    }

    private void TakeUp(PartialState state)
    {
        if (state.Element != _start.Element || state.RowLength != _start.RowLength)
            throw Refused($"its rows are {state.RowLength} elements of type '{MessageText.Show(state.Element)}', not {_start.RowLength} of type '{_start.Element}'");
        if (state.Origin != _start.Origin) throw Refused("it was begun with another transform; go on with the same parameters, or with the same options and training series");
        if (state.Count is long count && _start.Count is long expected && count != expected)
            throw Refused($"it was begun with {count} series, but there are {expected} now; go on with the same data");
        long whole = Math.Max(Stream.Length - _layout.HeaderLength, 0) / Math.Max(_layout.RowBytes, 1);
        Rows = _flushed = Math.Min(state.Rows, whole);
        Lost = state.Rows - Rows;
        if (Rows == 0) return;

        // The number of rows is there already where the run was ended right before the file got its name.
        byte[] header = new byte[_layout.HeaderLength];
        Stream.Position = 0;
        Stream.ReadExactly(header);
        if (!header.AsSpan().SequenceEqual(_layout.Header(0)) && !header.AsSpan().SequenceEqual(_layout.Header(whole)))
            throw Refused("it is no partial file of such rows");
    }

    private void Begin()
    {
        if (_begun) return;
        _begun = true;

        // In this order the state never promises more than there is.
        (_start with { Rows = Rows }).Save(_state);
        Stream.Position = 0;
        Stream.Write(_layout.Header(0));
        Stream.SetLength(Bytes);
        Stream.Position = Bytes;
    }

    // What was flushed before is still good, and what led here is told already.
    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    // Rows that are not whole are cut off first: on a full disk that makes room for the state.
    private void Keep()
    {
        Stream.SetLength(Bytes);
        Stream.Flush(flushToDisk: true);
        (_start with { Rows = Rows }).Save(_state);
    }

    // The disk works while more rows are computed. One flush at a time: what is not flushed yet stays bounded.
    private void StartFlush()
    {
        _flush.GetAwaiter().GetResult();
        SafeFileHandle file = Stream.SafeFileHandle;
        PartialState state = _start with { Rows = Rows };
        _flushed = Rows;
        _flush = Task.Run(() =>
        {
            // A flush that failed is not to be repeated: the next one may succeed although rows are lost.
            _doubtful = true;
            RandomAccess.FlushToDisk(file);
            _doubtful = false;
            state.Save(_state);
        });
    }

    private void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }
}
