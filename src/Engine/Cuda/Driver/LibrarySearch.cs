using System.Runtime.InteropServices;

namespace FastNets.Cuda.Driver;

/// <summary>What came of looking for a library.</summary>
/// <param name="Handle">The library, or 0.</param>
/// <param name="Name">The name or path that it was found by.</param>
/// <param name="Problem">Why there is none: whole sentences.</param>
/// <param name="IsThere">Whether there is a file, which can't be loaded.</param>
internal readonly record struct LoadedLibrary(nint Handle, string Name, string Problem, bool IsThere);

/// <summary>Where the libraries are looked for.</summary>
internal static class LibrarySearch
{
    /// <summary>The environment variable that names the driver's library.</summary>
    public const string DriverVariable = "FASTNETS_CUDA_DRIVER";

    /// <summary>The environment variable that names cuBLAS.</summary>
    public const string CublasVariable = "FASTNETS_CUBLAS";

    // Of cuBLAS, whose functions that are used here are the same in all of these.
    private static readonly int[] Majors = [13, 12, 11];

    /// <summary>The newest CUDA whose cuBLAS is looked for by its version.</summary>
    public static int NewestCublas => Majors[0];

    /// <summary>The driver's library by its names on this system.</summary>
    public static List<string> DriverNames() =>
        OperatingSystem.IsWindows() ? ["nvcuda.dll"]
        : OperatingSystem.IsLinux() ? ["libcuda.so.1", "/usr/lib/wsl/lib/libcuda.so.1"]
        : [];

    /// <summary>cuBLAS by its names on this system, then in the folders of a CUDA toolkit.</summary>
    /// <param name="driverMajor">The newest CUDA that the driver supports: newer versions of cuBLAS come last, for they would not start.</param>
    public static List<string> CublasNames(int driverMajor) => CublasNames(
        driverMajor, OperatingSystem.IsWindows(), [Environment.GetEnvironmentVariable("CUDA_PATH"), Environment.GetEnvironmentVariable("CUDA_HOME"), OperatingSystem.IsWindows() ? null : "/usr/local/cuda"]);

    /// <summary>The same for any system and environment.</summary>
    /// <param name="driverMajor">The newest CUDA that the driver supports.</param>
    /// <param name="isWindows">Whether the names are those on Windows.</param>
    /// <param name="toolkits">Folders of CUDA toolkits; null and empty ones are passed over.</param>
    public static List<string> CublasNames(int driverMajor, bool isWindows, ReadOnlySpan<string?> toolkits)
    {
        List<int> majors = [.. Majors.Where(major => major <= driverMajor), .. Majors.Where(major => major > driverMajor).Reverse()];
        List<string> files = [.. majors.Select(major => isWindows ? $"cublas64_{major}.dll" : $"libcublas.so.{major}")];
        if (!isWindows) files.Add("libcublas.so");
        List<string> names = [.. files];
        foreach (string? toolkit in toolkits)
        {
            if (string.IsNullOrEmpty(toolkit)) continue;
            foreach (string folder in isWindows ? (string[])[@"bin\x64", "bin"] : ["lib64"])
            {
                char separator = isWindows ? '\\' : '/';
                names.AddRange(files.Select(file => $"{toolkit.TrimEnd('/', '\\')}{separator}{folder}{separator}{file}"));
            }
        }

        return [.. names.Distinct()];
    }

    /// <summary>Loads the first of some libraries.</summary>
    /// <param name="variable">The environment variable by which a user names the library.</param>
    /// <param name="named">Its value; where there is one, nothing else is looked for.</param>
    /// <param name="candidates">Names, which the system looks for, and paths.</param>
    public static LoadedLibrary Load(string variable, string? named, IReadOnlyList<string> candidates)
    {
        if (!string.IsNullOrWhiteSpace(named)) return LoadNamed(variable, named.Trim());
        string? problem = null;
        foreach (string candidate in candidates)
        {
            if (IsPath(candidate) && !File.Exists(candidate)) continue;
            if (TryLoad(candidate, out nint handle, out string message)) return new(handle, candidate, "", false);
            if (problem is null && !SaysNotFound(candidate, message)) problem = $"'{candidate}' is there, but: {message.TrimEnd('.')}.";
        }

        return problem is not null ? new(0, "", problem, true)
            : candidates.Count == 0 ? new(0, "", "CUDA exists on Linux and Windows only.", false)
            : new(0, "", $"none of {string.Join(", ", candidates)} was found.", false);
    }

    /// <summary>Where a cuBLAS's other half lies, if it is in the same folder: the loader does not look there by itself.</summary>
    /// <param name="cublas">The path of a cuBLAS.</param>
    /// <returns>The path of its cublasLt, or null where the name is no path or not like that of a cuBLAS.</returns>
    public static string? CublasLtOf(string cublas)
    {
        int start = cublas.LastIndexOfAny(['/', '\\']) + 1;
        int word = cublas.IndexOf("cublas", start, StringComparison.OrdinalIgnoreCase);
        return start == 0 || word < 0 ? null : cublas.Insert(word + "cublas".Length, "Lt");
    }

    private static LoadedLibrary LoadNamed(string variable, string named)
    {
        if (IsPath(named) && !File.Exists(named))
        {
            string what = Directory.Exists(named) ? "which is a folder: name the library's file" : "but there is no such file: correct the variable, or remove it";
            return new(0, "", $"{variable} names '{named}', {what}.", false);
        }

        return TryLoad(named, out nint handle, out string message)
            ? new(handle, named, "", false)
            : new(0, "", $"{variable} names '{named}', which can't be loaded: {message.TrimEnd('.')}.", IsPath(named) || !SaysNotFound(named, message));
    }

    private static bool TryLoad(string name, out nint handle, out string message)
    {
        // A path of its own: without this the half beside it would have to be on the loader's path.
        if (CublasLtOf(name) is { } half && File.Exists(half)) NativeLibrary.TryLoad(half, out _);
        try
        {
            handle = NativeLibrary.Load(name);
            message = "";
            return true;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            handle = 0;
            // The loader's own words come last; before them the runtime says how to find out more.
            message = e.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)[^1];
            return false;
        }
    }

    private static bool IsPath(string name) => name.AsSpan().ContainsAny('/', '\\');

    // The loader's message where the library itself is not there, not one that it needs.
    private static bool SaysNotFound(string name, string message) =>
        message.Contains($"{name}: cannot open shared object file: No such file", StringComparison.Ordinal) || message.Contains("0x8007007E", StringComparison.Ordinal);
}
