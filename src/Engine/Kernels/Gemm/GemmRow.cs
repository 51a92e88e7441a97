using System.Runtime.CompilerServices;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Gemm;

/// <summary>The product of one row with a matrix: up to 8 registers of columns at a time, so that the sums don't wait for each other.</summary>
internal static unsafe class GemmRow
{
    /// <summary>The most registers of columns.</summary>
    public const int MaxRegisters = 8;

    /// <summary>c[j] (+)= sum over p of a[p * aStep] * b[p * bStep + j], in the order of p.</summary>
    /// <param name="a">The row.</param>
    /// <param name="aStep">From one element of the row to the next.</param>
    /// <param name="b">The first column of B.</param>
    /// <param name="bStep">From one row of B to the next.</param>
    /// <param name="c">The first column of C.</param>
    /// <param name="k">The length of the sums.</param>
    /// <param name="last">How many columns the last register has.</param>
    /// <param name="accumulate">Whether C is added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T, TRegisters>(float* a, nint aStep, float* b, nint bStep, float* c, nint k, int last, bool accumulate)
        where T : struct, ILanes<T>
        where TRegisters : struct, IConstant
    {
        T mask = T.FirstMask(last);
        T x0 = T.Create(0f);
        T x1 = T.Create(0f);
        T x2 = T.Create(0f);
        T x3 = T.Create(0f);
        T x4 = T.Create(0f);
        T x5 = T.Create(0f);
        T x6 = T.Create(0f);
        T x7 = T.Create(0f);
        for (; k > 0; k--)
        {
            T factor = T.Broadcast(a);
            x0 = T.MultiplyAdd(factor, Load<T, TRegisters>(b, 0, mask), x0);
            if (TRegisters.Value > 1) x1 = T.MultiplyAdd(factor, Load<T, TRegisters>(b, 1, mask), x1);
            if (TRegisters.Value > 2) x2 = T.MultiplyAdd(factor, Load<T, TRegisters>(b, 2, mask), x2);
            if (TRegisters.Value > 3) x3 = T.MultiplyAdd(factor, Load<T, TRegisters>(b, 3, mask), x3);
            if (TRegisters.Value > 4) x4 = T.MultiplyAdd(factor, Load<T, TRegisters>(b, 4, mask), x4);
            if (TRegisters.Value > 5) x5 = T.MultiplyAdd(factor, Load<T, TRegisters>(b, 5, mask), x5);
            if (TRegisters.Value > 6) x6 = T.MultiplyAdd(factor, Load<T, TRegisters>(b, 6, mask), x6);
            if (TRegisters.Value > 7) x7 = T.MultiplyAdd(factor, Load<T, TRegisters>(b, 7, mask), x7);
            a += aStep;
            b += bStep;
        }

        Write<T, TRegisters>(c, 0, x0, mask, accumulate);
        if (TRegisters.Value > 1) Write<T, TRegisters>(c, 1, x1, mask, accumulate);
        if (TRegisters.Value > 2) Write<T, TRegisters>(c, 2, x2, mask, accumulate);
        if (TRegisters.Value > 3) Write<T, TRegisters>(c, 3, x3, mask, accumulate);
        if (TRegisters.Value > 4) Write<T, TRegisters>(c, 4, x4, mask, accumulate);
        if (TRegisters.Value > 5) Write<T, TRegisters>(c, 5, x5, mask, accumulate);
        if (TRegisters.Value > 6) Write<T, TRegisters>(c, 6, x6, mask, accumulate);
        if (TRegisters.Value > 7) Write<T, TRegisters>(c, 7, x7, mask, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Load<T, TRegisters>(float* b, int register, T mask)
        where T : struct, ILanes<T>
        where TRegisters : struct, IConstant =>
        register == TRegisters.Value - 1 ? T.LoadWhere(mask, b + (register * T.Count)) : T.Load(b + (register * T.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<T, TRegisters>(float* c, int register, T x, T mask, bool accumulate)
        where T : struct, ILanes<T>
        where TRegisters : struct, IConstant
    {
        if (accumulate) x += Load<T, TRegisters>(c, register, mask);
        if (register == TRegisters.Value - 1) x.StoreWhere(mask, c + (register * T.Count));
        else x.Store(c + (register * T.Count));
    }
}
