using System.Runtime.InteropServices;

namespace FastNets.Cuda.Driver;

// Modules, functions, launches.
internal static unsafe partial class CudaDriver
{
    [LibraryImport(Library, EntryPoint = "cuModuleGetFunction", StringMarshalling = StringMarshalling.Utf8)]
    public static partial CudaResult ModuleGetFunction(out nint function, nint module, string name);

    [LibraryImport(Library, EntryPoint = "cuFuncSetAttribute")]
    public static partial CudaResult FunctionSetAttribute(nint function, CudaFunctionAttribute attribute, int value);

    [LibraryImport(Library, EntryPoint = "cuFuncGetAttribute")]
    public static partial CudaResult FunctionGetAttribute(out int value, CudaFunctionAttribute attribute, nint function);

    /// <summary>Compiles and loads a module.</summary>
    /// <param name="module">The module.</param>
    /// <param name="image">PTX text in ASCII, with a 0 behind it.</param>
    /// <param name="infoLog">What the compiler says goes here, with a 0 behind it.</param>
    /// <param name="errorLog">Its errors go here, with a 0 behind them.</param>
    public static CudaResult ModuleLoadDataEx(out nint module, byte[] image, Span<byte> infoLog, Span<byte> errorLog)
    {
        fixed (byte* text = image, info = infoLog, error = errorLog)
        {
            CudaJitOption* options = stackalloc CudaJitOption[]
            {
                CudaJitOption.InfoLogBuffer, CudaJitOption.InfoLogBufferBytes, CudaJitOption.ErrorLogBuffer, CudaJitOption.ErrorLogBufferBytes,
            };

            // Sizes are passed in the place of pointers.
            nint* values = stackalloc nint[] { (nint)info, infoLog.Length, (nint)error, errorLog.Length };
            return ModuleLoadDataEx(out module, text, 4, options, values);
        }
    }

    /// <summary>Launches a kernel that takes one struct.</summary>
    /// <param name="function">The kernel.</param>
    /// <param name="blocksX">Blocks along x.</param>
    /// <param name="blocksY">Blocks along y.</param>
    /// <param name="blocksZ">Blocks along z.</param>
    /// <param name="threads">Threads of a block, along x.</param>
    /// <param name="sharedBytes">Dynamic shared memory of a block.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="arguments">The struct; it is copied before the call returns.</param>
    public static CudaResult LaunchKernel(nint function, int blocksX, int blocksY, int blocksZ, int threads, int sharedBytes, nint stream, void* arguments) =>
        LaunchKernel(function, (uint)blocksX, (uint)blocksY, (uint)blocksZ, (uint)threads, 1, 1, (uint)sharedBytes, stream, &arguments, null);

    [LibraryImport(Library, EntryPoint = "cuModuleLoadDataEx")]
    private static partial CudaResult ModuleLoadDataEx(out nint module, byte* image, uint count, CudaJitOption* options, nint* values);

    [LibraryImport(Library, EntryPoint = "cuLaunchKernel")]
    private static partial CudaResult LaunchKernel(
        nint function, uint blocksX, uint blocksY, uint blocksZ, uint threadsX, uint threadsY, uint threadsZ, uint sharedBytes, nint stream, void** parameters, void** extra);
}
