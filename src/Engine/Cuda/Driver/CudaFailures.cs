using System.Globalization;

namespace FastNets.Cuda.Driver;

/// <summary>Failures from what calls have returned.</summary>
internal static class CudaFailures
{
    /// <summary>Of a call to the driver, which must have been loaded.</summary>
    /// <param name="result">What it returned.</param>
    /// <param name="operation">The function, as cuMemAlloc.</param>
    public static CudaFailure Of(CudaResult result, string operation) => new()
    {
        Code = (int)result,
        Operation = operation,
        Name = CudaDriver.GetErrorName(result) ?? string.Create(CultureInfo.InvariantCulture, $"CUDA_ERROR_{(int)result}"),
        Text = CudaDriver.GetErrorString(result) ?? "",
    };

    /// <summary>Of a call to cuBLAS.</summary>
    /// <param name="status">What it returned.</param>
    /// <param name="operation">The function, as cublasSgemm.</param>
    public static CudaFailure Of(CublasStatus status, string operation) => new()
    {
        Code = (int)status,
        IsCublas = true,
        Operation = operation,
        Name = NameOf(status),
    };

    private static string NameOf(CublasStatus status) => status switch
    {
        CublasStatus.NotInitialized => "CUBLAS_STATUS_NOT_INITIALIZED",
        CublasStatus.AllocFailed => "CUBLAS_STATUS_ALLOC_FAILED",
        CublasStatus.InvalidValue => "CUBLAS_STATUS_INVALID_VALUE",
        CublasStatus.ArchMismatch => "CUBLAS_STATUS_ARCH_MISMATCH",
        CublasStatus.MappingError => "CUBLAS_STATUS_MAPPING_ERROR",
        CublasStatus.ExecutionFailed => "CUBLAS_STATUS_EXECUTION_FAILED",
        CublasStatus.InternalError => "CUBLAS_STATUS_INTERNAL_ERROR",
        CublasStatus.NotSupported => "CUBLAS_STATUS_NOT_SUPPORTED",
        CublasStatus.LicenseError => "CUBLAS_STATUS_LICENSE_ERROR",
        _ => string.Create(CultureInfo.InvariantCulture, $"CUBLAS_STATUS_{(int)status}"),
    };
}
