namespace FastNets.Cuda.Driver;

/// <summary>What functions of cuBLAS return (cublasStatus_t).</summary>
internal enum CublasStatus
{
    Success = 0,
    NotInitialized = 1,
    AllocFailed = 3,
    InvalidValue = 7,
    ArchMismatch = 8,
    MappingError = 11,
    ExecutionFailed = 13,
    InternalError = 14,
    NotSupported = 15,
    LicenseError = 16,
}

/// <summary>How a matrix takes part in a product (cublasOperation_t).</summary>
internal enum CublasOperation
{
    None = 0,
    Transpose = 1,
}

/// <summary>How cuBLAS computes products of single-precision numbers (cublasMath_t).</summary>
internal enum CublasMath
{
    /// <summary>In single precision.</summary>
    Default = 0,

    /// <summary>On tensor cores: factors are rounded to TF32 (10 bits of mantissa), sums are single precision.</summary>
    Tf32 = 3,
}
