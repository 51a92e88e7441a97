using System.Reflection;
using System.Runtime.InteropServices;

namespace FastNets.Cuda.Driver;

/// <summary>How calls find the libraries: this form declares the functions itself, under names that only it resolves.</summary>
internal static class CudaBinding
{
    /// <summary>The driver, in imports.</summary>
    public const string DriverLibrary = "fastnets-cuda-driver";

    /// <summary>cuBLAS, in imports.</summary>
    public const string CublasLibrary = "fastnets-cublas";

    /// <summary>Must be called once, before the first call.</summary>
    public static void Install() => NativeLibrary.SetDllImportResolver(typeof(CudaBinding).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name switch
    {
        DriverLibrary => CudaLibraries.DriverHandle,
        CublasLibrary => CudaLibraries.CublasHandle,
        _ => 0,
    };
}
