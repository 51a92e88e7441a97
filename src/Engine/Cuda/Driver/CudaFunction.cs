using FastNets.Cuda.Kernels;

namespace FastNets.Cuda.Driver;

/// <summary>A kernel that is loaded in a context.</summary>
internal sealed class CudaFunction
{
    // What a block can have without being asked for.
    private const int OrdinarySharedBytes = 48 << 10;

    private readonly CudaContext _context;
    private readonly int _staticSharedBytes;
    private int _allowedSharedBytes;

    /// <summary>Asks what the kernel needs.</summary>
    public CudaFunction(CudaContext context, CudaKernel kernel, nint handle)
    {
        (_context, Kernel, Handle) = (context, kernel, handle);
        _staticSharedBytes = Ask(CudaFunctionAttribute.StaticSharedBytes);
        Registers = Ask(CudaFunctionAttribute.Registers);
        _allowedSharedBytes = OrdinarySharedBytes - _staticSharedBytes;
    }

    /// <summary>Which kernel it is.</summary>
    public CudaKernel Kernel { get; }

    /// <summary>The driver's handle.</summary>
    public nint Handle { get; }

    /// <summary>Registers of a thread, as the driver's compiler has allotted them.</summary>
    public int Registers { get; }

    /// <summary>The most dynamic shared memory that a block of this kernel can have, in bytes.</summary>
    public int MaxSharedBytes => _context.SharedBytesOfBlock - _staticSharedBytes;

    /// <summary>Lets launches have so much dynamic shared memory: more than 48 KiB a block is not given unless it was asked for.</summary>
    /// <param name="bytes">Dynamic shared memory of a block.</param>
    /// <exception cref="CudaException">A block can't have so much.</exception>
    public void AllowShared(int bytes)
    {
        if (bytes <= Volatile.Read(ref _allowedSharedBytes)) return;
        _context.MakeCurrent();
        // All that there is, at once, so that launches from several threads can't take it from each other.
        int allowed = Math.Max(bytes, MaxSharedBytes);
        CudaResult result = CudaDriver.FunctionSetAttribute(Handle, CudaFunctionAttribute.MaxDynamicSharedBytes, allowed);
        if (result != CudaResult.Success) throw Failure(result, "cuFuncSetAttribute", bytes);
        Volatile.Write(ref _allowedSharedBytes, allowed);
    }

    private int Ask(CudaFunctionAttribute attribute)
    {
        CudaResult result = CudaDriver.FunctionGetAttribute(out int value, attribute, Handle);
        return result == CudaResult.Success ? value : throw Failure(result, "cuFuncGetAttribute");
    }

    private CudaException Failure(CudaResult result, string operation, long askedShared = 0) => _context.Failure(
        CudaFailures.Of(result, operation) with
        {
            Kernel = Kernel.ToString(),
            AskedShared = askedShared,
            MostShared = MaxSharedBytes,
        });
}
