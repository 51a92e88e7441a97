using System.Runtime.InteropServices;

namespace FastNets.Cuda.Kernels;

/// <summary>The kernels of native/cuda/pointwise.cu.</summary>
internal static class PointwiseKernelSet
{
    private const string Module = "pointwise";

    public static readonly CudaKernel Tail = CudaKernel.Of<TailArguments>(Module, "fn_tail");
    public static readonly CudaKernel TailBackward = CudaKernel.Of<TailBackwardArguments>(Module, "fn_tail_backward");
    public static readonly CudaKernel AddParts = CudaKernel.Of<AddPartsArguments>(Module, "fn_add_parts");
}

[StructLayout(LayoutKind.Sequential)]
internal struct TailArguments
{
    public ulong X;
    public ulong Centre;
    public ulong Scale;
    public ulong Shift;
    public ulong Preactivation;
    public ulong Y;
    public ulong Activation;
    public DropoutArguments Dropout;
    public int Rows;
    public int Columns;
}

[StructLayout(LayoutKind.Sequential)]
internal struct TailBackwardArguments
{
    public ulong DY;
    public ulong Saved;
    public ulong DX;
    public ulong Partials;
    public ulong Activation;
    public DropoutArguments Dropout;
    public int Rows;
    public int Columns;
    public int Part;
}

[StructLayout(LayoutKind.Sequential)]
internal struct AddPartsArguments
{
    public ulong Partials;
    public ulong First;
    public ulong Second;
    public int Parts;
    public int Columns;
}
