using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FastNets.Kernels;

namespace FastNets.Rocket.Heads;

/// <summary>Products of one matrix's rows with another's: <c>C = A * B^T</c> in double precision, the one product that the ridge solver is built of.</summary>
/// <remarks>
/// Rows are contiguous in both factors, so nothing is packed: four rows of A meet four of B, with the lanes running along
/// the inner dimension and 16 sums in registers (8 with 256 bits, where there are only 16 registers). Runs on the calling
/// thread. The order of additions depends on the sizes and the instruction set only.
/// </remarks>
internal static unsafe class DotTiles
{
    /// <summary>Rows and columns come in multiples of this.</summary>
    public const int RowUnit = 4;

    /// <summary>The inner dimension comes in multiples of this.</summary>
    public const int InnerUnit = 8;

    // 64 rows of each factor over this depth are 2 * 256 KiB: within the second-level cache.
    private const int Depth = 512;

    /// <summary>What becomes of C.</summary>
    public enum Into
    {
        /// <summary>C = A * B^T.</summary>
        Overwrite,

        /// <summary>C = C + A * B^T.</summary>
        Add,

        /// <summary>C = C - A * B^T.</summary>
        Subtract,
    }

    /// <summary>Computes <c>C = A * B^T</c>, or adds it to C, or subtracts it from C.</summary>
    /// <param name="c">C, [rows, columns], distance between rows <paramref name="ldc"/>; overlaps neither factor's elements in use.</param>
    /// <param name="ldc">The distance between C's rows.</param>
    /// <param name="a">A, [rows, inner].</param>
    /// <param name="lda">The distance between A's rows.</param>
    /// <param name="b">B, [columns, inner].</param>
    /// <param name="ldb">The distance between B's rows.</param>
    /// <param name="rows">A multiple of <see cref="RowUnit"/>.</param>
    /// <param name="columns">A multiple of <see cref="RowUnit"/>.</param>
    /// <param name="inner">A multiple of <see cref="InnerUnit"/>; at 0 the product is zero.</param>
    /// <param name="into">What becomes of C.</param>
    /// <param name="isa">The instruction set, supported here.</param>
    public static void Multiply(
        double* c, nint ldc, double* a, nint lda, double* b, nint ldb, int rows, int columns, int inner, Into into, Isa isa)
    {
        Debug.Assert(rows % RowUnit == 0 && columns % RowUnit == 0 && inner % InnerUnit == 0);
        int done = 0;
        do
        {
            int depth = Math.Min(Depth, inner - done);
            for (int i = 0; i < rows; i += RowUnit)
            {
                for (int j = 0; j < columns; j += RowUnit)
                {
                    double* tile = c + (i * ldc) + j;
                    double* left = a + (i * lda) + done;
                    double* right = b + (j * ldb) + done;
                    switch (isa)
                    {
                        case Isa.Vector512:
                            Tile512(tile, ldc, left, lda, right, ldb, depth, into);
                            break;
                        case Isa.Vector256:
                            Tile256(tile, ldc, left, lda, right, ldb, depth, into);
                            Tile256(tile + (2 * ldc), ldc, left + (2 * lda), lda, right, ldb, depth, into);
                            break;
                        default:
                            TileScalar(tile, ldc, left, lda, right, ldb, depth, into);
                            break;
                    }
                }
            }

            if (into == Into.Overwrite) into = Into.Add;
            done += depth;
        }
        while (done < inner);
    }

    private static void TileScalar(double* c, nint ldc, double* a, nint lda, double* b, nint ldb, int depth, Into into)
    {
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                double* x = a + (i * lda);
                double* y = b + (j * ldb);
                double sum = 0;
                for (int k = 0; k < depth; k++) sum += x[k] * y[k];
                double* target = c + (i * ldc) + j;
                *target = into switch { Into.Overwrite => sum, Into.Add => *target + sum, _ => *target - sum };
            }
        }
    }

    // Two rows of A, four of B.
    private static void Tile256(double* c, nint ldc, double* a, nint lda, double* b, nint ldb, int depth, Into into)
    {
        double* a1 = a + lda;
        double* b1 = b + ldb;
        double* b2 = b1 + ldb;
        double* b3 = b2 + ldb;
        Vector256<double> s00 = default, s01 = default, s02 = default, s03 = default;
        Vector256<double> s10 = default, s11 = default, s12 = default, s13 = default;
        for (int k = 0; k < depth; k += 4)
        {
            Vector256<double> x0 = Vector256.Load(a + k);
            Vector256<double> x1 = Vector256.Load(a1 + k);
            Vector256<double> y = Vector256.Load(b + k);
            s00 = Fma.MultiplyAdd(x0, y, s00);
            s10 = Fma.MultiplyAdd(x1, y, s10);
            y = Vector256.Load(b1 + k);
            s01 = Fma.MultiplyAdd(x0, y, s01);
            s11 = Fma.MultiplyAdd(x1, y, s11);
            y = Vector256.Load(b2 + k);
            s02 = Fma.MultiplyAdd(x0, y, s02);
            s12 = Fma.MultiplyAdd(x1, y, s12);
            y = Vector256.Load(b3 + k);
            s03 = Fma.MultiplyAdd(x0, y, s03);
            s13 = Fma.MultiplyAdd(x1, y, s13);
        }

        Store(c, Sums(s00, s01, s02, s03), into);
        Store(c + ldc, Sums(s10, s11, s12, s13), into);
    }

    private static void Tile512(double* c, nint ldc, double* a, nint lda, double* b, nint ldb, int depth, Into into)
    {
        double* a1 = a + lda;
        double* a2 = a1 + lda;
        double* a3 = a2 + lda;
        double* b1 = b + ldb;
        double* b2 = b1 + ldb;
        double* b3 = b2 + ldb;
        Vector512<double> s00 = default, s01 = default, s02 = default, s03 = default;
        Vector512<double> s10 = default, s11 = default, s12 = default, s13 = default;
        Vector512<double> s20 = default, s21 = default, s22 = default, s23 = default;
        Vector512<double> s30 = default, s31 = default, s32 = default, s33 = default;
        for (int k = 0; k < depth; k += 8)
        {
            Vector512<double> y0 = Avx512F.LoadVector512(b + k);
            Vector512<double> y1 = Avx512F.LoadVector512(b1 + k);
            Vector512<double> y2 = Avx512F.LoadVector512(b2 + k);
            Vector512<double> y3 = Avx512F.LoadVector512(b3 + k);
            Vector512<double> x = Avx512F.LoadVector512(a + k);
            s00 = Avx512F.FusedMultiplyAdd(x, y0, s00);
            s01 = Avx512F.FusedMultiplyAdd(x, y1, s01);
            s02 = Avx512F.FusedMultiplyAdd(x, y2, s02);
            s03 = Avx512F.FusedMultiplyAdd(x, y3, s03);
            x = Avx512F.LoadVector512(a1 + k);
            s10 = Avx512F.FusedMultiplyAdd(x, y0, s10);
            s11 = Avx512F.FusedMultiplyAdd(x, y1, s11);
            s12 = Avx512F.FusedMultiplyAdd(x, y2, s12);
            s13 = Avx512F.FusedMultiplyAdd(x, y3, s13);
            x = Avx512F.LoadVector512(a2 + k);
            s20 = Avx512F.FusedMultiplyAdd(x, y0, s20);
            s21 = Avx512F.FusedMultiplyAdd(x, y1, s21);
            s22 = Avx512F.FusedMultiplyAdd(x, y2, s22);
            s23 = Avx512F.FusedMultiplyAdd(x, y3, s23);
            x = Avx512F.LoadVector512(a3 + k);
            s30 = Avx512F.FusedMultiplyAdd(x, y0, s30);
            s31 = Avx512F.FusedMultiplyAdd(x, y1, s31);
            s32 = Avx512F.FusedMultiplyAdd(x, y2, s32);
            s33 = Avx512F.FusedMultiplyAdd(x, y3, s33);
        }

        Store(c, Sums(Halve(s00), Halve(s01), Halve(s02), Halve(s03)), into);
        Store(c + ldc, Sums(Halve(s10), Halve(s11), Halve(s12), Halve(s13)), into);
        Store(c + (2 * ldc), Sums(Halve(s20), Halve(s21), Halve(s22), Halve(s23)), into);
        Store(c + (3 * ldc), Sums(Halve(s30), Halve(s31), Halve(s32), Halve(s33)), into);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Halve(Vector512<double> x) => Avx.Add(x.GetLower(), Avx512F.ExtractVector256(x, 1));

    // Lanes of the result: the sum of s0, of s1, of s2, of s3. The two additions leave (s0, s1) and (s2, s3) in both halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Sums(Vector256<double> s0, Vector256<double> s1, Vector256<double> s2, Vector256<double> s3)
    {
        Vector256<double> s01 = Avx.HorizontalAdd(s0, s1);
        Vector256<double> s23 = Avx.HorizontalAdd(s2, s3);
        return Avx.Add(Avx.Permute2x128(s01, s23, 0x20), Avx.Permute2x128(s01, s23, 0x31));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(double* c, Vector256<double> sums, Into into)
    {
        if (into == Into.Add) sums = Avx.Add(Vector256.Load(c), sums);
        else if (into == Into.Subtract) sums = Avx.Subtract(Vector256.Load(c), sums);
        sums.Store(c);
    }
}
