using System.Runtime.InteropServices;

namespace FastNets.Cuda.Kernels;

/// <summary>The kernels of native/cuda/embedding.cu.</summary>
internal static class EmbeddingKernelSet
{
    private const string Module = "embedding";

    public static readonly CudaKernel Forward = CudaKernel.Of<EmbeddingArguments>(Module, "fn_embedding");
    public static readonly CudaKernel Runs = CudaKernel.Of<EmbeddingRunsArguments>(Module, "fn_embedding_runs");
    public static readonly CudaKernel Gradient = CudaKernel.Of<EmbeddingGradientArguments>(Module, "fn_embedding_gradient");
}

[StructLayout(LayoutKind.Sequential)]
internal struct EmbeddingArguments
{
    public ulong Tokens;
    public ulong Table;
    public ulong Y;
    public int Rows;
    public int Columns;
}

[StructLayout(LayoutKind.Sequential)]
internal struct EmbeddingRunsArguments
{
    public ulong Tokens;
    public ulong DY;
    public ulong Marks;
    public ulong Sums;
    public int Rows;
    public int Columns;
}

[StructLayout(LayoutKind.Sequential)]
internal struct EmbeddingGradientArguments
{
    public ulong Marks;
    public ulong DY;
    public ulong Sums;
    public ulong DTable;
    public int Rows;
    public int Vocabulary;
    public int Columns;
    public int EntriesLog2;
}
