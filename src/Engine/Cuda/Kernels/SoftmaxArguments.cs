using System.Runtime.InteropServices;

namespace FastNets.Cuda.Kernels;

/// <summary>The kernels of native/cuda/softmax.cu.</summary>
internal static class SoftmaxKernelSet
{
    private const string Module = "softmax";

    public static readonly CudaKernel Forward = CudaKernel.Of<SoftmaxArguments>(Module, "fn_softmax");
    public static readonly CudaKernel ForwardLong = CudaKernel.Of<SoftmaxArguments>(Module, "fn_softmax_long");
    public static readonly CudaKernel Backward = CudaKernel.Of<SoftmaxBackwardArguments>(Module, "fn_softmax_backward");
    public static readonly CudaKernel BackwardLong = CudaKernel.Of<SoftmaxBackwardArguments>(Module, "fn_softmax_backward_long");
}

[StructLayout(LayoutKind.Sequential)]
internal struct SoftmaxArguments
{
    public ulong X;
    public ulong Y;
    public int Rows;
    public int Columns;
    public int Lanes;
}

[StructLayout(LayoutKind.Sequential)]
internal struct SoftmaxBackwardArguments
{
    public ulong DY;
    public ulong Y;
    public ulong DX;
    public int Rows;
    public int Columns;
    public int Lanes;
}
