using System.Text;
using FastNets.Cuda.Kernels;

namespace FastNets.Cuda.Driver;

internal sealed partial class CudaContext
{
    private const int LogBytes = 16 << 10;

    private readonly Lock _loading = new();
    private readonly Dictionary<string, nint> _modules = [];
    private CudaFunction?[] _functions = [];

    /// <summary>A kernel, ready to be launched; its module is compiled and loaded at first use.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <exception cref="CudaException">The driver can't compile or load it.</exception>
    public CudaFunction Function(CudaKernel kernel)
    {
        CudaFunction?[] functions = Volatile.Read(ref _functions);
        return (uint)kernel.Index < (uint)functions.Length && functions[kernel.Index] is { } function ? function : Load(kernel);
    }

    private CudaFunction Load(CudaKernel kernel)
    {
        // Loading may wait for the device.
        using Lock.Scope gate = CaptureGate.EnterScope();
        lock (_loading)
        {
            CudaFunction?[] functions = _functions;
            if (kernel.Index < functions.Length && functions[kernel.Index] is { } loaded) return loaded;
            MakeCurrent();
            if (!_modules.TryGetValue(kernel.Module, out nint module)) _modules[kernel.Module] = module = LoadModule(kernel);
            CudaResult result = CudaDriver.ModuleGetFunction(out nint handle, module, kernel.Name);
            if (result != CudaResult.Success) throw Failure(CudaFailures.Of(result, "cuModuleGetFunction") with { Kernel = kernel.ToString() });
            var function = new CudaFunction(this, kernel, handle);

            // A new array, for others read the old one meanwhile.
            var grown = new CudaFunction?[Math.Max(functions.Length, kernel.Index + 1)];
            functions.CopyTo(grown, 0);
            grown[kernel.Index] = function;
            Volatile.Write(ref _functions, grown);
            return function;
        }
    }

    private nint LoadModule(CudaKernel kernel)
    {
        byte[] image = PtxResources.Read(kernel.Module);
        byte[] information = new byte[LogBytes];
        byte[] errors = new byte[LogBytes];
        CudaResult result = CudaDriver.ModuleLoadDataEx(out nint module, image, information, errors);
        if (result == CudaResult.Success) return module;
        string log = string.Join(' ', new[] { TextOf(errors), TextOf(information) }.Where(text => text.Length > 0));
        throw Failure(CudaFailures.Of(result, "cuModuleLoadDataEx") with { Kernel = kernel.ToString(), JitLog = log.Length > 0 ? log : null });
    }

    private static string TextOf(byte[] log)
    {
        int end = Array.IndexOf(log, (byte)0);
        return Encoding.UTF8.GetString(log, 0, end < 0 ? log.Length : end).Trim();
    }
}
