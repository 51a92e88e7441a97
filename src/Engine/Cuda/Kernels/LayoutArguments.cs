using System.Runtime.InteropServices;

namespace FastNets.Cuda.Kernels;

/// <summary>The kernels of native/cuda/layout.cu.</summary>
internal static class LayoutKernelSet
{
    private const string Module = "layout";

    public static readonly CudaKernel SwapAxesTiles = CudaKernel.Of<SwapAxesArguments>(Module, "fn_swap_axes_tiles");
    public static readonly CudaKernel SwapAxesRows = CudaKernel.Of<SwapAxesArguments>(Module, "fn_swap_axes_rows");
    public static readonly CudaKernel Add = CudaKernel.Of<AddArguments>(Module, "fn_add");
    public static readonly CudaKernel AddDropout = CudaKernel.Of<AddArguments>(Module, "fn_add_dropout");
    public static readonly CudaKernel CopyColumns = CudaKernel.Of<CopyColumnsArguments>(Module, "fn_copy_columns");
    public static readonly CudaKernel BroadcastRow = CudaKernel.Of<BroadcastRowArguments>(Module, "fn_broadcast_row");
    public static readonly CudaKernel MoveTowards = CudaKernel.Of<MoveTowardsArguments>(Module, "fn_move_towards");
}

[StructLayout(LayoutKind.Sequential)]
internal struct SwapAxesArguments
{
    public ulong X;
    public ulong Y;
    public int First;
    public int Second;
    public int Columns;
    public int Edge;
}

[StructLayout(LayoutKind.Sequential)]
internal struct AddArguments
{
    public ulong A;
    public ulong B;
    public ulong Y;
    public ulong Activation;
    public DropoutArguments Dropout;
    public int Rows;
    public int Columns;
}

[StructLayout(LayoutKind.Sequential)]
internal struct CopyColumnsArguments
{
    public ulong Source;
    public ulong Target;
    public int SourceColumns;
    public int TargetColumns;
    public int Rows;
    public int Count;
    public int Accumulate;
}

[StructLayout(LayoutKind.Sequential)]
internal struct BroadcastRowArguments
{
    public ulong Row;
    public ulong Y;
    public int Rows;
    public int Columns;
}

[StructLayout(LayoutKind.Sequential)]
internal struct MoveTowardsArguments
{
    public ulong X;
    public ulong Y;
    public int Length;
    public float Fraction;
}
