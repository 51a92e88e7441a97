namespace FastNets.Cuda;

/// <summary>Why a GPU can't be used.</summary>
public enum CudaUnavailableReason
{
    /// <summary>None of the below.</summary>
    Unknown,

    /// <summary>The library of the CUDA driver is not there, or is not a library for this machine.</summary>
    NoDriver,

    /// <summary>The driver is older than CUDA 11.4.</summary>
    DriverTooOld,

    /// <summary>The driver is there, but doesn't work.</summary>
    DriverFailed,

    /// <summary>The driver knows no GPU.</summary>
    NoDevice,

    /// <summary>There are GPUs, but none of this number.</summary>
    NoSuchDevice,

    /// <summary>The GPU's compute capability is below 8.0 (Ampere).</summary>
    DeviceTooOld,

    /// <summary>Another process has the GPU to itself.</summary>
    DeviceBusy,

    /// <summary>The cuBLAS library is not there.</summary>
    NoCublas,

    /// <summary>cuBLAS is there, but doesn't work.</summary>
    CublasFailed,

    /// <summary>The GPU has not enough memory to begin with.</summary>
    OutOfMemory,
}
