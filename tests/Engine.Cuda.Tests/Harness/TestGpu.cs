using System.Runtime.InteropServices;
using NUnit.Framework;

namespace FastNets.Engine.Cuda.Tests.Harness;

/// <summary>The GPU that tests run on: a real one where a driver has one, otherwise the emulated one that was built beside the tests.</summary>
internal static class TestGpu
{
    private static readonly Lazy<string?> Missing = new(Choose);

    /// <summary>Whether it is the emulated one.</summary>
    public static bool IsEmulated { get; private set; }

    /// <summary>The device; the test is skipped, with the reason, where there is none.</summary>
    public static Device Require()
    {
        if (Missing.Value is { } reason) Assert.Ignore(reason);
        return Device.Cuda(0);
    }

    /// <summary>Skips a test that asks the emulated driver to fail.</summary>
    public static void RequireEmulator()
    {
        Require();
        if (!IsEmulated) Assert.Ignore("This test needs the emulated driver.");
    }

    private static string? Choose()
    {
        // A driver that the environment names is meant.
        if (Environment.GetEnvironmentVariable("FASTNETS_CUDA_DRIVER") is { Length: > 0 } named)
        {
            IsEmulated = named.Contains("emulator", StringComparison.Ordinal);
            return null;
        }

        if (HasCard()) return null;
        string folder = Path.Combine(AppContext.BaseDirectory, "emulator");
        string driver = Path.Combine(folder, "libcuda.so.1");
        string cublas = Path.Combine(folder, "libcublas.so.12");
        if (!File.Exists(driver) || !File.Exists(cublas))
            return $"There is neither a GPU nor the emulated driver ({driver}), which the build makes on Linux where there is a g++.";
        Environment.SetEnvironmentVariable("FASTNETS_CUDA_DRIVER", driver);
        Environment.SetEnvironmentVariable("FASTNETS_CUBLAS", cublas);
        IsEmulated = true;
        return null;
    }

    // Asked of the driver itself, since the engine binds to one library for good.
    private static unsafe bool HasCard()
    {
        string name = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";
        if (!NativeLibrary.TryLoad(name, out nint library)) return false;
        int count = 0;
        bool usable = NativeLibrary.TryGetExport(library, "cuInit", out nint init) && NativeLibrary.TryGetExport(library, "cuDeviceGetCount", out nint getCount)
            && ((delegate* unmanaged<uint, int>)init)(0) == 0 && ((delegate* unmanaged<int*, int>)getCount)(&count) == 0 && count > 0;

        // Otherwise the emulated cuBLAS would be bound to it, since it has the same name.
        if (!usable) NativeLibrary.Free(library);
        return usable;
    }
}
