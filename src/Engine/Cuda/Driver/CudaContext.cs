using System.Diagnostics.CodeAnalysis;

namespace FastNets.Cuda.Driver;

/// <summary>A device's context: the one that this process shares on it (the primary context), the kernels loaded there, and what the device is.</summary>
/// <remarks>
/// There is one for each device, made at first use; thread-safe. A kernel that fails breaks the context, and with it all that lives there; the next
/// <see cref="Get"/> releases it and makes a new one.
/// </remarks>
internal sealed partial class CudaContext
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<int, CudaContext> Contexts = [];

    [ThreadStatic]
    private static CudaContext? _current;

    private readonly Lock _lifetime = new();
    private readonly CudaDeviceFacts _facts;
    private readonly nint _handle;
    private bool _isReleased;
    private volatile CudaFailure? _broken;

    private CudaContext(CudaDeviceFacts facts, nint handle) => (_facts, _handle) = (facts, handle);

    /// <summary>How many GPUs the driver shows, usable or not; 0 where there is no driver.</summary>
    public static int Count => CudaProbe.Driver(out _, out int count) is null ? count : 0;

    /// <summary>The device's number, from 0.</summary>
    public int Ordinal => _facts.Ordinal;

    /// <summary>The device's name.</summary>
    public string Name => _facts.Name;

    /// <summary>What the device's instructions are, as 8.0.</summary>
    public Version ComputeCapability => _facts.ComputeCapability;

    /// <summary>The device's multiprocessors.</summary>
    public int Multiprocessors => _facts.Multiprocessors;

    /// <summary>The most shared memory that a block can have, static and dynamic, in bytes.</summary>
    public int SharedBytesOfBlock => _facts.SharedBytesOfBlock;

    /// <summary>The device's memory, in bytes.</summary>
    public long TotalBytes => _facts.TotalBytes;

    /// <summary>The newest CUDA that the driver supports, as 12040 for 12.4.</summary>
    public int DriverVersion => _facts.DriverVersion;

    /// <summary>Whether an error has made the context useless: every use throws.</summary>
    public bool IsBroken => _broken is not null;

    /// <summary>The context of a device, made if there is none or if the last one is broken.</summary>
    /// <param name="ordinal">The device's number, from 0.</param>
    /// <exception cref="CudaUnavailableException">The device can't be used; the reason is in it.</exception>
    public static CudaContext Get(int ordinal) => TryGet(ordinal, out CudaContext? context, out CudaUnavailableException? problem) ? context : throw problem;

    /// <summary>The same without an exception; nothing is remembered of an attempt that failed.</summary>
    /// <param name="ordinal">The device's number, from 0.</param>
    /// <param name="context">The context.</param>
    /// <param name="problem">Why there is none.</param>
    public static bool TryGet(int ordinal, [NotNullWhen(true)] out CudaContext? context, [NotNullWhen(false)] out CudaUnavailableException? problem)
    {
        problem = null;
        lock (Gate)
        {
            if (Contexts.TryGetValue(ordinal, out context) && !context.IsBroken) return true;
        }

        // Opening and releasing wait for the device.
        using Lock.Scope gate = CaptureGate.EnterScope();
        lock (Gate)
        {
            if (Contexts.TryGetValue(ordinal, out context))
            {
                if (!context.IsBroken) return true;
                Contexts.Remove(ordinal);
                context.Release();
            }

            context = null;
            if (!CudaProbe.TryDevice(ordinal, out CudaDeviceFacts? facts, out problem)) return false;
            problem = Open(facts, out CudaContext? made);
            if (problem is not null) return false;
            context = made!;
            Contexts[ordinal] = context;
            return true;
        }
    }

    /// <summary>Makes this the context that the calling thread's calls go to. Cheap where it is already.</summary>
    /// <remarks>What is current is remembered, not asked: <see cref="Enter"/> comes first where code that is not ours may have run on the thread.</remarks>
    /// <exception cref="CudaException">The context is broken, or the driver failed.</exception>
    public void MakeCurrent()
    {
        if (_current == this && !IsBroken) return;
        Enter();
    }

    /// <summary>The same, also where another CUDA library of the process has made a context of its own current on this thread.</summary>
    /// <exception cref="CudaException">The context is broken, or the driver failed.</exception>
    public void Enter()
    {
        if (_broken is { } failure) throw new CudaException(failure with { IsRepeated = true });
        Check(CudaDriver.ContextSetCurrent(_handle), "cuCtxSetCurrent");
        _current = this;
    }

    /// <inheritdoc/>
    public override string ToString() => $"cuda:{Ordinal} ({Name})";

    private static CudaUnavailableException? Open(CudaDeviceFacts facts, out CudaContext? context)
    {
        context = null;
        string device = $"cuda:{facts.Ordinal} ({facts.Name})";
        CudaResult result = CudaDriver.PrimaryContextRetain(out nint handle, facts.Handle);
        if (result != CudaResult.Success) return CudaProbe.Failed("cuDevicePrimaryCtxRetain", result, facts.DriverVersion, device);

        // A context that another library of the process holds, and that a kernel has broken, shows it here.
        string operation = "cuCtxSetCurrent";
        result = CudaDriver.ContextSetCurrent(handle);
        if (result == CudaResult.Success)
        {
            operation = "cuCtxSynchronize";
            result = CudaDriver.ContextSynchronize();
        }

        CudaUnavailableException? problem = result != CudaResult.Success ? CudaProbe.Failed(operation, result, facts.DriverVersion, device) : null;
        var made = new CudaContext(facts, handle);
        _current = made;
        problem ??= made.StartCublas();
        if (problem is null) context = made;
        else made.Release();
        return problem;
    }

    // A cuBLAS that is newer than the driver loads, but does not start.
    private CudaUnavailableException? StartCublas()
    {
        CublasStatus status = CublasDriver.Create(out nint handle);
        if (status == CublasStatus.Success)
        {
            _ = CublasDriver.Destroy(handle);
            return null;
        }

        CudaException failure = Failure(CudaFailures.Of(status, "cublasCreate"));
        return new(
            status == CublasStatus.AllocFailed ? CudaUnavailableReason.OutOfMemory : CudaUnavailableReason.CublasFailed,
            $"cuBLAS ({CudaLibraries.CublasName}) does not start. {failure.Message}", failure);
    }

    private void Release()
    {
        lock (_lifetime)
        {
            if (_isReleased) return;
            _isReleased = true;
            _current = null;
            _ = CudaDriver.ContextSetCurrent(0);
            // Modules, memory, streams and graphs go with it, unless another library of the process holds it too.
            _ = CudaDriver.PrimaryContextRelease(_facts.Handle);
        }
    }
}
