namespace FastNets.Cuda;

/// <summary>The CUDA driver or cuBLAS has reported an error.</summary>
/// <remarks>The message says which operation failed, what the error means, and what to do. Kernels run after the call that launches them has returned, so an error of a kernel may be reported by a later operation.</remarks>
public sealed class CudaException : Exception
{
    /// <summary>Makes the exception with the default text.</summary>
    public CudaException()
        : this("A CUDA operation failed.")
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What failed, why, and what to do.</param>
    public CudaException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What failed, why, and what to do.</param>
    /// <param name="inner">What was thrown underneath.</param>
    public CudaException(string message, Exception inner)
        : base(message, inner)
    {
    }

    internal CudaException(Driver.CudaFailure failure)
        : base(failure.ToString())
    {
        Code = failure.Code;
        Name = failure.Name;
        Text = failure.Text;
        Operation = failure.Operation;
        Kernel = failure.Kernel;
        LaunchShape = failure.Shape?.ToString();
        DriverVersion = failure.DriverVersion;
        JitLog = failure.JitLog;
        IsOutOfMemory = failure.IsOutOfMemory;
        BreaksContext = failure.BreaksContext;
    }

    /// <summary>The error's number: of CUresult, or of cublasStatus_t where <see cref="Name"/> begins with CUBLAS.</summary>
    public int Code { get; }

    /// <summary>The error's name, as CUDA_ERROR_OUT_OF_MEMORY.</summary>
    public string Name { get; } = "";

    /// <summary>What the driver says about the error; may be empty.</summary>
    public string Text { get; } = "";

    /// <summary>The function that reported it, as cuMemAlloc.</summary>
    public string Operation { get; } = "";

    /// <summary>The kernel that was launched or loaded or, where an error came to light later, the latest that was launched before; null where none was.</summary>
    public string? Kernel { get; }

    /// <summary>On how many blocks and threads the kernel was launched, or null.</summary>
    public string? LaunchShape { get; }

    /// <summary>The newest CUDA version that the driver supports, as 12040 for 12.4; 0 where it is not known.</summary>
    public int DriverVersion { get; }

    /// <summary>What the driver's compiler said about a kernel, or null.</summary>
    public string? JitLog { get; }

    /// <summary>Whether the device, or the host for pinned memory, had not enough memory.</summary>
    public bool IsOutOfMemory { get; }

    /// <summary>Whether all that the process has on the device is lost: networks there can't be used any more and must be built again.</summary>
    public bool BreaksContext { get; }
}
