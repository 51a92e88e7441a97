namespace FastNets.Cuda.Driver;

/// <summary>Launches and copies that were recorded, to be enqueued again as one.</summary>
/// <remarks>Addresses and arguments are those of the recording; the memory must live as long as the graph is launched.</remarks>
internal sealed class CudaGraph : CudaObject
{
    private readonly nint _executable;

    /// <summary>Makes what can be launched from a recording.</summary>
    /// <param name="context">The device's context.</param>
    /// <param name="graph">The recording; it is destroyed here, also where this fails.</param>
    /// <exception cref="CudaException">The driver failed, or has not enough memory.</exception>
    public CudaGraph(CudaContext context, nint graph)
        : base(context)
    {
        CudaResult result = CudaDriver.GraphInstantiate(out _executable, graph, 0);
        _ = CudaDriver.GraphDestroy(graph);
        if (result != CudaResult.Success) _executable = 0;
        context.Check(result, "cuGraphInstantiate");
    }

    /// <summary>The driver's handle.</summary>
    /// <exception cref="ObjectDisposedException">It was destroyed.</exception>
    public nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            return _executable;
        }
    }

    /// <inheritdoc/>
    public override void FreeNative()
    {
        if (_executable != 0) _ = CudaDriver.GraphExecDestroy(_executable);
    }
}
