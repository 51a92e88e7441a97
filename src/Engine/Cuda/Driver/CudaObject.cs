namespace FastNets.Cuda.Driver;

/// <summary>Something that lives in a context and is freed once: by <see cref="Dispose"/>, or by the collector where that was forgotten.</summary>
internal abstract class CudaObject : IDisposable
{
    private int _isFreed;

    /// <summary>Sets the context, and makes it current for the constructor of what derives from this.</summary>
    protected CudaObject(CudaContext context)
    {
        Context = context;
        context.MakeCurrent();
    }

    /// <summary>Frees what was forgotten.</summary>
    ~CudaObject() => FreeOnce();

    /// <summary>The context that the object lives in.</summary>
    public CudaContext Context { get; }

    /// <summary>Whether it is gone.</summary>
    protected bool IsDisposed => Volatile.Read(ref _isFreed) != 0;

    /// <summary>Frees the object. Never throws: an error here, in a context that is broken, changes nothing any more.</summary>
    public void Dispose()
    {
        FreeOnce();
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets the collector free what nobody refers to any more, if memory is what an allocation lacked.</summary>
    /// <remarks>Also where more is free than was asked for: it may lie in pieces.</remarks>
    /// <param name="result">What the allocation returned.</param>
    /// <returns>Whether it is worth another try.</returns>
    protected static bool HasReclaimed(CudaResult result)
    {
        // Finalizers free, and would wait for this thread.
        if (result != CudaResult.OutOfMemory || CudaContext.CaptureGate.IsHeldByCurrentThread) return false;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return true;
    }

    /// <summary>Gives the driver back what the constructor took, as far as it came. The context is current; called once.</summary>
    public abstract void FreeNative();

    /// <summary>Gives back what is not the driver's; called once, also where the context is gone.</summary>
    protected virtual void FreeManaged()
    {
    }

    private void FreeOnce()
    {
        if (Interlocked.Exchange(ref _isFreed, 1) != 0) return;
        Context.Free(this);
        FreeManaged();
    }
}
