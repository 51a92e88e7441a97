using System.Runtime.InteropServices;

namespace FastNets.Cuda.Kernels;

/// <summary>The kernels of native/cuda/layer_norm.cu.</summary>
internal static class LayerNormKernelSet
{
    private const string Module = "layer_norm";

    public static readonly CudaKernel Forward = CudaKernel.Of<LayerNormArguments>(Module, "fn_layer_norm");
    public static readonly CudaKernel ForwardLong = CudaKernel.Of<LayerNormArguments>(Module, "fn_layer_norm_long");
    public static readonly CudaKernel Sums = CudaKernel.Of<LayerNormSumsArguments>(Module, "fn_layer_norm_sums");
    public static readonly CudaKernel InputGradient = CudaKernel.Of<LayerNormInputGradientArguments>(Module, "fn_layer_norm_input_gradient");
    public static readonly CudaKernel InputGradientLong = CudaKernel.Of<LayerNormInputGradientArguments>(Module, "fn_layer_norm_input_gradient_long");
}

[StructLayout(LayoutKind.Sequential)]
internal struct LayerNormArguments
{
    public ulong X;
    public ulong Gamma;
    public ulong Beta;
    public ulong Mean;
    public ulong Inverse;
    public ulong Y;
    public ulong Activation;
    public DropoutArguments Dropout;
    public int Rows;
    public int Columns;
    public float Epsilon;
}

[StructLayout(LayoutKind.Sequential)]
internal struct LayerNormSumsArguments
{
    public NormSumsArguments Sums;
    public ulong DGamma;
    public ulong DBeta;
}

[StructLayout(LayoutKind.Sequential)]
internal struct LayerNormInputGradientArguments
{
    public ulong G;
    public ulong X;
    public ulong Gamma;
    public ulong Mean;
    public ulong Inverse;
    public ulong DX;
    public int Rows;
    public int Columns;
}
