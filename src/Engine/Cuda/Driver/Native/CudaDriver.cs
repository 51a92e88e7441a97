using System.Runtime.InteropServices;

namespace FastNets.Cuda.Driver;

/// <summary>The CUDA driver's functions, by their names without the prefix, as NVIDIA's "CUDA Driver API" describes them.</summary>
/// <remarks>The library must have been loaded, see <see cref="CudaLibraries.LoadDriver"/>. Handles are <see cref="nint"/>, addresses in device memory <see cref="ulong"/>.</remarks>
internal static unsafe partial class CudaDriver
{
    private const string Library = CudaBinding.DriverLibrary;

    [LibraryImport(Library, EntryPoint = "cuInit")]
    public static partial CudaResult Init(uint flags);

    [LibraryImport(Library, EntryPoint = "cuDriverGetVersion")]
    public static partial CudaResult DriverGetVersion(out int version);

    [LibraryImport(Library, EntryPoint = "cuDeviceGetCount")]
    public static partial CudaResult DeviceGetCount(out int count);

    [LibraryImport(Library, EntryPoint = "cuDeviceGet")]
    public static partial CudaResult DeviceGet(out int device, int ordinal);

    [LibraryImport(Library, EntryPoint = "cuDeviceTotalMem_v2")]
    public static partial CudaResult DeviceTotalMem(out nuint bytes, int device);

    [LibraryImport(Library, EntryPoint = "cuDeviceGetAttribute")]
    public static partial CudaResult DeviceGetAttribute(out int value, CudaDeviceAttribute attribute, int device);

    [LibraryImport(Library, EntryPoint = "cuDevicePrimaryCtxRetain")]
    public static partial CudaResult PrimaryContextRetain(out nint context, int device);

    [LibraryImport(Library, EntryPoint = "cuDevicePrimaryCtxRelease_v2")]
    public static partial CudaResult PrimaryContextRelease(int device);

    [LibraryImport(Library, EntryPoint = "cuCtxSetCurrent")]
    public static partial CudaResult ContextSetCurrent(nint context);

    [LibraryImport(Library, EntryPoint = "cuCtxSynchronize")]
    public static partial CudaResult ContextSynchronize();

    /// <summary>The device's name in UTF-8, with a 0 behind it.</summary>
    public static CudaResult DeviceGetName(Span<byte> name, int device)
    {
        fixed (byte* address = name) return DeviceGetName(address, name.Length, device);
    }

    /// <summary>The error's name, as CUDA_ERROR_OUT_OF_MEMORY, or null for an unknown number.</summary>
    public static string? GetErrorName(CudaResult error) => GetErrorName(error, out nint text) == CudaResult.Success ? Marshal.PtrToStringUTF8(text) : null;

    /// <summary>The error in words, or null for an unknown number.</summary>
    public static string? GetErrorString(CudaResult error) => GetErrorString(error, out nint text) == CudaResult.Success ? Marshal.PtrToStringUTF8(text) : null;

    [LibraryImport(Library, EntryPoint = "cuDeviceGetName")]
    private static partial CudaResult DeviceGetName(byte* name, int length, int device);

    [LibraryImport(Library, EntryPoint = "cuGetErrorName")]
    private static partial CudaResult GetErrorName(CudaResult error, out nint text);

    [LibraryImport(Library, EntryPoint = "cuGetErrorString")]
    private static partial CudaResult GetErrorString(CudaResult error, out nint text);
}
