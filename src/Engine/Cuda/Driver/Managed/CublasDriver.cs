using ManagedCuda.CudaBlas;

namespace FastNets.Cuda.Driver;

/// <summary>cuBLAS's functions through ManagedCuda: the same methods as those of the native form, which has their documentation.</summary>
internal static class CublasDriver
{
    public static CublasStatus Create(out nint handle)
    {
        CudaBlasHandle made = default;
        var status = (CublasStatus)CudaBlasNativeMethods.cublasCreate_v2(ref made);
        handle = made.Pointer;
        return status;
    }

    public static CublasStatus Destroy(nint handle) => (CublasStatus)CudaBlasNativeMethods.cublasDestroy_v2(Handle(handle));

    public static CublasStatus SetStream(nint handle, nint stream) => (CublasStatus)CudaBlasNativeMethods.cublasSetStream_v2(Handle(handle), Handles.Stream(stream));

    public static CublasStatus SetWorkspace(nint handle, ulong workspace, nuint bytes) =>
        (CublasStatus)CudaBlasNativeMethods.cublasSetWorkspace_v2(Handle(handle), Handles.Address(workspace), bytes);

    public static CublasStatus SetMathMode(nint handle, CublasMath math) => (CublasStatus)CudaBlasNativeMethods.cublasSetMathMode(Handle(handle), (ManagedCuda.CudaBlas.Math)math);

    public static CublasStatus GetVersion(nint handle, out int version)
    {
        version = 0;
        return (CublasStatus)CudaBlasNativeMethods.cublasGetVersion_v2(Handle(handle), ref version);
    }

    public static CublasStatus Sgemm(
        nint handle, CublasOperation operationA, CublasOperation operationB, int m, int n, int k, ref float alpha, ulong a, int strideA, ulong b, int strideB,
        ref float beta, ulong c, int strideC) =>
        (CublasStatus)CudaBlasNativeMethods.cublasSgemm_v2(
            Handle(handle), (Operation)operationA, (Operation)operationB, m, n, k, ref alpha, Handles.Address(a), strideA, Handles.Address(b), strideB,
            ref beta, Handles.Address(c), strideC);

    private static CudaBlasHandle Handle(nint handle) => new() { Pointer = handle };
}
