using System.Runtime.InteropServices;

namespace FastNets.Cuda.Kernels;

/// <summary>The kernels of native/cuda/folding.cu.</summary>
internal static class FoldingKernelSet
{
    private const string Module = "folding";

    public static readonly CudaKernel Affine = CudaKernel.Of<BatchNormAffineArguments>(Module, "fn_batch_norm_affine");
    public static readonly CudaKernel Before = CudaKernel.Of<FoldArguments>(Module, "fn_fold_before");
    public static readonly CudaKernel BeforeBias = CudaKernel.Of<FoldArguments>(Module, "fn_fold_before_bias");
    public static readonly CudaKernel After = CudaKernel.Of<FoldArguments>(Module, "fn_fold_after");
}

[StructLayout(LayoutKind.Sequential)]
internal struct BatchNormAffineArguments
{
    public ulong Gamma;
    public ulong Beta;
    public ulong RunningMean;
    public ulong RunningVariance;
    public ulong Scale;
    public ulong Shift;
    public int Columns;
    public float Epsilon;
}

[StructLayout(LayoutKind.Sequential)]
internal struct FoldArguments
{
    public ulong Kernel;
    public ulong Bias;
    public ulong Scale;
    public ulong Shift;
    public ulong Folded;
    public ulong FoldedBias;
    public ulong Partials;
    public int Rows;
    public int Columns;
    public int Parts;
}
