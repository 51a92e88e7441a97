namespace FastNets.Cuda.Driver;

/// <summary>A block of a device's memory, aligned to at least 256 bytes; its contents are undefined.</summary>
internal sealed class DeviceMemory : CudaObject
{
    // Small blocks are not worth the bookkeeping of the collector.
    private const long PressureThreshold = 1 << 20;

    private readonly ulong _address;

    /// <summary>Allocates.</summary>
    /// <param name="context">The device's context.</param>
    /// <param name="bytes">The length, 0 or more.</param>
    /// <exception cref="CudaException">There is not so much memory (<see cref="CudaException.IsOutOfMemory"/>), or the driver failed.</exception>
    public DeviceMemory(CudaContext context, long bytes)
        : base(context)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Bytes = bytes;
        nuint length = (nuint)Math.Max(bytes, 1);
        CudaResult result;
        lock (CudaContext.CaptureGate) result = CudaDriver.MemAlloc(out _address, length);
        if (HasReclaimed(result))
        {
            lock (CudaContext.CaptureGate) result = CudaDriver.MemAlloc(out _address, length);
        }

        if (result != CudaResult.Success)
        {
            _address = 0;
            throw context.Failure(CudaFailures.Of(result, "cuMemAlloc") with { AskedBytes = bytes, FreeBytes = CudaContext.FreeBytesIfKnown(), TotalBytes = context.TotalBytes });
        }

        if (Bytes > PressureThreshold) GC.AddMemoryPressure(Bytes);
    }

    /// <summary>The length in bytes.</summary>
    public long Bytes { get; }

    /// <summary>The address of the first byte, on the device.</summary>
    /// <exception cref="ObjectDisposedException">The memory was freed.</exception>
    public ulong Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            return _address;
        }
    }

    /// <inheritdoc/>
    public override void FreeNative()
    {
        if (_address != 0) _ = CudaDriver.MemFree(_address);
    }

    /// <inheritdoc/>
    protected override void FreeManaged()
    {
        if (_address != 0 && Bytes > PressureThreshold) GC.RemoveMemoryPressure(Bytes);
    }
}
