using FastNets.Cli.Errors;
using FastNets.Serialization;

namespace FastNets.Cli.Options;

/// <summary>Checks the files that a command will write before it does any work.</summary>
internal static class OutputPaths
{
    /// <summary>Standard input or output in the place of a file.</summary>
    public const string Standard = "-";

    /// <summary>Checks that each file can be written where it is asked for, and that none is also an input or another output.</summary>
    /// <param name="command">The command's name, for the message.</param>
    /// <param name="outputs">The options that name outputs, each with its path; null paths and <c>-</c> are passed over.</param>
    /// <param name="inputs">The files that are read; null paths and <c>-</c> are passed over.</param>
    /// <exception cref="UsageException">A file is both read and written, two outputs are one file, a folder does not exist, or the path is a folder.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Check(string command, IReadOnlyList<(string Option, string? Path)> outputs, params ReadOnlySpan<string?> inputs)
    {
        var seen = new Dictionary<string, string>(PathComparer);
        foreach (string? input in inputs)
        {
            if (input is not (null or Standard)) seen.TryAdd(Resolve(input), "the input");
        }

        foreach ((string option, string? path) in outputs)
        {
            if (path is null or Standard) continue;
            if (seen.TryGetValue(Resolve(path), out string? other))
                throw new UsageException($"{option} {path} is also {(other == "the input" ? "an input" : $"what {other} writes")}; name another file.", command);
            seen.Add(Resolve(path), option);
            CheckWritable(command, option, path);
        }
    }

    // Paths that differ in case only may be one file on these systems; elsewhere they never are.
    private static StringComparer PathComparer
        => OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    // Where a symbolic link leads, so that an input is not overwritten by another name.
    private static string Resolve(string path)
    {
        string full = Path.GetFullPath(path);
        try
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (IOException)
        {
            return full;
        }
    }

    private static void CheckWritable(string command, string option, string path)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full)) throw new UsageException($"{option} {path} is a folder; name a file to write.", command);
        if (AtomicFile.IsDevice(path)) return;
        string folder = Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder)) throw new UsageException($"{option} {path}: the folder {folder} does not exist; make it first.", command);

        // Permissions, read-only mounts and full tables of files can only be found out by trying.
        string probe = Path.Combine(folder, $".fastnets-{Guid.NewGuid():N}.tmp");
        try
        {
            File.Create(probe, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path} cannot be written: nothing can be written to the folder {folder} ({Reason(e)}).", e);
        }
    }

    private static string Reason(Exception e) => e is UnauthorizedAccessException ? "permission denied" : e.Message;
}
