using System.Runtime.CompilerServices;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Gemm;

/// <summary>
/// Dot products of up to 4 rows of A with 4 rows of a transposed B, both read along p: for products of few rows, where packing B
/// would cost more than the product.
/// </summary>
internal static unsafe class GemmDot
{
    /// <summary>The most rows of A.</summary>
    public const int MaxRows = 4;

    /// <summary>The rows of B at a time.</summary>
    public const int Columns = 4;

    /// <summary>c[i * cRow + j] (+)= sum over p of a[i * aRow + p] * b[j * bColumn + p], lanes first, then across them.</summary>
    /// <param name="a">The first row of A.</param>
    /// <param name="aRow">From one row of A to the next.</param>
    /// <param name="b">The first row of B.</param>
    /// <param name="bColumn">From one row of B to the next.</param>
    /// <param name="c">The first element of C.</param>
    /// <param name="cRow">From one row of C to the next.</param>
    /// <param name="k">The length of the sums.</param>
    /// <param name="columns">How many rows B has here, 1 to 4.</param>
    /// <param name="accumulate">Whether C is added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T, TRows>(float* a, nint aRow, float* b, nint bColumn, float* c, nint cRow, int k, int columns, bool accumulate)
        where T : struct, ILanes<T>
        where TRows : struct, IConstant
    {
        // Where B has fewer rows the last one stands in for the missing ones.
        float* b0 = b;
        float* b1 = columns > 1 ? b0 + bColumn : b0;
        float* b2 = columns > 2 ? b1 + bColumn : b1;
        float* b3 = columns > 3 ? b2 + bColumn : b2;
        float* a1 = TRows.Value > 1 ? a + aRow : a;
        float* a2 = TRows.Value > 2 ? a1 + aRow : a;
        float* a3 = TRows.Value > 3 ? a2 + aRow : a;
        T x00 = T.Create(0f), x01 = T.Create(0f), x02 = T.Create(0f), x03 = T.Create(0f);
        T x10 = T.Create(0f), x11 = T.Create(0f), x12 = T.Create(0f), x13 = T.Create(0f);
        T x20 = T.Create(0f), x21 = T.Create(0f), x22 = T.Create(0f), x23 = T.Create(0f);
        T x30 = T.Create(0f), x31 = T.Create(0f), x32 = T.Create(0f), x33 = T.Create(0f);
        int p = 0;
        for (; p <= k - T.Count; p += T.Count)
        {
            T v0 = T.Load(b0 + p);
            T v1 = T.Load(b1 + p);
            T v2 = T.Load(b2 + p);
            T v3 = T.Load(b3 + p);
            T factor = T.Load(a + p);
            x00 = T.MultiplyAdd(factor, v0, x00);
            x01 = T.MultiplyAdd(factor, v1, x01);
            x02 = T.MultiplyAdd(factor, v2, x02);
            x03 = T.MultiplyAdd(factor, v3, x03);
            if (TRows.Value > 1)
            {
                factor = T.Load(a1 + p);
                x10 = T.MultiplyAdd(factor, v0, x10);
                x11 = T.MultiplyAdd(factor, v1, x11);
                x12 = T.MultiplyAdd(factor, v2, x12);
                x13 = T.MultiplyAdd(factor, v3, x13);
            }

            if (TRows.Value > 2)
            {
                factor = T.Load(a2 + p);
                x20 = T.MultiplyAdd(factor, v0, x20);
                x21 = T.MultiplyAdd(factor, v1, x21);
                x22 = T.MultiplyAdd(factor, v2, x22);
                x23 = T.MultiplyAdd(factor, v3, x23);
            }

            if (TRows.Value > 3)
            {
                factor = T.Load(a3 + p);
                x30 = T.MultiplyAdd(factor, v0, x30);
                x31 = T.MultiplyAdd(factor, v1, x31);
                x32 = T.MultiplyAdd(factor, v2, x32);
                x33 = T.MultiplyAdd(factor, v3, x33);
            }
        }

        if (p < k)
        {
            T mask = T.FirstMask(k - p);
            T v0 = T.LoadWhere(mask, b0 + p);
            T v1 = T.LoadWhere(mask, b1 + p);
            T v2 = T.LoadWhere(mask, b2 + p);
            T v3 = T.LoadWhere(mask, b3 + p);
            T factor = T.LoadWhere(mask, a + p);
            x00 = T.MultiplyAdd(factor, v0, x00);
            x01 = T.MultiplyAdd(factor, v1, x01);
            x02 = T.MultiplyAdd(factor, v2, x02);
            x03 = T.MultiplyAdd(factor, v3, x03);
            if (TRows.Value > 1)
            {
                factor = T.LoadWhere(mask, a1 + p);
                x10 = T.MultiplyAdd(factor, v0, x10);
                x11 = T.MultiplyAdd(factor, v1, x11);
                x12 = T.MultiplyAdd(factor, v2, x12);
                x13 = T.MultiplyAdd(factor, v3, x13);
            }

            if (TRows.Value > 2)
            {
                factor = T.LoadWhere(mask, a2 + p);
                x20 = T.MultiplyAdd(factor, v0, x20);
                x21 = T.MultiplyAdd(factor, v1, x21);
                x22 = T.MultiplyAdd(factor, v2, x22);
                x23 = T.MultiplyAdd(factor, v3, x23);
            }

            if (TRows.Value > 3)
            {
                factor = T.LoadWhere(mask, a3 + p);
                x30 = T.MultiplyAdd(factor, v0, x30);
                x31 = T.MultiplyAdd(factor, v1, x31);
                x32 = T.MultiplyAdd(factor, v2, x32);
                x33 = T.MultiplyAdd(factor, v3, x33);
            }
        }

        Write(c, x00, x01, x02, x03, columns, accumulate);
        if (TRows.Value > 1) Write(c + cRow, x10, x11, x12, x13, columns, accumulate);
        if (TRows.Value > 2) Write(c + (2 * cRow), x20, x21, x22, x23, columns, accumulate);
        if (TRows.Value > 3) Write(c + (3 * cRow), x30, x31, x32, x33, columns, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<T>(float* c, T x0, T x1, T x2, T x3, int columns, bool accumulate)
        where T : struct, ILanes<T>
    {
        Write(c, T.Sum(x0), accumulate);
        if (columns > 1) Write(c + 1, T.Sum(x1), accumulate);
        if (columns > 2) Write(c + 2, T.Sum(x2), accumulate);
        if (columns > 3) Write(c + 3, T.Sum(x3), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(float* c, float sum, bool accumulate) => *c = accumulate ? *c + sum : sum;
}
