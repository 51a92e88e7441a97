using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Gemm;

/// <summary>The compiled tiles of every height.</summary>
internal static unsafe class GemmTiles
{
    /// <summary>The most rows of a tile: two registers of sums a row, two of B and one of A must fit the register file.</summary>
    public static int MaxRows<T>()
        where T : struct, ILanes<T> => T.Count == 16 ? GemmTile.MaxRows : 6;

    /// <summary>The tile of <paramref name="rows"/> rows and <paramref name="columns"/> columns, up to two registers.</summary>
    public static delegate*<float*, nint, nint, float*, nint, float*, nint, nint, int, bool, void> Select<T>(int rows, int columns, out int last)
        where T : struct, ILanes<T>
    {
        last = columns > T.Count ? columns - T.Count : columns;
        bool masked = last < T.Count;
        return columns > T.Count
            ? masked ? Select<T, TwoRegistersInPart>(rows) : Select<T, TwoRegisters>(rows)
            : masked ? Select<T, OneRegisterInPart>(rows) : Select<T, OneRegister>(rows);
    }

    private static delegate*<float*, nint, nint, float*, nint, float*, nint, nint, int, bool, void> Select<T, TColumns>(int rows)
        where T : struct, ILanes<T>
        where TColumns : struct, ITileColumns => rows switch
        {
            1 => &GemmTile.Run<T, N1, TColumns>,
            2 => &GemmTile.Run<T, N2, TColumns>,
            3 => &GemmTile.Run<T, N3, TColumns>,
            4 => &GemmTile.Run<T, N4, TColumns>,
            5 => &GemmTile.Run<T, N5, TColumns>,
            6 => &GemmTile.Run<T, N6, TColumns>,
            7 => &GemmTile.Run<T, N7, TColumns>,
            8 => &GemmTile.Run<T, N8, TColumns>,
            9 => &GemmTile.Run<T, N9, TColumns>,
            10 => &GemmTile.Run<T, N10, TColumns>,
            11 => &GemmTile.Run<T, N11, TColumns>,
            12 => &GemmTile.Run<T, N12, TColumns>,
            13 => &GemmTile.Run<T, N13, TColumns>,
            _ => &GemmTile.Run<T, N14, TColumns>,
        };
}
