using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using FastNets.Kernels;

namespace FastNets.Rocket.Heads.Solver;

/// <summary>The innermost loop of all products of the ridge solver: 8 rows of C by <see cref="Width{N}"/> columns, kept in registers.</summary>
/// <remarks>
/// <para><c>C[i, j] (+)= sum over p of a[i * aRow + p * aStep] * b[p * bStep + j]</c>: A's elements are broadcast, B's loaded as
/// vectors; B is best packed so that a tile's columns lie side by side. The sums run over p in order, one rounding a step with vectors.</para>
/// <para>With 32 registers 8 rows of 3 registers are 24 sums, with 16 registers 4 rows of 3 are 12. Sizes are whole tiles: what
/// is smaller is padded with zeros, so there is no edge.</para>
/// </remarks>
internal static unsafe class ProductTile
{
    /// <summary>The rows of a tile.</summary>
    public const int Rows = 8;

    /// <summary>What becomes of C.</summary>
    public enum Into
    {
        /// <summary>C = A * B.</summary>
        Overwrite,

        /// <summary>C = C + A * B.</summary>
        Add,

        /// <summary>C = C - A * B.</summary>
        Subtract,
    }

    /// <summary>The columns of a tile: three of the widest registers.</summary>
    public static int Width<N>()
        where N : unmanaged => 3 * 64 / sizeof(N);

    /// <summary>Computes tiles below one another.</summary>
    /// <param name="c">C, [rows, <see cref="Width{N}"/>].</param>
    /// <param name="ldc">From one row of C to the next.</param>
    /// <param name="a">A, [rows, depth].</param>
    /// <param name="aRow">From one row of A to the next.</param>
    /// <param name="aStep">From one p to the next in A.</param>
    /// <param name="b">B, [depth, <see cref="Width{N}"/>].</param>
    /// <param name="bStep">From one p to the next in B.</param>
    /// <param name="rows">A multiple of <see cref="Rows"/>.</param>
    /// <param name="depth">The length of the sums.</param>
    /// <param name="into">What becomes of C.</param>
    /// <param name="isa">The instruction set, supported here.</param>
    public static void Multiply<N>(N* c, nint ldc, N* a, nint aRow, nint aStep, N* b, nint bStep, int rows, int depth, Into into, Isa isa)
        where N : unmanaged
    {
        if (typeof(N) == typeof(double))
        {
            var (c2, a2, b2) = ((nint)c, (nint)a, (nint)b);
            switch (isa)
            {
                case Isa.Vector512: Run<Double8, double>((double*)c2, ldc, (double*)a2, aRow, aStep, (double*)b2, bStep, rows, depth, into); break;
                case Isa.Vector256: Run<Double4, double>((double*)c2, ldc, (double*)a2, aRow, aStep, (double*)b2, bStep, rows, depth, into); break;
                default: Run<Double1, double>((double*)c2, ldc, (double*)a2, aRow, aStep, (double*)b2, bStep, rows, depth, into); break;
            }
        }
        else
        {
            switch (isa)
            {
                case Isa.Vector512: Run<Single16, float>((float*)c, ldc, (float*)a, aRow, aStep, (float*)b, bStep, rows, depth, into); break;
                case Isa.Vector256: Run<Single8, float>((float*)c, ldc, (float*)a, aRow, aStep, (float*)b, bStep, rows, depth, into); break;
                default: Run<Single1, float>((float*)c, ldc, (float*)a, aRow, aStep, (float*)b, bStep, rows, depth, into); break;
            }
        }
    }

    private static void Run<T, N>(N* c, nint ldc, N* a, nint aRow, nint aStep, N* b, nint bStep, int rows, int depth, Into into)
        where T : struct, ITileLanes<T, N>
        where N : unmanaged
    {
        for (int i = 0; i < rows; i += Rows)
        {
            if (T.HasManyRegisters)
            {
                if (into != Into.Overwrite) Prefetch(c, ldc);
                Rows8<T, N>(c, ldc, a, aRow, aStep, b, bStep, depth, into);
            }
            else
            {
                for (int j = 0; j < Width<N>(); j += 3 * T.Count)
                {
                    Rows4<T, N>(c + j, ldc, a, aRow, aStep, b + j, bStep, depth, into);
                    Rows4<T, N>(c + j + (4 * ldc), ldc, a + (4 * aRow), aRow, aStep, b + j, bStep, depth, into);
                }
            }

            c += Rows * ldc;
            a += Rows * aRow;
        }
    }

    // C comes from far away; it is called for before the sums, and there when they are done.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch<N>(N* c, nint ldc)
        where N : unmanaged
    {
        for (int i = 0; i < Rows; i++)
        {
            byte* row = (byte*)(c + (i * ldc));
            Sse.Prefetch0(row);
            Sse.Prefetch0(row + 64);
            Sse.Prefetch0(row + 128);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows8<T, N>(N* c, nint ldc, N* a, nint aRow, nint aStep, N* b, nint bStep, int depth, Into into)
        where T : struct, ITileLanes<T, N>
        where N : unmanaged
    {
        T x0 = default, y0 = default, z0 = default;
        T x1 = default, y1 = default, z1 = default;
        T x2 = default, y2 = default, z2 = default;
        T x3 = default, y3 = default, z3 = default;
        T x4 = default, y4 = default, z4 = default;
        T x5 = default, y5 = default, z5 = default;
        T x6 = default, y6 = default, z6 = default;
        T x7 = default, y7 = default, z7 = default;
        N* a0 = a;
        N* a1 = a0 + aRow;
        N* a2 = a1 + aRow;
        N* a3 = a2 + aRow;
        N* a4 = a3 + aRow;
        N* a5 = a4 + aRow;
        N* a6 = a5 + aRow;
        N* a7 = a6 + aRow;
        nint offset = 0;
        for (int p = 0; p < depth; p++)
        {
            T b0 = T.Load(b);
            T b1 = T.Load(b + T.Count);
            T b2 = T.Load(b + (2 * T.Count));
            T v0 = T.Broadcast(a0 + offset);
            x0 = T.MultiplyAdd(v0, b0, x0);
            y0 = T.MultiplyAdd(v0, b1, y0);
            z0 = T.MultiplyAdd(v0, b2, z0);
            T v1 = T.Broadcast(a1 + offset);
            x1 = T.MultiplyAdd(v1, b0, x1);
            y1 = T.MultiplyAdd(v1, b1, y1);
            z1 = T.MultiplyAdd(v1, b2, z1);
            T v2 = T.Broadcast(a2 + offset);
            x2 = T.MultiplyAdd(v2, b0, x2);
            y2 = T.MultiplyAdd(v2, b1, y2);
            z2 = T.MultiplyAdd(v2, b2, z2);
            T v3 = T.Broadcast(a3 + offset);
            x3 = T.MultiplyAdd(v3, b0, x3);
            y3 = T.MultiplyAdd(v3, b1, y3);
            z3 = T.MultiplyAdd(v3, b2, z3);
            T v4 = T.Broadcast(a4 + offset);
            x4 = T.MultiplyAdd(v4, b0, x4);
            y4 = T.MultiplyAdd(v4, b1, y4);
            z4 = T.MultiplyAdd(v4, b2, z4);
            T v5 = T.Broadcast(a5 + offset);
            x5 = T.MultiplyAdd(v5, b0, x5);
            y5 = T.MultiplyAdd(v5, b1, y5);
            z5 = T.MultiplyAdd(v5, b2, z5);
            T v6 = T.Broadcast(a6 + offset);
            x6 = T.MultiplyAdd(v6, b0, x6);
            y6 = T.MultiplyAdd(v6, b1, y6);
            z6 = T.MultiplyAdd(v6, b2, z6);
            T v7 = T.Broadcast(a7 + offset);
            x7 = T.MultiplyAdd(v7, b0, x7);
            y7 = T.MultiplyAdd(v7, b1, y7);
            z7 = T.MultiplyAdd(v7, b2, z7);
            offset += aStep;
            b += bStep;
        }

        Store<T, N>(c, x0, y0, z0, into);
        Store<T, N>(c + ldc, x1, y1, z1, into);
        Store<T, N>(c + (2 * ldc), x2, y2, z2, into);
        Store<T, N>(c + (3 * ldc), x3, y3, z3, into);
        Store<T, N>(c + (4 * ldc), x4, y4, z4, into);
        Store<T, N>(c + (5 * ldc), x5, y5, z5, into);
        Store<T, N>(c + (6 * ldc), x6, y6, z6, into);
        Store<T, N>(c + (7 * ldc), x7, y7, z7, into);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows4<T, N>(N* c, nint ldc, N* a, nint aRow, nint aStep, N* b, nint bStep, int depth, Into into)
        where T : struct, ITileLanes<T, N>
        where N : unmanaged
    {
        T x0 = default, y0 = default, z0 = default;
        T x1 = default, y1 = default, z1 = default;
        T x2 = default, y2 = default, z2 = default;
        T x3 = default, y3 = default, z3 = default;
        N* a0 = a;
        N* a1 = a0 + aRow;
        N* a2 = a1 + aRow;
        N* a3 = a2 + aRow;
        nint offset = 0;
        for (int p = 0; p < depth; p++)
        {
            T b0 = T.Load(b);
            T b1 = T.Load(b + T.Count);
            T b2 = T.Load(b + (2 * T.Count));
            T v0 = T.Broadcast(a0 + offset);
            x0 = T.MultiplyAdd(v0, b0, x0);
            y0 = T.MultiplyAdd(v0, b1, y0);
            z0 = T.MultiplyAdd(v0, b2, z0);
            T v1 = T.Broadcast(a1 + offset);
            x1 = T.MultiplyAdd(v1, b0, x1);
            y1 = T.MultiplyAdd(v1, b1, y1);
            z1 = T.MultiplyAdd(v1, b2, z1);
            T v2 = T.Broadcast(a2 + offset);
            x2 = T.MultiplyAdd(v2, b0, x2);
            y2 = T.MultiplyAdd(v2, b1, y2);
            z2 = T.MultiplyAdd(v2, b2, z2);
            T v3 = T.Broadcast(a3 + offset);
            x3 = T.MultiplyAdd(v3, b0, x3);
            y3 = T.MultiplyAdd(v3, b1, y3);
            z3 = T.MultiplyAdd(v3, b2, z3);
            offset += aStep;
            b += bStep;
        }

        Store<T, N>(c, x0, y0, z0, into);
        Store<T, N>(c + ldc, x1, y1, z1, into);
        Store<T, N>(c + (2 * ldc), x2, y2, z2, into);
        Store<T, N>(c + (3 * ldc), x3, y3, z3, into);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T, N>(N* c, T x, T y, T z, Into into)
        where T : struct, ITileLanes<T, N>
        where N : unmanaged
    {
        if (into != Into.Overwrite)
        {
            T x0 = T.Load(c), y0 = T.Load(c + T.Count), z0 = T.Load(c + (2 * T.Count));
            (x, y, z) = into == Into.Add ? (x0 + x, y0 + y, z0 + z) : (x0 - x, y0 - y, z0 - z);
        }

        x.Store(c);
        y.Store(c + T.Count);
        z.Store(c + (2 * T.Count));
    }
}
