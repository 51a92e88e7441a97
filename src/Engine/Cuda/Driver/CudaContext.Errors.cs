using System.Runtime.CompilerServices;

namespace FastNets.Cuda.Driver;

internal sealed partial class CudaContext
{
    /// <summary>Throws if a call to the driver failed.</summary>
    /// <param name="result">What it returned.</param>
    /// <param name="operation">The function, as cuMemAlloc.</param>
    /// <exception cref="CudaException">It failed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Check(CudaResult result, string operation)
    {
        if (result != CudaResult.Success) Throw(result, operation);
    }

    /// <summary>Throws if a call to cuBLAS failed.</summary>
    /// <param name="status">What it returned.</param>
    /// <param name="operation">The function, as cublasSgemm.</param>
    /// <exception cref="CudaException">It failed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Check(CublasStatus status, string operation)
    {
        if (status != CublasStatus.Success) Throw(status, operation);
    }

    /// <summary>The exception for a failure on this device; one that breaks the context is remembered.</summary>
    /// <param name="failure">What is known but the device and the driver.</param>
    public CudaException Failure(CudaFailure failure)
    {
        failure = failure with { Device = ToString(), DriverVersion = DriverVersion, IsInContext = true };
        if (failure.BreaksContext) _broken ??= failure;
        return new CudaException(failure);
    }

    /// <summary>The free memory of the device whose context is current, where it can be had, else -1; for messages.</summary>
    public static long FreeBytesIfKnown() => CudaDriver.MemGetInfo(out nuint free, out _) == CudaResult.Success ? (long)free : -1;

    /// <summary>Frees what an object has here, if the context is still there; what the driver says about it is of no interest.</summary>
    /// <param name="resource">The object.</param>
    public void Free(CudaObject resource)
    {
        using Lock.Scope gate = CaptureGate.EnterScope();
        lock (_lifetime)
        {
            // The numbers may stand for other things in a new context.
            if (_isReleased) return;
            if (CudaDriver.ContextSetCurrent(_handle) != CudaResult.Success) return;
            _current = this;
            resource.FreeNative();
        }
    }

    private void Throw(CudaResult result, string operation) => throw Failure(CudaFailures.Of(result, operation));

    private void Throw(CublasStatus status, string operation) => throw Failure(CudaFailures.Of(status, operation));
}
