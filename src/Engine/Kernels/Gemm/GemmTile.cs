using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Gemm;

/// <summary>The innermost loop: a tile of C of 1 to 14 rows and 1 or 2 registers of columns, all of it in registers.</summary>
/// <remarks>
/// <para>C[i, j] (+)= sum over p of a[i * aRow + p * aStep] * b[p * bStep + j]: the strides serve packed and unpacked operands alike.
/// A's elements are broadcast, B's are loaded as vectors. The sums run over p in order, one rounding a step.</para>
/// <para>Rows are addressed from every third row's pointer, so that 14 rows need 5 pointers and two strides, which the processor's addressing
/// scales. Rows and registers that a tile does not have fall away at compile time.</para>
/// </remarks>
internal static unsafe class GemmTile
{
    /// <summary>The most rows a tile has.</summary>
    public const int MaxRows = 14;

    /// <summary>Computes one tile.</summary>
    /// <param name="a">The tile's first element of A.</param>
    /// <param name="aRow">From one row of A to the next, in elements.</param>
    /// <param name="aStep">From one p to the next in A.</param>
    /// <param name="b">The tile's first element of B.</param>
    /// <param name="bStep">From one p to the next in B; columns are adjacent.</param>
    /// <param name="c">The tile's first element of C.</param>
    /// <param name="cRow">From one row of C to the next.</param>
    /// <param name="k">The length of the sums.</param>
    /// <param name="last">How many columns the last register has, where the tile's shape masks it.</param>
    /// <param name="accumulate">Whether C is added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T, TRows, TColumns>(
        float* a, nint aRow, nint aStep, float* b, nint bStep, float* c, nint cRow, nint k, int last, bool accumulate)
        where T : struct, ILanes<T>
        where TRows : struct, IConstant
        where TColumns : struct, ITileColumns
    {
        T mask = T.FirstMask(last);
        T x0 = T.Create(0f), y0 = T.Create(0f);
        T x1 = T.Create(0f), y1 = T.Create(0f);
        T x2 = T.Create(0f), y2 = T.Create(0f);
        T x3 = T.Create(0f), y3 = T.Create(0f);
        T x4 = T.Create(0f), y4 = T.Create(0f);
        T x5 = T.Create(0f), y5 = T.Create(0f);
        T x6 = T.Create(0f), y6 = T.Create(0f);
        T x7 = T.Create(0f), y7 = T.Create(0f);
        T x8 = T.Create(0f), y8 = T.Create(0f);
        T x9 = T.Create(0f), y9 = T.Create(0f);
        T x10 = T.Create(0f), y10 = T.Create(0f);
        T x11 = T.Create(0f), y11 = T.Create(0f);
        T x12 = T.Create(0f), y12 = T.Create(0f);
        T x13 = T.Create(0f), y13 = T.Create(0f);
        nint aRow2 = 2 * aRow;
        float* a0 = a;
        float* a3 = a0 + (3 * aRow);
        float* a6 = a3 + (3 * aRow);
        float* a9 = a6 + (3 * aRow);
        float* a12 = a9 + (3 * aRow);
        if (accumulate) Prefetch<TRows>(c, cRow);
        for (; k > 0; k--)
        {
            T b0 = TColumns.Masked && !TColumns.Two ? T.LoadWhere(mask, b) : T.Load(b);
            T b1 = !TColumns.Two ? b0 : TColumns.Masked ? T.LoadWhere(mask, b + T.Count) : T.Load(b + T.Count);
            T factor = T.Broadcast(a0);
            x0 = T.MultiplyAdd(factor, b0, x0);
            if (TColumns.Two) y0 = T.MultiplyAdd(factor, b1, y0);
            if (TRows.Value > 1)
            {
                factor = T.Broadcast(a0 + aRow);
                x1 = T.MultiplyAdd(factor, b0, x1);
                if (TColumns.Two) y1 = T.MultiplyAdd(factor, b1, y1);
            }

            if (TRows.Value > 2)
            {
                factor = T.Broadcast(a0 + aRow2);
                x2 = T.MultiplyAdd(factor, b0, x2);
                if (TColumns.Two) y2 = T.MultiplyAdd(factor, b1, y2);
            }

            if (TRows.Value > 3)
            {
                factor = T.Broadcast(a3);
                x3 = T.MultiplyAdd(factor, b0, x3);
                if (TColumns.Two) y3 = T.MultiplyAdd(factor, b1, y3);
            }

            if (TRows.Value > 4)
            {
                factor = T.Broadcast(a3 + aRow);
                x4 = T.MultiplyAdd(factor, b0, x4);
                if (TColumns.Two) y4 = T.MultiplyAdd(factor, b1, y4);
            }

            if (TRows.Value > 5)
            {
                factor = T.Broadcast(a3 + aRow2);
                x5 = T.MultiplyAdd(factor, b0, x5);
                if (TColumns.Two) y5 = T.MultiplyAdd(factor, b1, y5);
            }

            if (TRows.Value > 6)
            {
                factor = T.Broadcast(a6);
                x6 = T.MultiplyAdd(factor, b0, x6);
                if (TColumns.Two) y6 = T.MultiplyAdd(factor, b1, y6);
            }

            if (TRows.Value > 7)
            {
                factor = T.Broadcast(a6 + aRow);
                x7 = T.MultiplyAdd(factor, b0, x7);
                if (TColumns.Two) y7 = T.MultiplyAdd(factor, b1, y7);
            }

            if (TRows.Value > 8)
            {
                factor = T.Broadcast(a6 + aRow2);
                x8 = T.MultiplyAdd(factor, b0, x8);
                if (TColumns.Two) y8 = T.MultiplyAdd(factor, b1, y8);
            }

            if (TRows.Value > 9)
            {
                factor = T.Broadcast(a9);
                x9 = T.MultiplyAdd(factor, b0, x9);
                if (TColumns.Two) y9 = T.MultiplyAdd(factor, b1, y9);
            }

            if (TRows.Value > 10)
            {
                factor = T.Broadcast(a9 + aRow);
                x10 = T.MultiplyAdd(factor, b0, x10);
                if (TColumns.Two) y10 = T.MultiplyAdd(factor, b1, y10);
            }

            if (TRows.Value > 11)
            {
                factor = T.Broadcast(a9 + aRow2);
                x11 = T.MultiplyAdd(factor, b0, x11);
                if (TColumns.Two) y11 = T.MultiplyAdd(factor, b1, y11);
            }

            if (TRows.Value > 12)
            {
                factor = T.Broadcast(a12);
                x12 = T.MultiplyAdd(factor, b0, x12);
                if (TColumns.Two) y12 = T.MultiplyAdd(factor, b1, y12);
            }

            if (TRows.Value > 13)
            {
                factor = T.Broadcast(a12 + aRow);
                x13 = T.MultiplyAdd(factor, b0, x13);
                if (TColumns.Two) y13 = T.MultiplyAdd(factor, b1, y13);
            }

            b += bStep;
            a0 += aStep;
            if (TRows.Value > 3) a3 += aStep;
            if (TRows.Value > 6) a6 += aStep;
            if (TRows.Value > 9) a9 += aStep;
            if (TRows.Value > 12) a12 += aStep;
        }

        Write<T, TColumns>(c, x0, y0, mask, accumulate);
        if (TRows.Value > 1) Write<T, TColumns>(c + cRow, x1, y1, mask, accumulate);
        if (TRows.Value > 2) Write<T, TColumns>(c + (2 * cRow), x2, y2, mask, accumulate);
        if (TRows.Value > 3) Write<T, TColumns>(c + (3 * cRow), x3, y3, mask, accumulate);
        if (TRows.Value > 4) Write<T, TColumns>(c + (4 * cRow), x4, y4, mask, accumulate);
        if (TRows.Value > 5) Write<T, TColumns>(c + (5 * cRow), x5, y5, mask, accumulate);
        if (TRows.Value > 6) Write<T, TColumns>(c + (6 * cRow), x6, y6, mask, accumulate);
        if (TRows.Value > 7) Write<T, TColumns>(c + (7 * cRow), x7, y7, mask, accumulate);
        if (TRows.Value > 8) Write<T, TColumns>(c + (8 * cRow), x8, y8, mask, accumulate);
        if (TRows.Value > 9) Write<T, TColumns>(c + (9 * cRow), x9, y9, mask, accumulate);
        if (TRows.Value > 10) Write<T, TColumns>(c + (10 * cRow), x10, y10, mask, accumulate);
        if (TRows.Value > 11) Write<T, TColumns>(c + (11 * cRow), x11, y11, mask, accumulate);
        if (TRows.Value > 12) Write<T, TColumns>(c + (12 * cRow), x12, y12, mask, accumulate);
        if (TRows.Value > 13) Write<T, TColumns>(c + (13 * cRow), x13, y13, mask, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<T, TColumns>(float* c, T x, T y, T mask, bool accumulate)
        where T : struct, ILanes<T>
        where TColumns : struct, ITileColumns
    {
        if (TColumns.Masked && !TColumns.Two)
        {
            if (accumulate) x += T.LoadWhere(mask, c);
            x.StoreWhere(mask, c);
            return;
        }

        if (accumulate) x += T.Load(c);
        x.Store(c);
        if (!TColumns.Two) return;
        if (TColumns.Masked)
        {
            if (accumulate) y += T.LoadWhere(mask, c + T.Count);
            y.StoreWhere(mask, c + T.Count);
            return;
        }

        if (accumulate) y += T.Load(c + T.Count);
        y.Store(c + T.Count);
    }

    /// <summary>C's rows are wanted when the sums are done: on their way from memory meanwhile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch<TRows>(float* c, nint cRow)
        where TRows : struct, IConstant
    {
        if (!Sse.IsSupported) return;
        for (int i = 0; i < TRows.Value; i++)
        {
            Sse.Prefetch0(c);
            Sse.Prefetch0(c + 16);
            c += cRow;
        }
    }
}
