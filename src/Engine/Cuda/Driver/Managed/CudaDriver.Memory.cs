using ManagedCuda;
using ManagedCuda.BasicTypes;

namespace FastNets.Cuda.Driver;

internal static unsafe partial class CudaDriver
{
    public static CudaResult MemAlloc(out ulong address, nuint bytes)
    {
        CUdeviceptr block = default;
        var result = (CudaResult)DriverAPINativeMethods.MemoryManagement.cuMemAlloc_v2(ref block, bytes);
        address = block.Pointer;
        return result;
    }

    public static CudaResult MemFree(ulong address) => (CudaResult)DriverAPINativeMethods.MemoryManagement.cuMemFree_v2(Handles.Address(address));

    public static CudaResult MemGetInfo(out nuint free, out nuint total)
    {
        SizeT freeSize = default;
        SizeT totalSize = default;
        var result = (CudaResult)DriverAPINativeMethods.MemoryManagement.cuMemGetInfo_v2(ref freeSize, ref totalSize);
        (free, total) = (freeSize, totalSize);
        return result;
    }

    public static CudaResult MemHostAlloc(out nint address, nuint bytes, uint flags)
    {
        address = 0;
        return (CudaResult)DriverAPINativeMethods.MemoryManagement.cuMemHostAlloc(ref address, bytes, (CUMemHostAllocFlags)flags);
    }

    public static CudaResult MemFreeHost(nint address) => (CudaResult)DriverAPINativeMethods.MemoryManagement.cuMemFreeHost(address);

    public static CudaResult MemcpyHostToDeviceAsync(ulong to, void* from, nuint bytes, nint stream) =>
        (CudaResult)DriverAPINativeMethods.AsynchronousMemcpy_v2.cuMemcpyHtoDAsync_v2(Handles.Address(to), (nint)from, bytes, Handles.Stream(stream));

    public static CudaResult MemcpyDeviceToHostAsync(void* to, ulong from, nuint bytes, nint stream) =>
        (CudaResult)DriverAPINativeMethods.AsynchronousMemcpy_v2.cuMemcpyDtoHAsync_v2((nint)to, Handles.Address(from), bytes, Handles.Stream(stream));

    public static CudaResult MemcpyDeviceToDeviceAsync(ulong to, ulong from, nuint bytes, nint stream) =>
        (CudaResult)DriverAPINativeMethods.AsynchronousMemcpy_v2.cuMemcpyDtoDAsync_v2(Handles.Address(to), Handles.Address(from), bytes, Handles.Stream(stream));

    public static CudaResult MemsetAsync(ulong address, byte value, nuint count, nint stream) =>
        (CudaResult)DriverAPINativeMethods.MemsetAsync.cuMemsetD8Async(Handles.Address(address), value, count, Handles.Stream(stream));
}
