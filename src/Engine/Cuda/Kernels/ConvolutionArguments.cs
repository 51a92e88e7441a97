using System.Runtime.InteropServices;

namespace FastNets.Cuda.Kernels;

/// <summary>The kernels of native/cuda/convolution.cu.</summary>
internal static class ConvolutionKernelSet
{
    private const string Module = "convolution";

    public static readonly CudaKernel Windows = CudaKernel.Of<WindowsArguments>(Module, "fn_windows");
    public static readonly CudaKernel Gather = CudaKernel.Of<GatherArguments>(Module, "fn_gather");
}

[StructLayout(LayoutKind.Sequential)]
internal struct WindowsArguments
{
    public ulong X;
    public ulong Windows;
    public int FirstRow;
    public int Rows;
    public int Outputs;
    public int Length;
    public int Channels;
    public int Width;
    public int Stride;
    public int Dilation;
    public int PadLeft;
    public int Unit;
}

[StructLayout(LayoutKind.Sequential)]
internal struct GatherArguments
{
    public ulong Windows;
    public ulong DX;
    public int FirstRow;
    public int Rows;
    public int Outputs;
    public int Length;
    public int Channels;
    public int Width;
    public int Stride;
    public int Dilation;
    public int PadLeft;
    public int Series;
    public int Accumulate;
}
