namespace FastNets.Cuda.Driver;

internal sealed unsafe partial class CudaStream
{
    /// <summary>Whether the stream records instead of doing.</summary>
    public bool IsCapturing { get; private set; }

    /// <summary>From here on, what is enqueued is recorded and not done, until the same thread ends it.</summary>
    /// <remarks>
    /// The thread must not allocate, free, wait or load kernels meanwhile: all kernels must have been launched or asked for before
    /// (<see cref="CudaContext.Function"/>). Other threads that do so wait for the end of the recording, as do those that would record (<see cref="CudaContext.CaptureGate"/>).
    /// </remarks>
    /// <exception cref="CudaException">The driver failed.</exception>
    public void BeginCapture()
    {
        nint handle = Handle;
        Context.MakeCurrent();
        CudaContext.CaptureGate.Enter();
        IsCapturing = true;
        CudaResult result = CudaDriver.StreamBeginCapture(handle, CudaCaptureMode.ThreadLocal);
        if (result == CudaResult.Success) return;
        LeaveCapture();
        throw Failure(result, "cuStreamBeginCapture");
    }

    /// <summary>Ends a recording. Where this fails it must be abandoned.</summary>
    /// <returns>What was recorded.</returns>
    /// <exception cref="CudaException">Something in it can't be recorded.</exception>
    public CudaGraph EndCapture()
    {
        Context.MakeCurrent();
        CudaResult result = CudaDriver.StreamEndCapture(Handle, out nint graph);
        if (result != CudaResult.Success) throw Failure(result, "cuStreamEndCapture");
        LeaveCapture();
        return new CudaGraph(Context, graph);
    }

    /// <summary>Ends a recording that has failed, if there is one, and forgets it; by the thread that began it. Never throws.</summary>
    public void AbandonCapture()
    {
        if (!IsCapturing) return;
        if (!Context.IsBroken && !IsDisposed) ForgetCapture();
        LeaveCapture();
    }

    /// <inheritdoc/>
    protected override void FreeManaged() => LeaveCapture();

    private void ForgetCapture()
    {
        if (CudaDriver.StreamEndCapture(_handle, out nint graph) == CudaResult.Success && graph != 0) _ = CudaDriver.GraphDestroy(graph);
    }

    private void LeaveCapture()
    {
        if (!IsCapturing) return;
        IsCapturing = false;
        // Another thread can't give back what it does not hold.
        if (CudaContext.CaptureGate.IsHeldByCurrentThread) CudaContext.CaptureGate.Exit();
    }
}
