using System.Runtime.InteropServices;
using FastNets.Kernels.Convolution;

namespace FastNets.Cuda.Kernels;

/// <summary>The kernels of native/cuda/convolution.cu.</summary>
internal static class ConvolutionKernelSet
{
    private const string Module = "convolution";

    public static readonly CudaKernel Windows = CudaKernel.Of<WindowsArguments>(Module, "fn_windows");
    public static readonly CudaKernel Gather = CudaKernel.Of<GatherArguments>(Module, "fn_gather");
}

/// <summary>Some rows of the matrix of windows, [batch * output length, width, channels], and how they lie on the series.</summary>
/// <param name="firstRow">The first row.</param>
/// <param name="rows">How many.</param>
/// <param name="shape">The convolution's sizes.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct WindowRows(int firstRow, int rows, in ConvolutionShape shape)
{
    public readonly int FirstRow = firstRow;
    public readonly int Rows = rows;
    public readonly int Outputs = shape.OutputLength;
    public readonly int Length = shape.Length;
    public readonly int Channels = shape.Channels;
    public readonly int Width = shape.Width;
    public readonly int Stride = shape.Stride;
    public readonly int Dilation = shape.Dilation;
    public readonly int PadLeft = shape.PadLeft;
}

[StructLayout(LayoutKind.Sequential)]
internal struct WindowsArguments
{
    public ulong X;
    public ulong Windows;
    public WindowRows Part;
    public int Unit;
}

[StructLayout(LayoutKind.Sequential)]
internal struct GatherArguments
{
    public ulong Windows;
    public ulong DX;
    public WindowRows Part;
    public int Series;
    public int Accumulate;
}
