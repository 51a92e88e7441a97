using FastNets.Kernels.Gemm;
using FastNets.Kernels.Lanes;
using FastNets.Threading;

namespace FastNets.Kernels.Convolution;

/// <summary>The loops around the matrix product's tile for a product within series.</summary>
/// <remarks>
/// Blocks of columns, blocks of steps, panels of rows that never cross a series, tiles: the matrix product's order with its block sizes.
/// B is packed once for the panels of all series.
/// </remarks>
/// <typeparam name="T">The registers.</typeparam>
/// <typeparam name="TEpilogue">What happens to finished elements; rows are counted through all series.</typeparam>
internal static unsafe class SeriesProductDriver<T, TEpilogue>
    where T : struct, ILanes<T>
    where TEpilogue : struct, IGemmEpilogue
{
    // Runs shorter than this are packed into one, for else each would load and store the tile of C for a few steps.
    private const int ShortRun = 64;

    /// <summary>Computes the product.</summary>
    public static void Run(in SeriesProduct product, TEpilogue epilogue)
    {
        if (product.Series == 0 || product.Rows == 0 || product.Columns == 0) return;
        int maxRows = GemmTiles.MaxRows<T>();
        var blocking = new GemmBlocking(product.Series * product.Rows, product.Columns, product.Depth, maxRows, 2 * T.Count);
        int panels = (product.Rows + maxRows - 1) / maxRows;
        bool packs = product.BColumn != 1 || product.BSteps < product.Depth || (long)product.Series * panels >= GemmBlocking.PackedPanels;
        int tilesPerPack = packs ? blocking.TilesPerPack : blocking.Tiles;
        float* packed = packs
            ? (float*)ThreadScratch.Get(
                ThreadScratch.Use.PackedB, (nuint)tilesPerPack * (nuint)blocking.TileColumns * (nuint)Math.Max(1, blocking.Depth) * sizeof(float))
            : null;
        int allPanels = product.Series * panels;
        var pack = new PackBody { Product = product, Blocking = blocking, Packed = packed };
        var body = new PanelBody
        {
            Product = product,
            Blocking = blocking,
            Epilogue = epilogue,
            Packed = packed,
            PanelsPerSeries = panels,
            Panels = allPanels,
            RowParts = Math.Min(allPanels, blocking.Items),
        };
        for (int tile = 0; tile < blocking.Tiles; tile += tilesPerPack)
        {
            int tiles = Math.Min(tilesPerPack, blocking.Tiles - tile);
            pack.FirstTile = body.FirstTile = tile;
            body.TileCount = tiles;
            body.ColumnParts = Math.Min(blocking.Groups(tiles), Math.Max(1, blocking.Items / body.RowParts));
            for (int block = 0; block < blocking.DepthBlocks; block++)
            {
                pack.DepthBlock = body.DepthBlock = block;
                if (packs) WorkerPool.Run(tiles, blocking.Items > 1, pack);
                WorkerPool.Run(body.RowParts * body.ColumnParts, blocking.Items > 1, body);
            }
        }
    }

    private struct PackBody : IParallelBody
    {
        public SeriesProduct Product;
        public GemmBlocking Blocking;
        public float* Packed;
        public int FirstTile;
        public int DepthBlock;

        public readonly void Invoke(int item)
        {
            int column = (FirstTile + item) * Blocking.TileColumns;
            int count = Math.Min(Blocking.TileColumns, Product.Columns - column);
            float* target = Packed + ((nint)item * Blocking.TileColumns * Blocking.Depth);
            int end = GemmBlocking.Start(Product.Depth, Blocking.DepthBlocks, DepthBlock + 1);
            for (int p = GemmBlocking.Start(Product.Depth, Blocking.DepthBlocks, DepthBlock); p < end;)
            {
                float* source = Product.InB(p, end, out int steps) + (column * Product.BColumn);
                if (Product.BColumn == 1) GemmPacking.Copy<T>(source, Product.BStep, count, steps, target, Blocking.TileColumns);
                else GemmPacking.Transpose(source, Product.BColumn, count, steps, target, Blocking.TileColumns);
                target += (nint)steps * Blocking.TileColumns;
                p += steps;
            }
        }
    }

    private struct PanelBody : IParallelBody
    {
        public SeriesProduct Product;
        public GemmBlocking Blocking;
        public TEpilogue Epilogue;
        public float* Packed;
        public int PanelsPerSeries;
        public int Panels;
        public int RowParts;
        public int FirstTile;
        public int TileCount;
        public int ColumnParts;
        public int DepthBlock;

        public readonly void Invoke(int item)
        {
            int rowPart = item / ColumnParts;
            int columnPart = item - (rowPart * ColumnParts);
            int groups = Blocking.Groups(TileCount);
            int firstTile = GemmBlocking.Start(groups, ColumnParts, columnPart) * Blocking.TilesPerGroup;
            int endTile = Math.Min(TileCount, GemmBlocking.Start(groups, ColumnParts, columnPart + 1) * Blocking.TilesPerGroup);
            int endPanel = GemmBlocking.Start(Panels, RowParts, rowPart + 1);
            for (int panel = GemmBlocking.Start(Panels, RowParts, rowPart); panel < endPanel; panel++) Panel(panel, firstTile, endTile);
        }

        private readonly void Panel(int panel, int firstTile, int endTile)
        {
            int series = panel / PanelsPerSeries;
            int part = panel - (series * PanelsPerSeries);
            int row = GemmBlocking.Start(Product.Rows, PanelsPerSeries, part);
            int rows = GemmBlocking.Start(Product.Rows, PanelsPerSeries, part + 1) - row;
            int start = GemmBlocking.Start(Product.Depth, Blocking.DepthBlocks, DepthBlock);
            int depth = GemmBlocking.Start(Product.Depth, Blocking.DepthBlocks, DepthBlock + 1) - start;

            float* a = Product.A + (series * Product.ASeries) + (row * Product.ARow);
            float* packedA = null;
            bool shortRuns = Product.ASteps < ShortRun && Product.ASteps < Product.Depth;
            if (endTile - firstTile >= GemmBlocking.PackedTiles || shortRuns) packedA = Pack(a, rows, start, depth);

            int firstColumn = (FirstTile + firstTile) * Blocking.TileColumns;
            int endColumn = Math.Min(Product.Columns, (FirstTile + endTile) * Blocking.TileColumns);
            float* c = Product.C + (series * Product.CSeries) + (row * Product.CRow);
            var full = GemmTiles.Select<T>(rows, Blocking.TileColumns, out int last);
            for (int column = firstColumn; column < endColumn; column += Blocking.TileColumns)
            {
                int columns = endColumn - column;
                var tile = columns >= Blocking.TileColumns ? full : GemmTiles.Select<T>(rows, columns, out last);
                float* b = Packed is null
                    ? Product.B + (start * Product.BStep) + column
                    : Packed + ((nint)((column / Blocking.TileColumns) - FirstTile) * Blocking.TileColumns * Blocking.Depth);
                nint bStep = Packed is null ? Product.BStep : Blocking.TileColumns;
                bool accumulate = Product.Accumulate || DepthBlock > 0;
                if (packedA is not null) tile(packedA, 1, T.Count, b, bStep, c + column, Product.CRow, depth, last, accumulate);
                else Runs(tile, a, b, bStep, c + column, start, depth, last, accumulate);
            }

            if (DepthBlock < Blocking.DepthBlocks - 1 || Epilogue.IsEmpty) return;
            int number = (series * Product.Rows) + row;
            for (int i = 0; i < rows; i++) Epilogue.Apply<T>(c + (i * Product.CRow) + firstColumn, number + i, firstColumn, endColumn - firstColumn);
        }

        /// <summary>A tile from A where it lies: a run at a time.</summary>
        private readonly void Runs(
            delegate*<float*, nint, nint, float*, nint, float*, nint, nint, int, bool, void> tile,
            float* a, float* b, nint bStep, float* c, int start, int depth, int last, bool accumulate)
        {
            int p = start;
            do
            {
                float* source = Product.InA(a, p, start + depth, out int steps);
                tile(source, Product.ARow, Product.AStep, b + ((p - start) * bStep), bStep, c, Product.CRow, steps, last, accumulate);
                accumulate = true;
                p += steps;
            }
            while (p < start + depth);
        }

        private readonly float* Pack(float* a, int rows, int start, int depth)
        {
            // A whole number of registers to a step.
            int width = T.Count;
            float* packed = (float*)ThreadScratch.Get(ThreadScratch.Use.PackedA, (nuint)width * (nuint)depth * sizeof(float));
            float* target = packed;
            for (int p = start; p < start + depth;)
            {
                float* source = Product.InA(a, p, start + depth, out int steps);
                if (Product.ARow == 1) GemmPacking.Copy<T>(source, Product.AStep, rows, steps, target, width);
                else GemmPacking.Transpose(source, Product.ARow, rows, steps, target, width);
                target += (nint)steps * width;
                p += steps;
            }

            return packed;
        }
    }
}
