using System.Runtime.InteropServices;

namespace FastNets.Cuda.Kernels;

/// <summary>The kernels of native/cuda/cross_entropy.cu.</summary>
internal static class CrossEntropyKernelSet
{
    private const string Module = "cross_entropy";

    public static readonly CudaKernel Count = CudaKernel.Of<CrossEntropyArguments>(Module, "fn_cross_entropy_count");
    public static readonly CudaKernel ShortRows = CudaKernel.Of<CrossEntropyArguments>(Module, "fn_cross_entropy");
    public static readonly CudaKernel LongRows = CudaKernel.Of<CrossEntropyArguments>(Module, "fn_cross_entropy_long");
    public static readonly CudaKernel Focal = CudaKernel.Of<CrossEntropyArguments>(Module, "fn_focal_loss");
}

[StructLayout(LayoutKind.Sequential)]
internal struct CrossEntropyArguments
{
    public ulong Logits;
    public ulong Indices;
    public ulong Values;
    public ulong Weights;
    public ulong Lengths;
    public ulong Losses;
    public ulong Total;
    public ulong Gradient;
    public ulong Probabilities;
    public ulong Divisor;
    public ulong Partials;
    public ulong Counter;
    public double Known;
    public double Kept;
    public double Smooth;
    public double Gamma;
    public int Rows;
    public int Steps;
    public int Classes;
    public int IgnoreMissing;
    public int Lanes;
}
