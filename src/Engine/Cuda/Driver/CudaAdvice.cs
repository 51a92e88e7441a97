namespace FastNets.Cuda.Driver;

/// <summary>What to do about an error, for the common ones.</summary>
internal static class CudaAdvice
{
    /// <summary>A sentence or two, or nothing.</summary>
    /// <param name="result">What the driver returned.</param>
    /// <param name="operation">From which function.</param>
    public static string Of(CudaResult result, string operation) => result switch
    {
        CudaResult.OutOfMemory when operation == "cuMemHostAlloc" => "It is the host that lacks memory which can be pinned: use smaller batches, or raise the limit on locked memory (ulimit -l).",
        CudaResult.OutOfMemory => "Use smaller batches or a smaller network, dispose networks that are not needed, or end other programs that use the GPU (nvidia-smi lists them).",
        CudaResult.InvalidImage or CudaResult.InvalidPtx or CudaResult.NoBinaryForGpu or CudaResult.UnsupportedPtxVersion =>
            "The kernels are PTX 7.0 for compute capability 8.0: they need a driver of CUDA 11.4 or newer and an Ampere GPU or newer. Update the driver, or use another GPU or the CPU.",
        CudaResult.JitCompilerNotFound => "The driver's PTX compiler (libnvidia-ptxjitcompiler) is not there; install the driver completely, in a container with the capabilities compute and utility.",
        CudaResult.NotFound when operation == "cuModuleGetFunction" => "The kernel's name is not in the compiled kernels: FastNets was built from sources and kernels that don't belong together; compile the kernels again.",
        CudaResult.IllegalAddress or CudaResult.MisalignedAddress or CudaResult.InvalidAddressSpace or CudaResult.InvalidProgramCounter
            or CudaResult.IllegalInstruction or CudaResult.HardwareStackError or CudaResult.Assert or CudaResult.LaunchFailed =>
            "A kernel failed, which is an error of FastNets or of another library in this process, or a defect of the GPU; please report it.",
        CudaResult.LaunchTimeout => "The operating system stopped a kernel that ran for too long on a GPU that also drives a display: use smaller batches, or raise its time limit.",
        CudaResult.LaunchOutOfResources => "The kernel needs more registers or shared memory than a block can have on this GPU; please report it.",
        CudaResult.EccUncorrectable or CudaResult.NvlinkUncorrectable => "The GPU's hardware reports a defect: look at nvidia-smi -q and the system's log, and reset the GPU.",
        CudaResult.ContextIsDestroyed or CudaResult.Deinitialized => "Another part of the process has reset the GPU or unloaded the driver.",
        CudaResult.Unknown => "The driver does not say why; often it was updated or the machine was suspended, and a restart of the process or of the machine helps.",
        CudaResult.SystemNotReady => "Services that the GPUs of this machine need (as nvidia-fabricmanager) don't run yet.",
        CudaResult.SystemDriverMismatch or CudaResult.CompatibilityNotSupported => "The driver's library does not match its kernel module: restart the machine after an update of the driver, and take the library of another version off the path.",
        CudaResult.StubLibrary => "The library is the stub of the CUDA toolkit, which is there for linking only; take its folder (lib64/stubs) off the path, so that the driver's own library is found.",
        CudaResult.NotPermitted => "The process lacks the right to use the GPU.",
        CudaResult.StreamCaptureUnsupported or CudaResult.StreamCaptureInvalidated => "The operation can't be recorded in a graph, which is an error of FastNets; please report it.",
        _ => "",
    };

    /// <summary>A sentence or two, or nothing.</summary>
    /// <param name="status">What cuBLAS returned.</param>
    public static string Of(CublasStatus status) => status switch
    {
        CublasStatus.NotInitialized => "cuBLAS could not start: most often it is newer than the driver. Install the cuBLAS of the driver's CUDA version, or update the driver.",
        CublasStatus.AllocFailed => "The GPU has not enough free memory for cuBLAS: use smaller batches, or end other programs that use it (nvidia-smi lists them).",
        CublasStatus.ArchMismatch => "This cuBLAS has no code for this GPU; install a newer one.",
        CublasStatus.ExecutionFailed or CublasStatus.InternalError or CublasStatus.MappingError => "Often an earlier kernel has failed; with CUDA_LAUNCH_BLOCKING=1 in the environment the error shows where it happens.",
        _ => "",
    };

    /// <summary>Whether the driver's version may be the cause.</summary>
    /// <param name="result">What the driver returned.</param>
    public static bool IsAboutVersions(CudaResult result) => result is CudaResult.InvalidImage or CudaResult.InvalidPtx or CudaResult.NoBinaryForGpu or CudaResult.UnsupportedPtxVersion
        or CudaResult.JitCompilerNotFound or CudaResult.SystemDriverMismatch or CudaResult.CompatibilityNotSupported or CudaResult.Unknown;

    /// <summary>Whether the driver's version may be the cause.</summary>
    /// <param name="status">What cuBLAS returned.</param>
    public static bool IsAboutVersions(CublasStatus status) => status is CublasStatus.NotInitialized or CublasStatus.ArchMismatch;
}
