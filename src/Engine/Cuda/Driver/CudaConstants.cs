namespace FastNets.Cuda.Driver;

/// <summary>What can be asked about a device (CUdevice_attribute).</summary>
internal enum CudaDeviceAttribute
{
    Multiprocessors = 16,
    ComputeCapabilityMajor = 75,
    ComputeCapabilityMinor = 76,
    SharedBytesOfBlockOptIn = 97,
}

/// <summary>What can be asked about a function or set (CUfunction_attribute).</summary>
internal enum CudaFunctionAttribute
{
    StaticSharedBytes = 1,
    Registers = 4,
    MaxDynamicSharedBytes = 8,
}

/// <summary>Options of the driver's compiler (CUjit_option).</summary>
internal enum CudaJitOption
{
    InfoLogBuffer = 3,
    InfoLogBufferBytes = 4,
    ErrorLogBuffer = 5,
    ErrorLogBufferBytes = 6,
}

/// <summary>How a stream is made (CUstream_flags).</summary>
internal enum CudaStreamFlags : uint
{
    /// <summary>Not ordered with the default stream, which other libraries may use.</summary>
    NonBlocking = 1,
}

/// <summary>What of other calls a capture forbids (CUstreamCaptureMode).</summary>
internal enum CudaCaptureMode
{
    /// <summary>Calls of the capturing thread only: other threads, the finalizer's among them, may allocate and free meanwhile.</summary>
    ThreadLocal = 1,
}

/// <summary>How an event is made (CUevent_flags).</summary>
[Flags]
internal enum CudaEventFlags : uint
{
    None = 0,
    DisableTiming = 2,
}
