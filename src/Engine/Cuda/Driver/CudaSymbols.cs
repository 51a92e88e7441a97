namespace FastNets.Cuda.Driver;

/// <summary>The functions that the libraries must have, by their names there. All are looked up when a library is loaded, so that a call never finds one missing.</summary>
internal static class CudaSymbols
{
    /// <summary>Of the driver: all there since CUDA 11.4.</summary>
    public static readonly string[] Driver =
    [
        "cuInit", "cuDriverGetVersion", "cuGetErrorName", "cuGetErrorString",
        "cuDeviceGetCount", "cuDeviceGet", "cuDeviceGetName", "cuDeviceTotalMem_v2", "cuDeviceGetAttribute",
        "cuDevicePrimaryCtxRetain", "cuDevicePrimaryCtxRelease_v2", "cuCtxSetCurrent", "cuCtxSynchronize",
        "cuModuleLoadDataEx", "cuModuleGetFunction",
        "cuFuncSetAttribute", "cuFuncGetAttribute", "cuLaunchKernel",
        "cuMemAlloc_v2", "cuMemFree_v2", "cuMemGetInfo_v2", "cuMemHostAlloc", "cuMemFreeHost",
        "cuMemcpyHtoDAsync_v2", "cuMemcpyDtoHAsync_v2", "cuMemcpyDtoDAsync_v2", "cuMemsetD8Async",
        "cuStreamCreate", "cuStreamDestroy_v2", "cuStreamSynchronize", "cuStreamWaitEvent", "cuStreamBeginCapture_v2", "cuStreamEndCapture",
        "cuEventCreate", "cuEventRecord", "cuEventDestroy_v2",
        "cuGraphInstantiateWithFlags", "cuGraphLaunch", "cuGraphExecDestroy", "cuGraphDestroy",
    ];

    /// <summary>Of the driver: one of these; headers from CUDA 13 on know the second only.</summary>
    public static readonly string[] ElapsedTime = ["cuEventElapsedTime", "cuEventElapsedTime_v2"];

    /// <summary>Of cuBLAS: the same in 11, 12 and 13.</summary>
    public static readonly string[] Cublas =
    [
        "cublasCreate_v2", "cublasDestroy_v2", "cublasSetStream_v2", "cublasSetWorkspace_v2", "cublasSetMathMode", "cublasGetVersion_v2",
        "cublasSgemm_v2",
    ];
}
