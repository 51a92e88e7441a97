namespace FastNets.Cuda.Driver;

/// <summary>A block of the host's memory that the system never moves or swaps out, so that a device copies from and to it while the host does other things; its contents are undefined.</summary>
internal sealed unsafe class PinnedMemory : CudaObject
{
    // Small blocks are not worth the bookkeeping of the collector.
    private const long PressureThreshold = 1 << 20;

    private readonly nint _address;

    /// <summary>Allocates.</summary>
    /// <param name="context">The device's context.</param>
    /// <param name="bytes">The length, 0 or more.</param>
    /// <exception cref="CudaException">There is not so much memory (<see cref="CudaException.IsOutOfMemory"/>), or the driver failed.</exception>
    public PinnedMemory(CudaContext context, long bytes)
        : base(context)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Bytes = bytes;
        nuint length = (nuint)Math.Max(bytes, 1);
        CudaResult result;
        lock (CudaContext.CaptureGate) result = CudaDriver.MemHostAlloc(out _address, length, 0);
        if (HasReclaimed(result))
        {
            lock (CudaContext.CaptureGate) result = CudaDriver.MemHostAlloc(out _address, length, 0);
        }

        if (result != CudaResult.Success)
        {
            _address = 0;
            throw context.Failure(CudaFailures.Of(result, "cuMemHostAlloc") with { AskedBytes = bytes });
        }

        if (Bytes > PressureThreshold) GC.AddMemoryPressure(Bytes);
    }

    /// <summary>The length in bytes.</summary>
    public long Bytes { get; }

    /// <summary>The address of the first byte, on the host; aligned to a page.</summary>
    /// <exception cref="ObjectDisposedException">The memory was freed.</exception>
    public void* Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            return (void*)_address;
        }
    }

    /// <inheritdoc/>
    public override void FreeNative()
    {
        if (_address != 0) _ = CudaDriver.MemFreeHost(_address);
    }

    /// <inheritdoc/>
    protected override void FreeManaged()
    {
        if (_address != 0 && Bytes > PressureThreshold) GC.RemoveMemoryPressure(Bytes);
    }
}
