using System.Runtime.Loader;
using ManagedCuda;

namespace FastNets.Cuda.Driver;

/// <summary>How calls find the libraries: this form goes through ManagedCuda, which asks for unversioned names.</summary>
/// <remarks>On Linux the package looks for libcuda.so and libcublas.so first; where there are none, as without the toolkit, it gets what was found here.</remarks>
internal static class CudaBinding
{
    /// <summary>Must be called once, before the first call.</summary>
    public static void Install()
    {
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(typeof(DriverAPINativeMethods).Assembly) ?? AssemblyLoadContext.Default;
        // The package asks by its Linux names where code is compiled at run time, and by those on Windows where it was compiled before.
        context.ResolvingUnmanagedDll += (_, name) => name switch
        {
            "libcuda" or "nvcuda" => CudaLibraries.DriverHandle,
            "cublas" or "cublas64_12" => CudaLibraries.CublasHandle,
            _ => 0,
        };
    }
}
