using System.Runtime.InteropServices;

namespace FastNets.Cuda.Kernels;

/// <summary>The kernels of native/cuda/rnn.cu.</summary>
internal static class RnnKernelSet
{
    private const string Module = "rnn";

    public static readonly RecurrentKernelForms Forward = RecurrentKernelForms.Of<RnnForwardArguments>(Module, "fn_rnn_forward", 1, backward: false);
    public static readonly RecurrentKernelForms Backward = RecurrentKernelForms.Of<RnnBackwardArguments>(Module, "fn_rnn_backward", 1, backward: true);
    public static readonly CudaKernel Transpose = CudaKernel.Of<TransposeGatesArguments>(Module, "fn_rnn_transpose");
    public static readonly CudaKernel ForwardStep = CudaKernel.Of<RnnForwardStepArguments>(Module, "fn_rnn_forward_step");
    public static readonly CudaKernel BackwardStep = CudaKernel.Of<RnnBackwardStepArguments>(Module, "fn_rnn_backward_step");
}

[StructLayout(LayoutKind.Sequential)]
internal struct RnnForwardArguments
{
    public ulong Projection;
    public ulong Kernel;
    public ulong Bias;
    public ulong InitialHidden;
    public ulong Hidden;
    public ScanArguments Scan;
    public int Activation;
}

[StructLayout(LayoutKind.Sequential)]
internal struct RnnBackwardArguments
{
    public ulong DHidden;
    public ulong DLastHidden;
    public ulong Hidden;
    public ulong Kernel;
    public ulong DZ;
    public ulong DInitialHidden;
    public ScanArguments Scan;
    public int Truncate;
    public int Activation;
}

[StructLayout(LayoutKind.Sequential)]
internal struct RnnForwardStepArguments
{
    public ulong Projection;
    public ulong Bias;
    public ulong OldHidden;
    public ulong NewHidden;
    public ulong Lengths;
    public int Product;
    public int At;
    public int Batch;
    public int Units;
    public int Activation;
}

[StructLayout(LayoutKind.Sequential)]
internal struct RnnBackwardStepArguments
{
    public ulong DHidden;
    public ulong DNext;
    public ulong NewHidden;
    public ulong Lengths;
    public ulong DZ;
    public ulong DPast;
    public int At;
    public int Batch;
    public int Units;
    public int Activation;
}
