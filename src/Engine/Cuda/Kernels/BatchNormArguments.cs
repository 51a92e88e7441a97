using System.Runtime.InteropServices;

namespace FastNets.Cuda.Kernels;

/// <summary>The kernels of native/cuda/batch_norm.cu.</summary>
internal static class BatchNormKernelSet
{
    private const string Module = "batch_norm";

    public static readonly CudaKernel Forward = CudaKernel.Of<BatchNormArguments>(Module, "fn_batch_norm");
    public static readonly CudaKernel Finish = CudaKernel.Of<BatchNormFinishArguments>(Module, "fn_batch_norm_finish");
    public static readonly CudaKernel Backward = CudaKernel.Of<BatchNormBackwardArguments>(Module, "fn_batch_norm_backward");
    public static readonly CudaKernel InputGradient = CudaKernel.Of<BatchNormBackwardArguments>(Module, "fn_batch_norm_input_gradient");
}

[StructLayout(LayoutKind.Sequential)]
internal struct FeatureArguments
{
    public ulong Gamma;
    public ulong Beta;
    public ulong RunningMean;
    public ulong RunningVariance;
    public ulong Mean;
    public ulong Inverse;
    public float Momentum;
    public float Epsilon;
    public int Unbiased;
    public int Rows;
}

[StructLayout(LayoutKind.Sequential)]
internal struct BatchNormArguments
{
    public ulong X;
    public ulong Y;
    public ulong Partials;
    public FeatureArguments Feature;
    public ulong Activation;
    public DropoutArguments Dropout;
    public int Rows;
    public int Columns;
}

[StructLayout(LayoutKind.Sequential)]
internal struct BatchNormFinishArguments
{
    public ulong Partials;
    public ulong Scale;
    public ulong Shift;
    public FeatureArguments Feature;
    public int Parts;
    public int Columns;
}

/// <summary>FnNormSumsArgs of native/cuda/common/normalization.cuh.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NormSumsArguments
{
    public ulong DY;
    public ulong X;
    public ulong Gamma;
    public ulong Beta;
    public ulong Mean;
    public ulong Inverse;
    public ulong G;
    public ulong Activation;
    public DropoutArguments Dropout;
    public int Rows;
    public int Columns;
}

[StructLayout(LayoutKind.Sequential)]
internal struct BatchNormBackwardArguments
{
    public NormSumsArguments Sums;
    public ulong DX;
    public ulong Partials;
    public ulong DGamma;
    public ulong DBeta;
}
