using System.Runtime.InteropServices;

namespace FastNets.Cuda.Kernels;

/// <summary>The kernels of native/cuda/optimizers.cu.</summary>
internal static class OptimizerKernelSet
{
    private const string Module = "optimizers";

    public static readonly CudaKernel Sgd = CudaKernel.Of<UpdateArguments>(Module, "fn_sgd");
    public static readonly CudaKernel Adam = CudaKernel.Of<UpdateArguments>(Module, "fn_adam");
    public static readonly CudaKernel RmsProp = CudaKernel.Of<UpdateArguments>(Module, "fn_rms_prop");
    public static readonly CudaKernel Penalty = CudaKernel.Of<UpdateArguments>(Module, "fn_penalty");
    public static readonly CudaKernel Clip = CudaKernel.Of<ClipArguments>(Module, "fn_clip");
}

[StructLayout(LayoutKind.Sequential)]
internal struct UpdateArguments
{
    public ulong Segments;
    public ulong Step;
    public ulong Norm;
    public ulong Factors;
    public ulong Parameters;
    public ulong Gradients;
    public ulong First;
    public ulong Second;
    public ulong Third;
    public ulong Penalty;
    public ulong Partials;
    public ulong Counter;
    public int Count;
    public int Penalised;
}

[StructLayout(LayoutKind.Sequential)]
internal struct ClipArguments
{
    public ulong Segments;
    public ulong Parameters;
    public ulong Gradients;
    public ulong Norm;
    public ulong Factors;
    public ulong Partials;
    public ulong Counter;
    public int Count;
    public int Each;
    public float Maximum;
}

/// <summary>An entry of the table of segments: FnSegment.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SegmentEntry
{
    public int Offset;
    public int Length;
    public int Chunk;
    public float L1;
    public float L2;
    public float Rate;
    public float Decay;
    public float Scale;
    public float Limit;
}
