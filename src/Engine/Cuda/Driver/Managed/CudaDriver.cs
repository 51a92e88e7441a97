using System.Runtime.InteropServices;
using ManagedCuda;
using ManagedCuda.BasicTypes;

namespace FastNets.Cuda.Driver;

/// <summary>The CUDA driver's functions through ManagedCuda: the same methods as those of the native form, which has their documentation.</summary>
internal static unsafe partial class CudaDriver
{
    public static CudaResult Init(uint flags) => (CudaResult)DriverAPINativeMethods.cuInit((CUInitializationFlags)flags);

    public static CudaResult DriverGetVersion(out int version)
    {
        version = 0;
        return (CudaResult)DriverAPINativeMethods.cuDriverGetVersion(ref version);
    }

    public static CudaResult DeviceGetCount(out int count)
    {
        count = 0;
        return (CudaResult)DriverAPINativeMethods.DeviceManagement.cuDeviceGetCount(ref count);
    }

    public static CudaResult DeviceGet(out int device, int ordinal)
    {
        CUdevice found = default;
        var result = (CudaResult)DriverAPINativeMethods.DeviceManagement.cuDeviceGet(ref found, ordinal);
        device = found.Pointer;
        return result;
    }

    public static CudaResult DeviceGetName(Span<byte> name, int device)
    {
        byte[] text = new byte[name.Length];
        var result = (CudaResult)DriverAPINativeMethods.DeviceManagement.cuDeviceGetName(text, text.Length, Handles.Device(device));
        text.CopyTo(name);
        return result;
    }

    public static CudaResult DeviceTotalMem(out nuint bytes, int device)
    {
        SizeT size = default;
        var result = (CudaResult)DriverAPINativeMethods.DeviceManagement.cuDeviceTotalMem_v2(ref size, Handles.Device(device));
        bytes = size;
        return result;
    }

    public static CudaResult DeviceGetAttribute(out int value, CudaDeviceAttribute attribute, int device)
    {
        value = 0;
        return (CudaResult)DriverAPINativeMethods.DeviceManagement.cuDeviceGetAttribute(ref value, (CUDeviceAttribute)attribute, Handles.Device(device));
    }

    public static CudaResult PrimaryContextRetain(out nint context, int device)
    {
        CUcontext retained = default;
        var result = (CudaResult)DriverAPINativeMethods.ContextManagement.cuDevicePrimaryCtxRetain(ref retained, Handles.Device(device));
        context = retained.Pointer;
        return result;
    }

    public static CudaResult PrimaryContextRelease(int device) => (CudaResult)DriverAPINativeMethods.ContextManagement.cuDevicePrimaryCtxRelease(Handles.Device(device));

    public static CudaResult ContextSetCurrent(nint context) => (CudaResult)DriverAPINativeMethods.ContextManagement.cuCtxSetCurrent(Handles.Context(context));

    public static CudaResult ContextSynchronize() => (CudaResult)DriverAPINativeMethods.ContextManagement.cuCtxSynchronize();

    public static string? GetErrorName(CudaResult error)
    {
        nint text = 0;
        return DriverAPINativeMethods.ErrorHandling.cuGetErrorName((CUResult)error, ref text) == CUResult.Success ? Marshal.PtrToStringUTF8(text) : null;
    }

    public static string? GetErrorString(CudaResult error)
    {
        nint text = 0;
        return DriverAPINativeMethods.ErrorHandling.cuGetErrorString((CUResult)error, ref text) == CUResult.Success ? Marshal.PtrToStringUTF8(text) : null;
    }
}
