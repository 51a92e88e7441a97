using FastNets.Kernels.Gemm;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Recurrent;

/// <summary>The compiled tiles of every height and width.</summary>
internal static unsafe class RecurrentTiles
{
    /// <summary>The most rows of a tile: the sums, a register of each of the panel's and one of the left operand must fit the register file.</summary>
    public static int MaxRows<T>(int registers)
        where T : struct, ILanes<T> => T.Count == 16
            ? registers == 4 ? 6 : RecurrentTile.MaxRows
            : registers switch { 4 => 3, 3 => 4, 2 => 6, _ => RecurrentTile.MaxRows };

    /// <summary>The tile of <paramref name="rows"/> rows and <paramref name="registers"/> registers.</summary>
    public static delegate*<float*, nint, float*, float*, nint, void> Select<T>(int rows, int registers)
        where T : struct, ILanes<T> => registers switch
        {
            1 => Select<T, N1>(rows),
            2 => Select<T, N2>(rows),
            3 => Select<T, N3>(rows),
            _ => Select<T, N4>(rows),
        };

    private static delegate*<float*, nint, float*, float*, nint, void> Select<T, TRegisters>(int rows)
        where T : struct, ILanes<T>
        where TRegisters : struct, IConstant => rows switch
        {
            1 => &RecurrentRow.Run<T, TRegisters>,
            2 => &RecurrentTile.Run<T, N2, TRegisters>,
            3 => &RecurrentTile.Run<T, N3, TRegisters>,
            4 => &RecurrentTile.Run<T, N4, TRegisters>,
            5 => &RecurrentTile.Run<T, N5, TRegisters>,
            6 => &RecurrentTile.Run<T, N6, TRegisters>,
            7 => &RecurrentTile.Run<T, N7, TRegisters>,
            _ => &RecurrentTile.Run<T, N8, TRegisters>,
        };
}
