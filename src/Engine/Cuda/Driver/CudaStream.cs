using FastNets.Cuda.Kernels;

namespace FastNets.Cuda.Driver;

/// <summary>A queue of a device: what is enqueued is done in this order, while the host goes on.</summary>
/// <remarks>
/// For one thread at a time. An error may belong to something that was enqueued earlier. Copies from or to host memory that is not <see cref="PinnedMemory"/> are
/// done with the host's memory when the call returns, and can't be recorded.
/// </remarks>
internal sealed unsafe partial class CudaStream : CudaObject
{
    private readonly nint _handle;
    private CudaKernel? _latest;
    private LaunchShape _latestShape;

    /// <summary>Makes a stream.</summary>
    /// <param name="context">The device's context.</param>
    /// <exception cref="CudaException">The driver failed.</exception>
    public CudaStream(CudaContext context)
        : base(context) => context.Check(CudaDriver.StreamCreate(out _handle, CudaStreamFlags.NonBlocking), "cuStreamCreate");

    /// <summary>The driver's handle.</summary>
    /// <exception cref="ObjectDisposedException">It was destroyed.</exception>
    public nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            return _handle;
        }
    }

    /// <summary>Enqueues a kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="shape">On how many blocks and threads; nothing is done where it is empty.</param>
    /// <param name="arguments">Its struct of <see cref="CudaKernel.ArgumentBytes"/>, which is copied before the call returns.</param>
    /// <exception cref="CudaException">The kernel can't be loaded or launched.</exception>
    public void Launch(CudaKernel kernel, in LaunchShape shape, void* arguments)
    {
        if (shape.IsEmpty) return;
        Context.MakeCurrent();
        CudaFunction function = Context.Function(kernel);
        function.AllowShared(shape.SharedBytes);
        CudaResult result = CudaDriver.LaunchKernel(function.Handle, shape.BlocksX, shape.BlocksY, shape.BlocksZ, shape.Threads, shape.SharedBytes, Handle, arguments);
        if (result != CudaResult.Success) throw Context.Failure(CudaFailures.Of(result, "cuLaunchKernel") with { Kernel = kernel.ToString(), Shape = shape });
        (_latest, _latestShape) = (kernel, shape);
    }

    /// <summary>Enqueues a recording.</summary>
    /// <param name="graph">The recording.</param>
    /// <exception cref="CudaException">The driver failed.</exception>
    public void Launch(CudaGraph graph)
    {
        Context.MakeCurrent();
        Check(CudaDriver.GraphLaunch(graph.Handle, Handle), "cuGraphLaunch");
    }

    /// <summary>Waits until all that was enqueued is done.</summary>
    /// <exception cref="CudaException">Some of it failed.</exception>
    public void Synchronize()
    {
        Context.MakeCurrent();
        Check(CudaDriver.StreamSynchronize(Handle), "cuStreamSynchronize");
    }

    /// <summary>Marks the place that the queue has come to.</summary>
    /// <param name="mark">The event.</param>
    /// <exception cref="CudaException">The driver failed.</exception>
    public void Record(CudaEvent mark)
    {
        Context.MakeCurrent();
        Check(CudaDriver.EventRecord(mark.Handle, Handle), "cuEventRecord");
    }

    /// <summary>Lets what is enqueued from here on wait for what another stream had when it recorded an event; the host does not wait.</summary>
    /// <param name="mark">The event, of the same device.</param>
    /// <exception cref="CudaException">The driver failed.</exception>
    public void WaitFor(CudaEvent mark)
    {
        Context.MakeCurrent();
        Check(CudaDriver.StreamWaitEvent(Handle, mark.Handle, 0), "cuStreamWaitEvent");
    }

    /// <inheritdoc/>
    public override void FreeNative()
    {
        if (_handle == 0) return;
        // A stream that records can't be destroyed.
        if (IsCapturing) ForgetCapture();
        _ = CudaDriver.StreamDestroy(_handle);
    }

    private void Check(CudaResult result, string operation)
    {
        if (result != CudaResult.Success) throw Failure(result, operation);
    }

    // Errors of kernels come to light in whatever is called later.
    private CudaException Failure(CudaResult result, string operation)
    {
        CudaFailure failure = CudaFailures.Of(result, operation);
        return Context.Failure(result.BreaksContext() && _latest is not null ? failure with { Kernel = _latest.ToString(), Shape = _latestShape, IsLater = true } : failure);
    }
}
