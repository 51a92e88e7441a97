using System.Runtime.InteropServices;

namespace FastNets.Cuda.Kernels;

/// <summary>The kernels of native/cuda/pooling.cu.</summary>
internal static class PoolingKernelSet
{
    private const string Module = "pooling";

    public static readonly CudaKernel Max = CudaKernel.Of<PoolArguments>(Module, "fn_max_pool");
    public static readonly CudaKernel MaxPlaces = CudaKernel.Of<PoolArguments>(Module, "fn_max_places");
    public static readonly CudaKernel Average = CudaKernel.Of<PoolArguments>(Module, "fn_average_pool");
    public static readonly CudaKernel Backward = CudaKernel.Of<PoolBackwardArguments>(Module, "fn_pool_backward");
    public static readonly CudaKernel GlobalAverage = CudaKernel.Of<GlobalPoolArguments>(Module, "fn_global_average");
    public static readonly CudaKernel GlobalMax = CudaKernel.Of<GlobalPoolArguments>(Module, "fn_global_max");
    public static readonly CudaKernel GlobalBackward = CudaKernel.Of<GlobalPoolBackwardArguments>(Module, "fn_global_pool_backward");
}

[StructLayout(LayoutKind.Sequential)]
internal struct PoolArguments
{
    public ulong X;
    public ulong Y;
    public ulong Places;
    public int Batch;
    public int Length;
    public int Channels;
    public int Width;
    public int Stride;
    public int PadLeft;
    public int Outputs;
}

[StructLayout(LayoutKind.Sequential)]
internal struct PoolBackwardArguments
{
    public ulong DY;
    public ulong Places;
    public ulong DX;
    public int Batch;
    public int Length;
    public int Channels;
    public int Width;
    public int Stride;
    public int PadLeft;
    public int Outputs;
    public int Accumulate;
}

[StructLayout(LayoutKind.Sequential)]
internal struct GlobalPoolArguments
{
    public ulong X;
    public ulong Lengths;
    public ulong Y;
    public ulong Places;
    public int Batch;
    public int Length;
    public int Channels;
}

[StructLayout(LayoutKind.Sequential)]
internal struct GlobalPoolBackwardArguments
{
    public ulong DY;
    public ulong Lengths;
    public ulong Places;
    public ulong DX;
    public int Batch;
    public int Length;
    public int Channels;
    public int Accumulate;
}
