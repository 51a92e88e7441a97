using System.Runtime.CompilerServices;
using FastNets.Kernels.Gemm;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Recurrent;

/// <summary>The innermost loop of a scan: 1 to 8 rows of a left operand times a panel of 1 to 4 registers, all sums in registers.</summary>
/// <remarks>
/// <para>sums[row, register] = panel[0, register] + sum over p of a[row * aRow + p] * panel[1 + p, register], a register being as
/// many columns as it has lanes. The sums run over p in order, one rounding a step.</para>
/// <para>The sums go to a small buffer and not straight to their functions: a cell's functions need more registers than the
/// sums leave, and compiled once a row they would be ten times the code of this loop. The way through the first cache costs a few
/// percent of the functions' own time.</para>
/// <para>Rows are addressed from every third row's pointer; rows and registers that a tile does not have fall away at compile time.</para>
/// </remarks>
internal static unsafe class RecurrentTile
{
    /// <summary>The most rows a tile has.</summary>
    public const int MaxRows = 8;

    /// <summary>The most registers a row has.</summary>
    public const int MaxRegisters = 4;

    /// <summary>Computes one tile.</summary>
    /// <param name="a">The first row of the left operand.</param>
    /// <param name="aRow">From one of its rows to the next, in elements.</param>
    /// <param name="panel">[1 + depth, registers], see <see cref="RecurrentPanels"/>.</param>
    /// <param name="sums">[rows, registers], overwritten.</param>
    /// <param name="depth">The length of the sums; at 0 they are the panel's first row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T, TRows, TRegisters>(float* a, nint aRow, float* panel, float* sums, nint depth)
        where T : struct, ILanes<T>
        where TRows : struct, IConstant
        where TRegisters : struct, IConstant
    {
        T b0 = T.Load(panel);
        T b1 = TRegisters.Value > 1 ? T.Load(panel + T.Count) : b0;
        T b2 = TRegisters.Value > 2 ? T.Load(panel + (2 * T.Count)) : b0;
        T b3 = TRegisters.Value > 3 ? T.Load(panel + (3 * T.Count)) : b0;
        T x00 = b0, x01 = b1, x02 = b2, x03 = b3;
        T x10 = b0, x11 = b1, x12 = b2, x13 = b3;
        T x20 = b0, x21 = b1, x22 = b2, x23 = b3;
        T x30 = b0, x31 = b1, x32 = b2, x33 = b3;
        T x40 = b0, x41 = b1, x42 = b2, x43 = b3;
        T x50 = b0, x51 = b1, x52 = b2, x53 = b3;
        T x60 = b0, x61 = b1, x62 = b2, x63 = b3;
        T x70 = b0, x71 = b1, x72 = b2, x73 = b3;
        nint aRow2 = 2 * aRow;
        float* a0 = a;
        float* a3 = a0 + (3 * aRow);
        float* a6 = a3 + (3 * aRow);
        for (; depth > 0; depth--)
        {
            panel += TRegisters.Value * T.Count;
            b0 = T.Load(panel);
            if (TRegisters.Value > 1) b1 = T.Load(panel + T.Count);
            if (TRegisters.Value > 2) b2 = T.Load(panel + (2 * T.Count));
            if (TRegisters.Value > 3) b3 = T.Load(panel + (3 * T.Count));
            T factor = T.Broadcast(a0);
            x00 = T.MultiplyAdd(factor, b0, x00);
            if (TRegisters.Value > 1) x01 = T.MultiplyAdd(factor, b1, x01);
            if (TRegisters.Value > 2) x02 = T.MultiplyAdd(factor, b2, x02);
            if (TRegisters.Value > 3) x03 = T.MultiplyAdd(factor, b3, x03);

            if (TRows.Value > 1)
            {
                factor = T.Broadcast(a0 + aRow);
                x10 = T.MultiplyAdd(factor, b0, x10);
                if (TRegisters.Value > 1) x11 = T.MultiplyAdd(factor, b1, x11);
                if (TRegisters.Value > 2) x12 = T.MultiplyAdd(factor, b2, x12);
                if (TRegisters.Value > 3) x13 = T.MultiplyAdd(factor, b3, x13);
            }

            if (TRows.Value > 2)
            {
                factor = T.Broadcast(a0 + aRow2);
                x20 = T.MultiplyAdd(factor, b0, x20);
                if (TRegisters.Value > 1) x21 = T.MultiplyAdd(factor, b1, x21);
                if (TRegisters.Value > 2) x22 = T.MultiplyAdd(factor, b2, x22);
                if (TRegisters.Value > 3) x23 = T.MultiplyAdd(factor, b3, x23);
            }

            if (TRows.Value > 3)
            {
                factor = T.Broadcast(a3);
                x30 = T.MultiplyAdd(factor, b0, x30);
                if (TRegisters.Value > 1) x31 = T.MultiplyAdd(factor, b1, x31);
                if (TRegisters.Value > 2) x32 = T.MultiplyAdd(factor, b2, x32);
                if (TRegisters.Value > 3) x33 = T.MultiplyAdd(factor, b3, x33);
            }

            if (TRows.Value > 4)
            {
                factor = T.Broadcast(a3 + aRow);
                x40 = T.MultiplyAdd(factor, b0, x40);
                if (TRegisters.Value > 1) x41 = T.MultiplyAdd(factor, b1, x41);
                if (TRegisters.Value > 2) x42 = T.MultiplyAdd(factor, b2, x42);
                if (TRegisters.Value > 3) x43 = T.MultiplyAdd(factor, b3, x43);
            }

            if (TRows.Value > 5)
            {
                factor = T.Broadcast(a3 + aRow2);
                x50 = T.MultiplyAdd(factor, b0, x50);
                if (TRegisters.Value > 1) x51 = T.MultiplyAdd(factor, b1, x51);
                if (TRegisters.Value > 2) x52 = T.MultiplyAdd(factor, b2, x52);
                if (TRegisters.Value > 3) x53 = T.MultiplyAdd(factor, b3, x53);
            }

            if (TRows.Value > 6)
            {
                factor = T.Broadcast(a6);
                x60 = T.MultiplyAdd(factor, b0, x60);
                if (TRegisters.Value > 1) x61 = T.MultiplyAdd(factor, b1, x61);
                if (TRegisters.Value > 2) x62 = T.MultiplyAdd(factor, b2, x62);
                if (TRegisters.Value > 3) x63 = T.MultiplyAdd(factor, b3, x63);
            }

            if (TRows.Value > 7)
            {
                factor = T.Broadcast(a6 + aRow);
                x70 = T.MultiplyAdd(factor, b0, x70);
                if (TRegisters.Value > 1) x71 = T.MultiplyAdd(factor, b1, x71);
                if (TRegisters.Value > 2) x72 = T.MultiplyAdd(factor, b2, x72);
                if (TRegisters.Value > 3) x73 = T.MultiplyAdd(factor, b3, x73);
            }

            a0++;
            if (TRows.Value > 3) a3++;
            if (TRows.Value > 6) a6++;
        }

        Write<T, TRegisters>(sums, x00, x01, x02, x03);
        if (TRows.Value > 1) Write<T, TRegisters>(sums + (TRegisters.Value * T.Count), x10, x11, x12, x13);
        if (TRows.Value > 2) Write<T, TRegisters>(sums + (2 * TRegisters.Value * T.Count), x20, x21, x22, x23);
        if (TRows.Value > 3) Write<T, TRegisters>(sums + (3 * TRegisters.Value * T.Count), x30, x31, x32, x33);
        if (TRows.Value > 4) Write<T, TRegisters>(sums + (4 * TRegisters.Value * T.Count), x40, x41, x42, x43);
        if (TRows.Value > 5) Write<T, TRegisters>(sums + (5 * TRegisters.Value * T.Count), x50, x51, x52, x53);
        if (TRows.Value > 6) Write<T, TRegisters>(sums + (6 * TRegisters.Value * T.Count), x60, x61, x62, x63);
        if (TRows.Value > 7) Write<T, TRegisters>(sums + (7 * TRegisters.Value * T.Count), x70, x71, x72, x73);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<T, TRegisters>(float* sums, T x0, T x1, T x2, T x3)
        where T : struct, ILanes<T>
        where TRegisters : struct, IConstant
    {
        x0.Store(sums);
        if (TRegisters.Value > 1) x1.Store(sums + T.Count);
        if (TRegisters.Value > 2) x2.Store(sums + (2 * T.Count));
        if (TRegisters.Value > 3) x3.Store(sums + (3 * T.Count));
    }
}
