namespace FastNets.Cuda.Driver;

/// <summary>A mark in a stream that another one waits for; two that note the time tell how long it took between.</summary>
internal sealed class CudaEvent : CudaObject
{
    private readonly nint _handle;

    /// <summary>Makes an event.</summary>
    /// <param name="context">The device's context.</param>
    /// <param name="timing">Whether it notes the time, which costs the device some.</param>
    /// <exception cref="CudaException">The driver failed.</exception>
    public CudaEvent(CudaContext context, bool timing)
        : base(context) => context.Check(CudaDriver.EventCreate(out _handle, timing ? CudaEventFlags.None : CudaEventFlags.DisableTiming), "cuEventCreate");

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

    /// <summary>The time from this event to another in milliseconds, to about half a microsecond. Both were made with timing, and have happened.</summary>
    /// <param name="end">The later event.</param>
    /// <exception cref="CudaException">One of them has not happened, or notes no time.</exception>
    public float MillisecondsTo(CudaEvent end)
    {
        Context.MakeCurrent();
        Context.Check(CudaDriver.EventElapsedTime(out float milliseconds, Handle, end.Handle), "cuEventElapsedTime");
        return milliseconds;
    }

    /// <inheritdoc/>
    public override void FreeNative()
    {
        if (_handle != 0) _ = CudaDriver.EventDestroy(_handle);
    }
}
