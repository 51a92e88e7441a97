using System.Runtime.InteropServices;

namespace FastNets.Cuda.Driver;

/// <summary>cuBLAS's functions, by their names without the prefix, as NVIDIA's "cuBLAS" describes them; matrices are column-major, factors are read from the host.</summary>
/// <remarks>The library must have been loaded, see <see cref="CudaLibraries.LoadCublas"/>.</remarks>
internal static partial class CublasDriver
{
    private const string Library = CudaBinding.CublasLibrary;

    [LibraryImport(Library, EntryPoint = "cublasCreate_v2")]
    public static partial CublasStatus Create(out nint handle);

    [LibraryImport(Library, EntryPoint = "cublasDestroy_v2")]
    public static partial CublasStatus Destroy(nint handle);

    [LibraryImport(Library, EntryPoint = "cublasSetStream_v2")]
    public static partial CublasStatus SetStream(nint handle, nint stream);

    [LibraryImport(Library, EntryPoint = "cublasSetWorkspace_v2")]
    public static partial CublasStatus SetWorkspace(nint handle, ulong workspace, nuint bytes);

    [LibraryImport(Library, EntryPoint = "cublasSetMathMode")]
    public static partial CublasStatus SetMathMode(nint handle, CublasMath math);

    /// <summary>The library's version, as 120405 for 12.4.5; the handle may be 0.</summary>
    [LibraryImport(Library, EntryPoint = "cublasGetVersion_v2")]
    public static partial CublasStatus GetVersion(nint handle, out int version);

    /// <summary>C = alpha op(A) op(B) + beta C.</summary>
    [LibraryImport(Library, EntryPoint = "cublasSgemm_v2")]
    public static partial CublasStatus Sgemm(
        nint handle, CublasOperation operationA, CublasOperation operationB, int m, int n, int k, ref float alpha, ulong a, int strideA, ulong b, int strideB,
        ref float beta, ulong c, int strideC);
}
