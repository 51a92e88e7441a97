namespace FastNets.Serialization;

/// <summary>A file that appears under its name whole or not at all.</summary>
/// <remarks>
/// What is written goes into a temporary file in the same folder; <see cref="Commit"/> flushes it to the disk and renames it over the old file.
/// When anything fails before that, the old file is as it was and the temporary file is removed. Device files (<c>/dev/stdout</c>) are written
/// directly, because renaming would put an ordinary file in their place. Not thread-safe.
/// </remarks>
public sealed class AtomicFile : IDisposable
{
    private const int BufferSize = 1 << 16;

    private readonly string? _temporary;
    private FileStream? _stream;

    /// <summary>Starts writing a file.</summary>
    /// <param name="path">The file's path; a file that exists is replaced by <see cref="Commit"/>.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">The path is a folder, or the file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public AtomicFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(Path)) throw new IOException($"{path} is a folder; name a file to write.");
        string folder = System.IO.Path.GetDirectoryName(Path)!;
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{path} cannot be written: the folder {folder} does not exist; make it first.");
        if (IsDevice(Path))
        {
            _stream = new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, BufferSize);
            return;
        }

        _temporary = System.IO.Path.Combine(folder, $".{System.IO.Path.GetFileName(Path)}.{Guid.NewGuid():N}.tmp");
        _stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize);
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>Where the content goes.</summary>
    /// <exception cref="ObjectDisposedException">The file was committed or given up.</exception>
    public Stream Stream
    {
        get
        {
            ObjectDisposedException.ThrowIf(_stream is null, this);
            return _stream;
        }
    }

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file's path; a file that exists is replaced.</param>
    /// <param name="write">Writes the content. When it throws, the old file stays.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using var file = new AtomicFile(path);
        write(file.Stream);
        file.Commit();
    }

    /// <summary>Whether a path names a device file (a terminal, a pipe), which is written as it is. Files in <c>/dev/shm</c> are ordinary ones.</summary>
    /// <param name="path">The path.</param>
    public static bool IsDevice(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = System.IO.Path.GetFullPath(path);
        return !OperatingSystem.IsWindows() && full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal);
    }

    /// <summary>Puts what was written in the place of the old file. Nothing can be written afterwards.</summary>
    /// <exception cref="IOException">The disk is full, or the old file cannot be replaced.</exception>
    /// <exception cref="ObjectDisposedException">The file was committed or given up before.</exception>
    public void Commit()
    {
        ObjectDisposedException.ThrowIf(_stream is null, this);
        if (_temporary is null)
        {
            _stream.Flush();
            CloseStream();
            return;
        }

        try
        {
            _stream.Flush(flushToDisk: true);
            CloseStream();
            File.Move(_temporary, Path, overwrite: true);
        }
        catch
        {
            Dispose();
            File.Delete(_temporary);
            throw;
        }
    }

    /// <summary>Gives up what was not committed: the temporary file is removed.</summary>
    public void Dispose()
    {
        if (_stream is null) return;
        try
        {
            CloseStream();
        }
        finally
        {
            if (_temporary is not null) File.Delete(_temporary);
        }
    }

    private void CloseStream()
    {
        FileStream? stream = _stream;
        _stream = null;
        stream?.Dispose();
    }
}
