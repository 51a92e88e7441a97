using FastNets.Cuda;
using FastNets.Cuda.Driver;
using FastNets.Cuda.Kernels;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Cuda;

public sealed class CudaFailureTests
{
    private static readonly CudaFailure Failure = new()
    {
        Code = (int)CudaResult.InvalidValue,
        Operation = "cuLaunchKernel",
        Name = "CUDA_ERROR_INVALID_VALUE",
        Text = "invalid argument",
        Device = "cuda:0 (Some GPU)",
        DriverVersion = 12040,
        IsInContext = true,
    };

    [Test]
    public void A_launch_that_fails_names_kernel_and_shape()
    {
        var failure = Failure with { Kernel = "fn_tail (pointwise)", Shape = new LaunchShape(7, 2048, SharedBytes: 64) };
        var error = new CudaException(failure);
        error.Message.ShouldBe(
            "cuLaunchKernel of fn_tail (pointwise) on 7 x 1 x 1 blocks of 2048 threads, 64 bytes of shared memory failed on cuda:0 (Some GPU): invalid argument (CUDA_ERROR_INVALID_VALUE, 1).");
        (error.Code, error.Name, error.Text, error.Operation, error.DriverVersion).ShouldBe((1, "CUDA_ERROR_INVALID_VALUE", "invalid argument", "cuLaunchKernel", 12040));
        error.Kernel.ShouldBe("fn_tail (pointwise)");
        error.LaunchShape.ShouldBe(failure.Shape.ToString());
        (error.IsOutOfMemory, error.BreaksContext).ShouldBe((false, false));
    }

    [Test]
    public void Memory_that_is_missing_is_told_with_what_is_there()
    {
        var failure = Failure with
        {
            Code = (int)CudaResult.OutOfMemory,
            Operation = "cuMemAlloc",
            AskedBytes = 3L << 29,
            FreeBytes = 512 << 20,
            TotalBytes = 8L << 30,
        };
        new CudaException(failure).IsOutOfMemory.ShouldBeTrue();
        failure.ToString().ShouldContain("1.5 GiB were asked for; 512.0 MiB of 8.0 GiB are free. Use smaller batches");
        (failure with { Operation = "cuMemHostAlloc", FreeBytes = -1 }).ToString().ShouldContain("1.5 GiB were asked for. It is the host");
    }

    [TestCase((int)CudaResult.NoBinaryForGpu)]
    [TestCase((int)CudaResult.InvalidPtx)]
    [TestCase((int)CudaResult.UnsupportedPtxVersion)]
    public void Kernels_that_cannot_be_compiled_show_versions_and_log(int code)
    {
        string message = (Failure with { Code = code, Operation = "cuModuleLoadDataEx", JitLog = "line 9; fatal" }).ToString();
        message.ShouldContain("compute capability 8.0");
        message.ShouldContain("(The driver supports CUDA 12.4.)");
        message.ShouldEndWith("line 9; fatal");
    }

    [TestCase((int)CudaResult.IllegalAddress)]
    [TestCase((int)CudaResult.LaunchFailed)]
    [TestCase((int)CudaResult.LaunchTimeout)]
    [TestCase((int)CudaResult.EccUncorrectable)]
    [TestCase((int)CudaResult.Unknown)]
    public void An_error_of_a_kernel_tells_that_all_is_lost_and_which_kernel_was_last(int code)
    {
        var failure = Failure with { Code = code, Operation = "cuStreamSynchronize", Kernel = "fn_tail (pointwise)", Shape = new LaunchShape(1, 256), IsLater = true };
        var error = new CudaException(failure);
        error.BreaksContext.ShouldBeTrue();
        error.Message.ShouldStartWith("cuStreamSynchronize failed on cuda:0 (Some GPU): ");
        error.Message.ShouldContain("The latest kernel before was fn_tail (pointwise) on 1 x 1 x 1 blocks of 256 threads");
        error.Message.ShouldContain("CUDA_LAUNCH_BLOCKING=1");
        error.Message.ShouldContain("is lost");
        new CudaException(failure with { IsRepeated = true }).Message.ShouldStartWith("The device can't be used any more since this happened: cuStreamSynchronize");
    }

    [Test]
    public void Nothing_is_lost_before_there_is_a_context()
    {
        var error = new CudaException(Failure with { Code = (int)CudaResult.Unknown, Operation = "cuInit", IsInContext = false });
        error.BreaksContext.ShouldBeFalse();
        error.Message.ShouldNotContain("lost");
    }

    [TestCase((int)CublasStatus.NotInitialized, "CUBLAS_STATUS_NOT_INITIALIZED", "newer than the driver")]
    [TestCase((int)CublasStatus.AllocFailed, "CUBLAS_STATUS_ALLOC_FAILED", "not enough free memory")]
    [TestCase((int)CublasStatus.ExecutionFailed, "CUBLAS_STATUS_EXECUTION_FAILED", "CUDA_LAUNCH_BLOCKING=1")]
    [TestCase(99, "CUBLAS_STATUS_99", "(99)")]
    public void Errors_of_cuBLAS_have_names_and_advice(int code, string name, string advice)
    {
        var error = new CudaException(CudaFailures.Of((CublasStatus)code, "cublasSgemm") with { What = "a product of 2 x 3 by 3 x 4" });
        error.Name.ShouldBe(name);
        error.Message.ShouldStartWith($"cublasSgemm of a product of 2 x 3 by 3 x 4 failed: {name}");
        error.Message.ShouldContain(advice);
        error.IsOutOfMemory.ShouldBe(code == (int)CublasStatus.AllocFailed);
        error.BreaksContext.ShouldBeFalse();
    }

    [Test]
    public void Shared_memory_that_a_block_cannot_have_is_told_in_bytes() =>
        (Failure with { AskedShared = 300_000, MostShared = 232_448 }).ToString().ShouldContain("300000 bytes of dynamic shared memory and can have 232448");
}
