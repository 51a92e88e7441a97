using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Gemm;

/// <summary>
/// Copies a run of an operand into the order in which the tile reads it: for each p the panel's elements side by side,
/// <c>width</c> from one p to the next; the panel's missing elements are 0.
/// </summary>
internal static unsafe class GemmPacking
{
    /// <summary>From a matrix in which the panel's elements are adjacent: element (p, i) lies at source[p * stride + i].</summary>
    /// <param name="source">The panel's first element.</param>
    /// <param name="stride">From one p to the next.</param>
    /// <param name="count">The panel's elements, at most <paramref name="width"/>.</param>
    /// <param name="depth">How many p.</param>
    /// <param name="target">[depth, width].</param>
    /// <param name="width">A multiple of the register's lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<T>(float* source, nint stride, int count, int depth, float* target, int width)
        where T : struct, ILanes<T>
    {
        for (int i = 0; i < width; i += T.Count)
        {
            float* from = source + i;
            float* to = target + i;
            int rest = count - i;
            T mask = T.FirstMask(rest);
            for (int p = 0; p < depth; p++)
            {
                (rest >= T.Count ? T.Load(from) : T.LoadWhere(mask, from)).Store(to);
                from += stride;
                to += width;
            }
        }
    }

    /// <summary>From a matrix in which the p are adjacent: element (p, i) lies at source[i * stride + p]. Blocks of 8 by 8 are transposed in registers.</summary>
    /// <param name="source">The panel's first element.</param>
    /// <param name="stride">From one of the panel's elements to the next.</param>
    /// <param name="count">The panel's elements, at most <paramref name="width"/>.</param>
    /// <param name="depth">How many p.</param>
    /// <param name="target">[depth, width].</param>
    /// <param name="width">A multiple of 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* source, nint stride, int count, int depth, float* target, int width)
    {
        for (int i = 0; i < width; i += 8)
        {
            int rows = Math.Clamp(count - i, 0, 8);
            float* from = source + (i * stride);
            float* to = target + i;
            int p = 0;
            for (; p <= depth - 8; p += 8)
            {
                Block(from + p, stride, rows, Vector256<float>.AllBitsSet, to, width, 8);
                to += 8 * width;
            }

            if (p < depth) Block(from + p, stride, rows, Lanes8.FirstMask(depth - p).Value, to, width, depth - p);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(float* from, nint stride, int rows, Vector256<float> mask, float* to, nint width, int columns)
    {
        Vector256<float> r0 = Row(from, stride, 0, rows, mask);
        Vector256<float> r1 = Row(from, stride, 1, rows, mask);
        Vector256<float> r2 = Row(from, stride, 2, rows, mask);
        Vector256<float> r3 = Row(from, stride, 3, rows, mask);
        Vector256<float> r4 = Row(from, stride, 4, rows, mask);
        Vector256<float> r5 = Row(from, stride, 5, rows, mask);
        Vector256<float> r6 = Row(from, stride, 6, rows, mask);
        Vector256<float> r7 = Row(from, stride, 7, rows, mask);

        // Pairs of rows, then fours, within halves of 128 bits; then the halves are put together.
        Vector256<double> p01Low = Avx.UnpackLow(r0, r1).AsDouble(), p01High = Avx.UnpackHigh(r0, r1).AsDouble();
        Vector256<double> p23Low = Avx.UnpackLow(r2, r3).AsDouble(), p23High = Avx.UnpackHigh(r2, r3).AsDouble();
        Vector256<double> p45Low = Avx.UnpackLow(r4, r5).AsDouble(), p45High = Avx.UnpackHigh(r4, r5).AsDouble();
        Vector256<double> p67Low = Avx.UnpackLow(r6, r7).AsDouble(), p67High = Avx.UnpackHigh(r6, r7).AsDouble();
        Vector256<float> c04Top = Avx.UnpackLow(p01Low, p23Low).AsSingle(), c04Bottom = Avx.UnpackLow(p45Low, p67Low).AsSingle();
        Vector256<float> c15Top = Avx.UnpackHigh(p01Low, p23Low).AsSingle(), c15Bottom = Avx.UnpackHigh(p45Low, p67Low).AsSingle();
        Vector256<float> c26Top = Avx.UnpackLow(p01High, p23High).AsSingle(), c26Bottom = Avx.UnpackLow(p45High, p67High).AsSingle();
        Vector256<float> c37Top = Avx.UnpackHigh(p01High, p23High).AsSingle(), c37Bottom = Avx.UnpackHigh(p45High, p67High).AsSingle();
        Avx.Store(to, Avx.Permute2x128(c04Top, c04Bottom, 0x20));
        if (columns > 1) Avx.Store(to + width, Avx.Permute2x128(c15Top, c15Bottom, 0x20));
        if (columns > 2) Avx.Store(to + (2 * width), Avx.Permute2x128(c26Top, c26Bottom, 0x20));
        if (columns > 3) Avx.Store(to + (3 * width), Avx.Permute2x128(c37Top, c37Bottom, 0x20));
        if (columns > 4) Avx.Store(to + (4 * width), Avx.Permute2x128(c04Top, c04Bottom, 0x31));
        if (columns > 5) Avx.Store(to + (5 * width), Avx.Permute2x128(c15Top, c15Bottom, 0x31));
        if (columns > 6) Avx.Store(to + (6 * width), Avx.Permute2x128(c26Top, c26Bottom, 0x31));
        if (columns > 7) Avx.Store(to + (7 * width), Avx.Permute2x128(c37Top, c37Bottom, 0x31));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Row(float* from, nint stride, int row, int rows, Vector256<float> mask) =>
        row < rows ? Avx.MaskLoad(from + (row * stride), mask) : Vector256<float>.Zero;
}
