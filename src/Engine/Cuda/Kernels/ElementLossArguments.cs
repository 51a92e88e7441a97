using System.Runtime.InteropServices;

namespace FastNets.Cuda.Kernels;

/// <summary>The kernels of native/cuda/element_loss.cu.</summary>
internal static class ElementLossKernelSet
{
    private const string Module = "element_loss";

    public static readonly CudaKernel Count = CudaKernel.Of<ElementLossArguments>(Module, "fn_element_loss_count");
    public static readonly CudaKernel ShortSamples = CudaKernel.Of<ElementLossArguments>(Module, "fn_element_loss");
    public static readonly CudaKernel LongSamples = CudaKernel.Of<ElementLossArguments>(Module, "fn_element_loss_long");
}

[StructLayout(LayoutKind.Sequential)]
internal struct ElementLossArguments
{
    public ulong Output;
    public ulong Targets;
    public ulong Lengths;
    public ulong Losses;
    public ulong Total;
    public ulong Gradient;
    public ulong Divisor;
    public ulong Partials;
    public ulong Counts;
    public ulong Counter;
    public double Known;
    public int Batch;
    public int Steps;
    public int Columns;
    public int Parts;
    public int Part;
    public int Loss;
    public float Parameter;
    public int IgnoreMissing;
}
