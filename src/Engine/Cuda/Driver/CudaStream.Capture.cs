namespace FastNets.Cuda.Driver;

internal sealed unsafe partial class CudaStream
{
    /// <summary>Whether the stream records instead of doing.</summary>
    public bool IsCapturing { get; private set; }

    /// <summary>From here on, what is enqueued is recorded and not done, until the same thread ends it.</summary>
    /// <remarks>
    /// The thread must not allocate, free, wait or load kernels meanwhile: all kernels must have been launched or asked for before
    /// (<see cref="CudaContext.Function"/>). Other threads may do as they like.
    /// </remarks>
    /// <exception cref="CudaException">The driver failed.</exception>
    public void BeginCapture()
    {
        Context.MakeCurrent();
        Check(CudaDriver.StreamBeginCapture(Handle, CudaCaptureMode.ThreadLocal), "cuStreamBeginCapture");
        IsCapturing = true;
    }

    /// <summary>Ends a recording.</summary>
    /// <returns>What was recorded.</returns>
    /// <exception cref="CudaException">Something in it can't be recorded.</exception>
    public CudaGraph EndCapture()
    {
        Context.MakeCurrent();
        CudaResult result = CudaDriver.StreamEndCapture(Handle, out nint graph);
        if (result != CudaResult.Success) throw Failure(result, "cuStreamEndCapture");
        IsCapturing = false;
        return new CudaGraph(Context, graph);
    }

    /// <summary>Ends a recording that has failed, if there is one, and forgets it. Never throws.</summary>
    public void AbandonCapture()
    {
        if (IsCapturing && !Context.IsBroken && !IsDisposed) ForgetCapture();
        IsCapturing = false;
    }

    private void ForgetCapture()
    {
        if (CudaDriver.StreamEndCapture(_handle, out nint graph) == CudaResult.Success && graph != 0) _ = CudaDriver.GraphDestroy(graph);
    }
}
