using System.Runtime.InteropServices;

namespace FastNets.Cuda.Kernels;

/// <summary>The kernels of native/cuda/minirocket.cu.</summary>
internal static class MiniRocketKernelSet
{
    private const string Module = "minirocket";

    /// <summary>For series of one channel.</summary>
    public static readonly CudaKernel Univariate = CudaKernel.Of<MiniRocketArguments>(Module, "fn_minirocket");

    /// <summary>For series of several channels.</summary>
    public static readonly CudaKernel Channels = CudaKernel.Of<MiniRocketArguments>(Module, "fn_minirocket_channels");
}

/// <summary>What a block of threads counts on its series: FnRocketJob of native/cuda/minirocket.cu.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MiniRocketJob
{
    public int Dilation;
    public int Features;
    public int FirstFeature;
    public int Biases;
    public int FirstKernel;
    public int Kernels;
    public int Padding;
    public int Channels;
    public int FirstPlace;
}

[StructLayout(LayoutKind.Sequential)]
internal struct MiniRocketArguments
{
    public ulong X;
    public ulong Offsets;
    public ulong Lengths;
    public ulong Jobs;
    public ulong Biases;
    public ulong Table;
    public ulong Shares;
    public ulong Counts;
    public int Series;
    public int Length;
    public int Channels;
    public int Features;
    public int JobCount;
    public int BlockSeries;
    public int Tile;
    public int Pitch;
}
