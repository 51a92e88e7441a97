using ManagedCuda;
using ManagedCuda.BasicTypes;

namespace FastNets.Cuda.Driver;

internal static unsafe partial class CudaDriver
{
    // The package takes arrays; a launch must not allocate one.
    [ThreadStatic]
    private static nint[]? _parameters;

    public static CudaResult ModuleLoadDataEx(out nint module, byte[] image, Span<byte> infoLog, Span<byte> errorLog)
    {
        fixed (byte* info = infoLog, error = errorLog)
        {
            CUJITOption[] options =
            [
                (CUJITOption)CudaJitOption.InfoLogBuffer, (CUJITOption)CudaJitOption.InfoLogBufferBytes,
                (CUJITOption)CudaJitOption.ErrorLogBuffer, (CUJITOption)CudaJitOption.ErrorLogBufferBytes,
            ];
            nint[] values = [(nint)info, infoLog.Length, (nint)error, errorLog.Length];
            CUmodule loaded = default;
            var result = (CudaResult)DriverAPINativeMethods.ModuleManagement.cuModuleLoadDataEx(ref loaded, image, (uint)options.Length, options, values);
            module = loaded.Pointer;
            return result;
        }
    }

    public static CudaResult ModuleGetFunction(out nint function, nint module, string name)
    {
        CUfunction found = default;
        var result = (CudaResult)DriverAPINativeMethods.ModuleManagement.cuModuleGetFunction(ref found, Handles.Module(module), name);
        function = found.Pointer;
        return result;
    }

    public static CudaResult FunctionSetAttribute(nint function, CudaFunctionAttribute attribute, int value) =>
        (CudaResult)DriverAPINativeMethods.FunctionManagement.cuFuncSetAttribute(Handles.Function(function), (CUFunctionAttribute)attribute, value);

    public static CudaResult FunctionGetAttribute(out int value, CudaFunctionAttribute attribute, nint function)
    {
        value = 0;
        return (CudaResult)DriverAPINativeMethods.FunctionManagement.cuFuncGetAttribute(ref value, (CUFunctionAttribute)attribute, Handles.Function(function));
    }

    public static CudaResult LaunchKernel(nint function, int blocksX, int blocksY, int blocksZ, int threads, int sharedBytes, nint stream, void* arguments)
    {
        nint[] parameters = _parameters ??= new nint[1];
        parameters[0] = (nint)arguments;
        return (CudaResult)DriverAPINativeMethods.Launch.cuLaunchKernel(
            Handles.Function(function), (uint)blocksX, (uint)blocksY, (uint)blocksZ, (uint)threads, 1, 1, (uint)sharedBytes, Handles.Stream(stream), parameters, null!);
    }
}
