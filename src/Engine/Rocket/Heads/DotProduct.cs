using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FastNets.Kernels;

namespace FastNets.Rocket.Heads;

/// <summary>The sum of products of two rows of single-precision numbers.</summary>
/// <remarks>
/// Own, because the library's reduction begins by the alignment of its input and so gives other bits for the same numbers at another
/// address. Four sums of whole vectors, then the rest one by one, which as it is a single sum is kept in double precision.
/// </remarks>
internal static unsafe class DotProduct
{
    /// <summary>Computes the product with the instruction set in use.</summary>
    public static float Compute(float* x, float* y, int count) => Compute(x, y, count, CpuIsa.Active);

    /// <summary>Computes the product with a chosen instruction set, supported here.</summary>
    public static float Compute(float* x, float* y, int count, Isa isa) => isa switch
    {
        Isa.Vector512 => Compute512(x, y, count),
        Isa.Vector256 => Compute256(x, y, count),
        _ => Rest(x, y, 0, count),
    };

    private static float Rest(float* x, float* y, int start, int count)
    {
        double sum = 0;
        for (int i = start; i < count; i++) sum += (double)x[i] * y[i];
        return (float)sum;
    }

    private static float Compute256(float* x, float* y, int count)
    {
        Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default;
        int i = 0;
        for (; i <= count - 32; i += 32)
        {
            s0 = Fma.MultiplyAdd(Vector256.Load(x + i), Vector256.Load(y + i), s0);
            s1 = Fma.MultiplyAdd(Vector256.Load(x + i + 8), Vector256.Load(y + i + 8), s1);
            s2 = Fma.MultiplyAdd(Vector256.Load(x + i + 16), Vector256.Load(y + i + 16), s2);
            s3 = Fma.MultiplyAdd(Vector256.Load(x + i + 24), Vector256.Load(y + i + 24), s3);
        }

        for (; i <= count - 8; i += 8) s0 = Fma.MultiplyAdd(Vector256.Load(x + i), Vector256.Load(y + i), s0);
        return Vector256.Sum((s0 + s1) + (s2 + s3)) + Rest(x, y, i, count);
    }

    private static float Compute512(float* x, float* y, int count)
    {
        Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
        int i = 0;
        for (; i <= count - 64; i += 64)
        {
            s0 = Avx512F.FusedMultiplyAdd(Avx512F.LoadVector512(x + i), Avx512F.LoadVector512(y + i), s0);
            s1 = Avx512F.FusedMultiplyAdd(Avx512F.LoadVector512(x + i + 16), Avx512F.LoadVector512(y + i + 16), s1);
            s2 = Avx512F.FusedMultiplyAdd(Avx512F.LoadVector512(x + i + 32), Avx512F.LoadVector512(y + i + 32), s2);
            s3 = Avx512F.FusedMultiplyAdd(Avx512F.LoadVector512(x + i + 48), Avx512F.LoadVector512(y + i + 48), s3);
        }

        for (; i <= count - 16; i += 16) s0 = Avx512F.FusedMultiplyAdd(Avx512F.LoadVector512(x + i), Avx512F.LoadVector512(y + i), s0);
        Vector512<float> sum = Avx512F.Add(Avx512F.Add(s0, s1), Avx512F.Add(s2, s3));
        return Vector256.Sum(Avx.Add(sum.GetLower(), Avx512DQ.ExtractVector256(sum, 1))) + Rest(x, y, i, count);
    }
}
