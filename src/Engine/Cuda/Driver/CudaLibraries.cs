using System.Runtime.InteropServices;

namespace FastNets.Cuda.Driver;

/// <summary>The driver's library and cuBLAS, loaded when they are first needed and kept for as long as the process runs.</summary>
/// <remarks>Thread-safe. What was not found is looked for again at the next call.</remarks>
internal static class CudaLibraries
{
    private static readonly Lock Gate = new();
    private static bool _isInstalled;

    /// <summary>The driver's library, or 0 where it was not loaded.</summary>
    public static nint DriverHandle { get; private set; }

    /// <summary>cuBLAS, or 0 where it was not loaded.</summary>
    public static nint CublasHandle { get; private set; }

    /// <summary>The name or path by which the driver was loaded, or nothing.</summary>
    public static string DriverName { get; private set; } = "";

    /// <summary>The name or path by which cuBLAS was loaded, or nothing.</summary>
    public static string CublasName { get; private set; } = "";

    /// <summary>Whether the driver has cuEventElapsedTime; else it has cuEventElapsedTime_v2.</summary>
    public static bool HasFirstElapsedTime { get; private set; }

    /// <summary>Loads the driver.</summary>
    /// <returns>Null, or why it can't be used.</returns>
    public static CudaUnavailableException? LoadDriver()
    {
        lock (Gate)
        {
            if (DriverHandle != 0) return null;
            string? named = Environment.GetEnvironmentVariable(LibrarySearch.DriverVariable);
            LoadedLibrary library = LibrarySearch.Load(LibrarySearch.DriverVariable, named, LibrarySearch.DriverNames());
            if (library.Handle == 0)
            {
                string advice = string.IsNullOrWhiteSpace(named) ? " On a machine with an NVIDIA GPU install its driver; in a container let the GPU in (--gpus all)." : "";
                return new(CudaUnavailableReason.NoDriver, $"The CUDA driver can't be loaded: {library.Problem}{advice}");
            }

            List<string> missing = Missing(library.Handle, CudaSymbols.Driver);
            HasFirstElapsedTime = NativeLibrary.TryGetExport(library.Handle, CudaSymbols.ElapsedTime[0], out _);
            if (!HasFirstElapsedTime) missing.AddRange(Missing(library.Handle, CudaSymbols.ElapsedTime[1..]));
            if (missing.Count > 0)
            {
                NativeLibrary.Free(library.Handle);
                string lacks = $"{library.Name} has no {Listed(missing)}";
                return missing.Contains(CudaSymbols.Driver[0])
                    ? new(CudaUnavailableReason.NoDriver, $"{lacks}: it is not the CUDA driver. Correct {LibrarySearch.DriverVariable}, or remove it.")
                    : new(CudaUnavailableReason.DriverTooOld, $"{lacks}, which a driver of CUDA {VersionText.Of(CudaProbe.OldestDriver)} or newer has; update the NVIDIA driver.");
            }

            (DriverHandle, DriverName) = (library.Handle, library.Name);
            Install();
            return null;
        }
    }

    /// <summary>Loads cuBLAS.</summary>
    /// <param name="driverVersion">As cuDriverGetVersion gives it: of several versions of cuBLAS the newest that this driver supports is taken.</param>
    /// <returns>Null, or why it can't be used.</returns>
    public static CudaUnavailableException? LoadCublas(int driverVersion)
    {
        lock (Gate)
        {
            if (CublasHandle != 0) return null;
            string? named = Environment.GetEnvironmentVariable(LibrarySearch.CublasVariable);
            LoadedLibrary library = LibrarySearch.Load(LibrarySearch.CublasVariable, named, LibrarySearch.CublasNames(driverVersion / 1000));
            if (library.Handle == 0)
            {
                int newest = Math.Min(driverVersion / 1000, LibrarySearch.NewestCublas);
                string advice = string.IsNullOrWhiteSpace(named)
                    ? $" Install the cuBLAS of CUDA {(newest > 11 ? $"11 to {newest}" : "11")} (a part of the CUDA toolkit, or a package libcublas), or name its file in {LibrarySearch.CublasVariable}."
                    : "";
                return new(library.IsThere ? CudaUnavailableReason.CublasFailed : CudaUnavailableReason.NoCublas, $"cuBLAS can't be loaded: {library.Problem}{advice}");
            }

            List<string> missing = Missing(library.Handle, CudaSymbols.Cublas);
            if (missing.Count > 0)
            {
                NativeLibrary.Free(library.Handle);
                return new(CudaUnavailableReason.CublasFailed, $"{library.Name} has no {Listed(missing)}: it is no cuBLAS of CUDA 11 or newer. Install one, or name its file in {LibrarySearch.CublasVariable}.");
            }

            (CublasHandle, CublasName) = (library.Handle, library.Name);
            Install();
            return null;
        }
    }

    private static void Install()
    {
        if (_isInstalled) return;
        CudaBinding.Install();
        _isInstalled = true;
    }

    private static List<string> Missing(nint library, string[] names) => [.. names.Where(name => !NativeLibrary.TryGetExport(library, name, out _))];

    private static string Listed(List<string> names) => names.Count <= 3 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(3))} and {names.Count - 3} more functions";
}
