using System.Runtime.CompilerServices;

namespace FastNets.Rocket.Heads.Solver;

/// <summary>Dot products and sums of contiguous columns, whose length is a multiple of 8.</summary>
/// <remarks>The order of additions depends on length and register width only.</remarks>
internal static unsafe class ColumnSums
{
    /// <summary>The sum of products of two columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot<T>(double* x, double* y, int count)
        where T : struct, ITileLanes<T, double>
    {
        T s0 = default, s1 = default, s2 = default, s3 = default;
        int i = 0;
        for (; i <= count - (4 * T.Count); i += 4 * T.Count)
        {
            s0 = T.MultiplyAdd(T.Load(x + i), T.Load(y + i), s0);
            s1 = T.MultiplyAdd(T.Load(x + i + T.Count), T.Load(y + i + T.Count), s1);
            s2 = T.MultiplyAdd(T.Load(x + i + (2 * T.Count)), T.Load(y + i + (2 * T.Count)), s2);
            s3 = T.MultiplyAdd(T.Load(x + i + (3 * T.Count)), T.Load(y + i + (3 * T.Count)), s3);
        }

        for (; i < count; i += T.Count) s0 = T.MultiplyAdd(T.Load(x + i), T.Load(y + i), s0);
        return Across((s0 + s1) + (s2 + s3));
    }

    /// <summary>The sums of products of a column with eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dots<T>(double* vectors, nint stride, double* column, int count, double* dots)
        where T : struct, ITileLanes<T, double>
    {
        T s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        double* v3 = vectors + (3 * stride);
        double* v6 = vectors + (6 * stride);
        for (int i = 0; i < count; i += T.Count)
        {
            T x = T.Load(column + i);
            s0 = T.MultiplyAdd(x, T.Load(vectors + i), s0);
            s1 = T.MultiplyAdd(x, T.Load(vectors + stride + i), s1);
            s2 = T.MultiplyAdd(x, T.Load(vectors + (2 * stride) + i), s2);
            s3 = T.MultiplyAdd(x, T.Load(v3 + i), s3);
            s4 = T.MultiplyAdd(x, T.Load(v3 + stride + i), s4);
            s5 = T.MultiplyAdd(x, T.Load(v3 + (2 * stride) + i), s5);
            s6 = T.MultiplyAdd(x, T.Load(v6 + i), s6);
            s7 = T.MultiplyAdd(x, T.Load(v6 + stride + i), s7);
        }

        dots[0] = Across(s0);
        dots[1] = Across(s1);
        dots[2] = Across(s2);
        dots[3] = Across(s3);
        dots[4] = Across(s4);
        dots[5] = Across(s5);
        dots[6] = Across(s6);
        dots[7] = Across(s7);
    }

    /// <summary>Subtracts a multiple of a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Subtract<T>(double* column, double* vector, double factor, int count)
        where T : struct, ITileLanes<T, double>
    {
        double negative = -factor;
        T scale = T.Broadcast(&negative);
        for (int i = 0; i < count; i += T.Count) T.MultiplyAdd(scale, T.Load(vector + i), T.Load(column + i)).Store(column + i);
    }

    /// <summary>Subtracts multiples of eight columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SubtractAll<T>(double* column, double* vectors, nint stride, double* factors, int count)
        where T : struct, ITileLanes<T, double>
    {
        double* negative = stackalloc double[8];
        for (int i = 0; i < 8; i++) negative[i] = -factors[i];
        T f0 = T.Broadcast(negative), f1 = T.Broadcast(negative + 1), f2 = T.Broadcast(negative + 2), f3 = T.Broadcast(negative + 3);
        T f4 = T.Broadcast(negative + 4), f5 = T.Broadcast(negative + 5), f6 = T.Broadcast(negative + 6), f7 = T.Broadcast(negative + 7);
        double* v3 = vectors + (3 * stride);
        double* v6 = vectors + (6 * stride);
        for (int i = 0; i < count; i += T.Count)
        {
            T x = T.MultiplyAdd(f0, T.Load(vectors + i), T.Load(column + i));
            x = T.MultiplyAdd(f1, T.Load(vectors + stride + i), x);
            x = T.MultiplyAdd(f2, T.Load(vectors + (2 * stride) + i), x);
            x = T.MultiplyAdd(f3, T.Load(v3 + i), x);
            x = T.MultiplyAdd(f4, T.Load(v3 + stride + i), x);
            x = T.MultiplyAdd(f5, T.Load(v3 + (2 * stride) + i), x);
            x = T.MultiplyAdd(f6, T.Load(v6 + i), x);
            T.MultiplyAdd(f7, T.Load(v6 + stride + i), x).Store(column + i);
        }
    }

    /// <summary>Adds the squares of each column of a panel to the column's sum.</summary>
    /// <param name="rows">[count, <see cref="GramMatrix.Panel"/>].</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="sums">[<see cref="GramMatrix.Panel"/>].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddSquares<T>(double* rows, int count, double* sums)
        where T : struct, ITileLanes<T, double>
    {
        for (int j = 0; j < GramMatrix.Panel; j += T.Count)
        {
            T sum = T.Load(sums + j);
            for (int i = 0; i < count; i++)
            {
                T x = T.Load(rows + (i * GramMatrix.Panel) + j);
                sum = T.MultiplyAdd(x, x, sum);
            }

            sum.Store(sums + j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Across<T>(T lanes)
        where T : struct, ITileLanes<T, double>
    {
        double* values = stackalloc double[T.Count];
        lanes.Store(values);
        double sum = values[0];
        for (int i = 1; i < T.Count; i++) sum += values[i];
        return sum;
    }
}
