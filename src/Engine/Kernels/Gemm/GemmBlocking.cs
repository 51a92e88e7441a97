namespace FastNets.Kernels.Gemm;

/// <summary>How a product is cut, by its shape and the instruction set alone.</summary>
internal readonly struct GemmBlocking
{
    /// <summary>
    /// The longest run of p between two visits of C. A packed panel of A (16 floats a step at most: 24 KiB) then stays in a first
    /// cache of 32 KiB while B streams past it.
    /// </summary>
    public const int MaxDepth = 384;

    /// <summary>
    /// The most columns of B that are packed at a time: 384 x 352 floats, 528 KiB, are half of a second cache of 1 MiB, which
    /// also sees A and C.
    /// </summary>
    public const int MaxPackedColumns = 352;

    /// <summary>
    /// From how many panels of rows on packing B pays: before that, reading its rows where they lie costs less than copying them.
    /// </summary>
    public const int PackedPanels = 6;

    /// <summary>From how many tiles in a row on packing A pays, for the same reason.</summary>
    public const int PackedTiles = 4;

    /// <summary>
    /// Multiply-adds below which a product stays on one thread: a quarter of a million take one core some 5 microseconds, as much as
    /// handing over work.
    /// </summary>
    public const long ParallelWork = 1 << 18;

    /// <summary>Multiply-adds of an item: enough to be worth fetching, few enough to share out evenly.</summary>
    public const long WorkPerItem = 1 << 17;

    private const int MaxItems = 64;

    public GemmBlocking(int m, int n, int k, int maxRows, int tileColumns)
    {
        Panels = (m + maxRows - 1) / maxRows;
        TileColumns = tileColumns;
        Tiles = (n + tileColumns - 1) / tileColumns;
        DepthBlocks = Math.Max(1, (k + MaxDepth - 1) / MaxDepth);
        Depth = (k + DepthBlocks - 1) / DepthBlocks;
        long work = (long)m * n * k;
        Items = work < ParallelWork ? 1 : (int)Math.Clamp(work / WorkPerItem, 1, MaxItems);
    }

    /// <summary>Panels of rows, of as equal a height as can be: a tile's rows are never padded.</summary>
    public int Panels { get; }

    /// <summary>The columns of a full tile: two registers.</summary>
    public int TileColumns { get; }

    /// <summary>Tiles side by side, the last one in part.</summary>
    public int Tiles { get; }

    /// <summary>The run of p between two visits of C.</summary>
    public int Depth { get; }

    /// <summary>How many such runs there are.</summary>
    public int DepthBlocks { get; }

    /// <summary>Into how many items the work is best cut.</summary>
    public int Items { get; }

    /// <summary>Column parts begin at whole groups of tiles, which begin at multiples of 32: the groups of a dropout mask stay whole.</summary>
    public int TilesPerGroup => Math.Max(1, 32 / TileColumns);

    /// <summary>How many tiles of B are packed at a time: whole groups, of as equal a number as can be.</summary>
    public int TilesPerPack
    {
        get
        {
            int most = MaxPackedColumns / TileColumns;
            int packs = (Tiles + most - 1) / most;
            return Groups((Tiles + packs - 1) / packs) * TilesPerGroup;
        }
    }

    /// <summary>How many groups so many tiles are, the last one in part.</summary>
    public int Groups(int tiles) => (tiles + TilesPerGroup - 1) / TilesPerGroup;

    /// <summary>The first index of part <paramref name="part"/> of <paramref name="parts"/> nearly equal ones.</summary>
    public static int Start(int total, int parts, int part) => (int)((long)total * part / parts);
}
