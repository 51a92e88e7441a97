using System.Runtime.InteropServices;

namespace FastNets.Cuda.Kernels;

/// <summary>The kernels of native/cuda/lstm.cu.</summary>
internal static class LstmKernelSet
{
    private const string Module = "lstm";

    public static readonly RecurrentKernelForms Forward = RecurrentKernelForms.Of<LstmForwardArguments>(Module, "fn_lstm_forward", 4, backward: false);
    public static readonly RecurrentKernelForms Backward = RecurrentKernelForms.Of<LstmBackwardArguments>(Module, "fn_lstm_backward", 4, backward: true);
    public static readonly CudaKernel Transpose = CudaKernel.Of<TransposeGatesArguments>(Module, "fn_lstm_transpose");
    public static readonly CudaKernel ForwardStep = CudaKernel.Of<LstmForwardStepArguments>(Module, "fn_lstm_forward_step");
    public static readonly CudaKernel BackwardStep = CudaKernel.Of<LstmBackwardStepArguments>(Module, "fn_lstm_backward_step");
}

[StructLayout(LayoutKind.Sequential)]
internal struct LstmForwardArguments
{
    public ulong Gates;
    public ulong Kernel;
    public ulong Bias;
    public ulong InitialHidden;
    public ulong InitialCell;
    public ulong Hidden;
    public ulong Cell;
    public ScanArguments Scan;
}

[StructLayout(LayoutKind.Sequential)]
internal struct LstmBackwardArguments
{
    public ulong DHidden;
    public ulong DLastHidden;
    public ulong DLastCell;
    public ulong Gates;
    public ulong Cell;
    public ulong Kernel;
    public ulong DInitialHidden;
    public ulong DInitialCell;
    public ScanArguments Scan;
    public int Truncate;
}

[StructLayout(LayoutKind.Sequential)]
internal struct LstmForwardStepArguments
{
    public ulong Gates;
    public ulong Bias;
    public ulong OldHidden;
    public ulong OldCell;
    public ulong NewHidden;
    public ulong NewCell;
    public ulong Lengths;
    public int At;
    public int Batch;
    public int Units;
}

[StructLayout(LayoutKind.Sequential)]
internal struct LstmBackwardStepArguments
{
    public ulong DHidden;
    public ulong DNext;
    public ulong DCell;
    public ulong Gates;
    public ulong OldCell;
    public ulong NewCell;
    public ulong Lengths;
    public ulong DPast;
    public ulong DOldCell;
    public int At;
    public int Batch;
    public int Units;
}
