using System.Runtime.InteropServices;

namespace FastNets.Engine.Cuda.Tests.Harness;

/// <summary>What the emulated driver counts: FnEmulatorCount of tests/CudaEmulator/emulator_counts.h.</summary>
internal enum EmulatorCount
{
    DeviceAllocations = 0,
    DeviceBytes = 1,
    HostAllocations = 2,
    Streams = 4,
    Events = 5,
    Graphs = 7,
    GraphExecs = 8,
    CublasHandles = 10,
    Launches = 11,
    GraphLaunches = 14,
    Synchronizations = 16,
    Pending = 17,
    OverlappingCopies = 18,
}

/// <summary>Asks of the emulated driver what no real one would do; see tests/CudaEmulator/emulator_control.h.</summary>
internal static unsafe class Emulator
{
    private static readonly Lazy<nint> Library = new(() => NativeLibrary.Load(Environment.GetEnvironmentVariable("FASTNETS_CUDA_DRIVER")!));

    // What a network takes and must give back.
    private static readonly EmulatorCount[] Resources =
    [
        EmulatorCount.DeviceAllocations, EmulatorCount.HostAllocations, EmulatorCount.Streams, EmulatorCount.Events, EmulatorCount.Graphs, EmulatorCount.GraphExecs, EmulatorCount.CublasHandles,
    ];

    public static long Count(EmulatorCount which) => ((delegate* unmanaged<int, long>)Export("fnEmulatorCount"))((int)which);

    /// <summary>All that is held of the driver, by kind.</summary>
    public static string Held()
    {
        // What tests before have left to the collector is given back first.
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return string.Join(", ", Resources.Select(r => $"{Count(r)} {r}"));
    }

    /// <summary>The nth next call of a function gives a code and does nothing.</summary>
    public static void FailCall(string function, long nth, int code)
    {
        byte[] name = [.. System.Text.Encoding.ASCII.GetBytes(function), 0];
        fixed (byte* text = name) ((delegate* unmanaged<byte*, long, int, void>)Export("fnEmulatorFailCall"))(text, nth, code);
    }

    /// <summary>The nth next kernel fails, and breaks the context.</summary>
    public static void FailKernel(long nth, int code) => ((delegate* unmanaged<long, int, void>)Export("fnEmulatorFailKernel"))(nth, code);

    /// <summary>The device is lost.</summary>
    public static void LoseDevice(int code) => ((delegate* unmanaged<int, void>)Export("fnEmulatorLoseDevice"))(code);

    /// <summary>The device's memory.</summary>
    public static void SetMemory(ulong bytes) => ((delegate* unmanaged<ulong, void>)Export("fnEmulatorSetMemory"))(bytes);

    /// <summary>Modules can't be loaded, or can again with code 0.</summary>
    public static void FailModules(int code, string log)
    {
        byte[] name = [.. System.Text.Encoding.ASCII.GetBytes(log), 0];
        fixed (byte* text = name) ((delegate* unmanaged<int, byte*, void>)Export("fnEmulatorFailModules"))(code, text);
    }

    private static nint Export(string name) => NativeLibrary.GetExport(Library.Value, name);
}
