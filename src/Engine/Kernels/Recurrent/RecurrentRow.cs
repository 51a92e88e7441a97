using System.Runtime.CompilerServices;
using FastNets.Kernels.Gemm;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Recurrent;

/// <summary>
/// The innermost loop for a single row: a vector times a panel. One row's few sums would wait for each other's
/// multiply-adds, so four sums of every fourth p run side by side and are added up at the end, in a fixed order.
/// </summary>
internal static unsafe class RecurrentRow
{
    /// <summary>Computes one row; parameters as in <see cref="RecurrentTile"/>.</summary>
    /// <param name="a">The left operand.</param>
    /// <param name="aRow">Not used: there is one row.</param>
    /// <param name="panel">[1 + depth, registers].</param>
    /// <param name="sums">[registers], overwritten.</param>
    /// <param name="depth">The length of the sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T, TRegisters>(float* a, nint aRow, float* panel, float* sums, nint depth)
        where T : struct, ILanes<T>
        where TRegisters : struct, IConstant
    {
        int width = TRegisters.Value * T.Count;
        T zero = T.Create(0f);
        T x00 = T.Load(panel), x01 = zero, x02 = zero, x03 = zero;
        if (TRegisters.Value > 1) x01 = T.Load(panel + T.Count);
        if (TRegisters.Value > 2) x02 = T.Load(panel + (2 * T.Count));
        if (TRegisters.Value > 3) x03 = T.Load(panel + (3 * T.Count));
        T x10 = zero, x11 = zero, x12 = zero, x13 = zero;
        T x20 = zero, x21 = zero, x22 = zero, x23 = zero;
        T x30 = zero, x31 = zero, x32 = zero, x33 = zero;
        panel += width;
        for (; depth >= 4; depth -= 4)
        {
            T factor = T.Broadcast(a);
            x00 = T.MultiplyAdd(factor, T.Load(panel), x00);
            if (TRegisters.Value > 1) x01 = T.MultiplyAdd(factor, T.Load(panel + T.Count), x01);
            if (TRegisters.Value > 2) x02 = T.MultiplyAdd(factor, T.Load(panel + (2 * T.Count)), x02);
            if (TRegisters.Value > 3) x03 = T.MultiplyAdd(factor, T.Load(panel + (3 * T.Count)), x03);
            panel += width;
            factor = T.Broadcast(a + 1);
            x10 = T.MultiplyAdd(factor, T.Load(panel), x10);
            if (TRegisters.Value > 1) x11 = T.MultiplyAdd(factor, T.Load(panel + T.Count), x11);
            if (TRegisters.Value > 2) x12 = T.MultiplyAdd(factor, T.Load(panel + (2 * T.Count)), x12);
            if (TRegisters.Value > 3) x13 = T.MultiplyAdd(factor, T.Load(panel + (3 * T.Count)), x13);
            panel += width;
            factor = T.Broadcast(a + 2);
            x20 = T.MultiplyAdd(factor, T.Load(panel), x20);
            if (TRegisters.Value > 1) x21 = T.MultiplyAdd(factor, T.Load(panel + T.Count), x21);
            if (TRegisters.Value > 2) x22 = T.MultiplyAdd(factor, T.Load(panel + (2 * T.Count)), x22);
            if (TRegisters.Value > 3) x23 = T.MultiplyAdd(factor, T.Load(panel + (3 * T.Count)), x23);
            panel += width;
            factor = T.Broadcast(a + 3);
            x30 = T.MultiplyAdd(factor, T.Load(panel), x30);
            if (TRegisters.Value > 1) x31 = T.MultiplyAdd(factor, T.Load(panel + T.Count), x31);
            if (TRegisters.Value > 2) x32 = T.MultiplyAdd(factor, T.Load(panel + (2 * T.Count)), x32);
            if (TRegisters.Value > 3) x33 = T.MultiplyAdd(factor, T.Load(panel + (3 * T.Count)), x33);
            panel += width;
            a += 4;
        }

        for (; depth > 0; depth--)
        {
            T factor = T.Broadcast(a);
            x00 = T.MultiplyAdd(factor, T.Load(panel), x00);
            if (TRegisters.Value > 1) x01 = T.MultiplyAdd(factor, T.Load(panel + T.Count), x01);
            if (TRegisters.Value > 2) x02 = T.MultiplyAdd(factor, T.Load(panel + (2 * T.Count)), x02);
            if (TRegisters.Value > 3) x03 = T.MultiplyAdd(factor, T.Load(panel + (3 * T.Count)), x03);
            panel += width;
            a++;
        }

        ((x00 + x10) + (x20 + x30)).Store(sums);
        if (TRegisters.Value > 1) ((x01 + x11) + (x21 + x31)).Store(sums + T.Count);
        if (TRegisters.Value > 2) ((x02 + x12) + (x22 + x32)).Store(sums + (2 * T.Count));
        if (TRegisters.Value > 3) ((x03 + x13) + (x23 + x33)).Store(sums + (3 * T.Count));
    }
}
