using System.Runtime.InteropServices;

namespace FastNets.Cuda.Kernels;

/// <summary>The kernels of native/cuda/gru.cu.</summary>
internal static class GruKernelSet
{
    private const string Module = "gru";

    public static readonly RecurrentKernelForms Forward = RecurrentKernelForms.Of<GruForwardArguments>(Module, "fn_gru_forward", 3, backward: false);
    public static readonly RecurrentKernelForms Backward = RecurrentKernelForms.Of<GruBackwardArguments>(Module, "fn_gru_backward", 3, backward: true);
    public static readonly CudaKernel Transpose = CudaKernel.Of<TransposeGatesArguments>(Module, "fn_gru_transpose");
    public static readonly CudaKernel ForwardStep = CudaKernel.Of<GruForwardStepArguments>(Module, "fn_gru_forward_step");
    public static readonly CudaKernel BackwardStep = CudaKernel.Of<GruBackwardStepArguments>(Module, "fn_gru_backward_step");
}

[StructLayout(LayoutKind.Sequential)]
internal struct GruForwardArguments
{
    public ulong Gates;
    public ulong Kernel;
    public ulong Bias;
    public ulong InitialHidden;
    public ulong Candidate;
    public ulong Hidden;
    public ScanArguments Scan;
}

[StructLayout(LayoutKind.Sequential)]
internal struct GruBackwardArguments
{
    public ulong DHidden;
    public ulong DLastHidden;
    public ulong Gates;
    public ulong Candidate;
    public ulong Hidden;
    public ulong Kernel;
    public ulong DRecurrent;
    public ulong DInitialHidden;
    public ScanArguments Scan;
    public int Truncate;
}

[StructLayout(LayoutKind.Sequential)]
internal struct GruForwardStepArguments
{
    public ulong Gates;
    public ulong Product;
    public ulong Bias;
    public ulong OldHidden;
    public ulong NewHidden;
    public ulong Candidate;
    public ulong Lengths;
    public int At;
    public int Batch;
    public int Units;
}

[StructLayout(LayoutKind.Sequential)]
internal struct GruBackwardStepArguments
{
    public ulong DHidden;
    public ulong DNext;
    public ulong Gates;
    public ulong Candidate;
    public ulong OldHidden;
    public ulong Lengths;
    public ulong DRecurrent;
    public ulong DPast;
    public int At;
    public int Batch;
    public int Units;
}
