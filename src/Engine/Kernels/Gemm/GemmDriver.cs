using FastNets.Kernels.Lanes;
using FastNets.Threading;

namespace FastNets.Kernels.Gemm;

/// <summary>The loops around the tile.</summary>
/// <typeparam name="T">The registers.</typeparam>
/// <typeparam name="TEpilogue">What happens to finished elements.</typeparam>
internal static unsafe partial class GemmDriver<T, TEpilogue>
    where T : struct, ILanes<T>
    where TEpilogue : struct, IGemmEpilogue
{
    /// <summary>Computes the product.</summary>
    public static void Run(in GemmProblem problem, TEpilogue epilogue)
    {
        if (problem.M == 0 || problem.N == 0) return;
        var blocking = new GemmBlocking(problem.M, problem.N, problem.K, GemmTiles.MaxRows<T>(), 2 * T.Count);
        if (problem.BColumn == 1)
        {
            if (problem.M == 1) RunRow(problem, blocking, epilogue);
            else if (blocking.Items == 1 && blocking.DepthBlocks == 1) RunSmall(problem, blocking, epilogue);
            else if (blocking.Panels >= GemmBlocking.PackedPanels) RunPacked(problem, blocking, epilogue);
            else RunDirect(problem, blocking, epilogue);
        }
        else if (problem.M <= GemmDot.MaxRows && problem.AStep == 1 && problem.BStep == 1) RunDots(problem, blocking, epilogue);
        else RunPacked(problem, blocking, epilogue);
    }

    /// <summary>B is read where it lies: its columns' tiles in the outer loop, so that the panels of rows find them in the caches.</summary>
    private static void RunDirect(in GemmProblem problem, in GemmBlocking blocking, TEpilogue epilogue)
    {
        int rowParts = Math.Min(blocking.Panels, blocking.Items);
        int columnParts = Math.Min(blocking.Groups(blocking.Tiles), (blocking.Items + rowParts - 1) / rowParts);
        var body = new DirectBody { Problem = problem, Blocking = blocking, Epilogue = epilogue, RowParts = rowParts, ColumnParts = columnParts };
        WorkerPool.Run(rowParts * columnParts, body);
    }

    /// <summary>B is packed a block at a time, by all threads, and used by all.</summary>
    private static void RunPacked(in GemmProblem problem, in GemmBlocking blocking, TEpilogue epilogue)
    {
        int tilesPerPack = blocking.TilesPerPack;
        float* packed = (float*)ThreadScratch.Get(
            ThreadScratch.Use.PackedB, (nuint)tilesPerPack * (nuint)blocking.TileColumns * (nuint)Math.Max(1, blocking.Depth) * sizeof(float));
        var pack = new PackBody { Problem = problem, Blocking = blocking, Packed = packed };
        var body = new PackedBody { Problem = problem, Blocking = blocking, Epilogue = epilogue, Packed = packed };
        for (int tile = 0; tile < blocking.Tiles; tile += tilesPerPack)
        {
            int tiles = Math.Min(tilesPerPack, blocking.Tiles - tile);
            pack.FirstTile = body.FirstTile = tile;
            body.TileCount = tiles;
            int groups = Math.Min((tiles + 1) / 2, Math.Max(1, blocking.Items / blocking.Panels));
            body.ColumnParts = groups;
            for (int block = 0; block < blocking.DepthBlocks; block++)
            {
                pack.DepthBlock = body.DepthBlock = block;
                WorkerPool.Run(tiles, blocking.Items > 1, pack);
                WorkerPool.Run(blocking.Panels * groups, blocking.Items > 1, body);
            }
        }
    }

    private static void Epilogue(TEpilogue epilogue, in GemmProblem problem, int row, int rows, int column, int columns)
    {
        for (int i = row; i < row + rows; i++) epilogue.Apply<T>(problem.C + (i * problem.CRow) + column, i, column, columns);
    }

    private struct DirectBody : IParallelBody
    {
        public GemmProblem Problem;
        public GemmBlocking Blocking;
        public TEpilogue Epilogue;
        public int RowParts;
        public int ColumnParts;

        public readonly void Invoke(int item)
        {
            int rowPart = item / ColumnParts;
            int columnPart = item - (rowPart * ColumnParts);
            int firstPanel = GemmBlocking.Start(Blocking.Panels, RowParts, rowPart);
            int lastPanel = GemmBlocking.Start(Blocking.Panels, RowParts, rowPart + 1);
            int groups = Blocking.Groups(Blocking.Tiles);
            int perGroup = Blocking.TilesPerGroup * Blocking.TileColumns;
            int firstColumn = GemmBlocking.Start(groups, ColumnParts, columnPart) * perGroup;
            int lastColumn = Math.Min(Problem.N, GemmBlocking.Start(groups, ColumnParts, columnPart + 1) * perGroup);
            for (int block = 0; block < Blocking.DepthBlocks; block++) Block(block, firstPanel, lastPanel, firstColumn, lastColumn);
            if (Epilogue.IsEmpty) return;
            int row = GemmBlocking.Start(Problem.M, Blocking.Panels, firstPanel);
            GemmDriver<T, TEpilogue>.Epilogue(
                Epilogue, Problem, row, GemmBlocking.Start(Problem.M, Blocking.Panels, lastPanel) - row, firstColumn, lastColumn - firstColumn);
        }

        private readonly void Block(int block, int firstPanel, int lastPanel, int firstColumn, int lastColumn)
        {
            int depthStart = GemmBlocking.Start(Problem.K, Blocking.DepthBlocks, block);
            int depth = GemmBlocking.Start(Problem.K, Blocking.DepthBlocks, block + 1) - depthStart;
            bool accumulate = Problem.Accumulate || block > 0;
            float* a = Problem.A + (depthStart * Problem.AStep);
            float* b = Problem.B + (depthStart * Problem.BStep);
            for (int column = firstColumn; column < lastColumn; column += Blocking.TileColumns)
            {
                int columns = Math.Min(Blocking.TileColumns, lastColumn - column);
                int rows = 0;
                int last = 0;
                delegate*<float*, nint, nint, float*, nint, float*, nint, nint, int, bool, void> tile = null;
                for (int panel = firstPanel; panel < lastPanel; panel++)
                {
                    int row = GemmBlocking.Start(Problem.M, Blocking.Panels, panel);
                    int height = GemmBlocking.Start(Problem.M, Blocking.Panels, panel + 1) - row;
                    if (height != rows) tile = GemmTiles.Select<T>(rows = height, columns, out last);
                    tile(
                        a + (row * Problem.ARow), Problem.ARow, Problem.AStep, b + column, Problem.BStep,
                        Problem.C + (row * Problem.CRow) + column, Problem.CRow, depth, last, accumulate);
                }
            }
        }
    }

    private struct PackBody : IParallelBody
    {
        public GemmProblem Problem;
        public GemmBlocking Blocking;
        public float* Packed;
        public int FirstTile;
        public int DepthBlock;

        public readonly void Invoke(int item)
        {
            int depthStart = GemmBlocking.Start(Problem.K, Blocking.DepthBlocks, DepthBlock);
            int depth = GemmBlocking.Start(Problem.K, Blocking.DepthBlocks, DepthBlock + 1) - depthStart;
            int column = (FirstTile + item) * Blocking.TileColumns;
            int count = Math.Min(Blocking.TileColumns, Problem.N - column);
            float* source = Problem.B + (depthStart * Problem.BStep) + (column * Problem.BColumn);
            float* target = Packed + ((nint)item * Blocking.TileColumns * Blocking.Depth);
            if (Problem.BColumn == 1) GemmPacking.Copy<T>(source, Problem.BStep, count, depth, target, Blocking.TileColumns);
            else GemmPacking.Transpose(source, Problem.BColumn, count, depth, target, Blocking.TileColumns);
        }
    }

    private struct PackedBody : IParallelBody
    {
        public GemmProblem Problem;
        public GemmBlocking Blocking;
        public TEpilogue Epilogue;
        public float* Packed;
        public int FirstTile;
        public int TileCount;
        public int ColumnParts;
        public int DepthBlock;

        public readonly void Invoke(int item)
        {
            int panel = item / ColumnParts;
            int part = item - (panel * ColumnParts);
            int group = Blocking.TilesPerGroup;
            int groups = Blocking.Groups(TileCount);
            int firstTile = GemmBlocking.Start(groups, ColumnParts, part) * group;
            int lastTile = Math.Min(TileCount, GemmBlocking.Start(groups, ColumnParts, part + 1) * group);
            int row = GemmBlocking.Start(Problem.M, Blocking.Panels, panel);
            int rows = GemmBlocking.Start(Problem.M, Blocking.Panels, panel + 1) - row;
            int depthStart = GemmBlocking.Start(Problem.K, Blocking.DepthBlocks, DepthBlock);
            int depth = GemmBlocking.Start(Problem.K, Blocking.DepthBlocks, DepthBlock + 1) - depthStart;

            float* a = Problem.A + (row * Problem.ARow) + (depthStart * Problem.AStep);
            nint aRow = Problem.ARow;
            nint aStep = Problem.AStep;
            if (lastTile - firstTile >= GemmBlocking.PackedTiles) Pack(ref a, ref aRow, ref aStep, rows, depth);

            bool accumulate = Problem.Accumulate || DepthBlock > 0;
            int firstColumn = (FirstTile + firstTile) * Blocking.TileColumns;
            int lastColumn = Math.Min(Problem.N, (FirstTile + lastTile) * Blocking.TileColumns);
            float* c = Problem.C + (row * Problem.CRow);
            float* b = Packed + ((nint)firstTile * Blocking.TileColumns * Blocking.Depth);
            var full = GemmTiles.Select<T>(rows, Blocking.TileColumns, out int last);
            int column = firstColumn;
            for (; column <= lastColumn - Blocking.TileColumns; column += Blocking.TileColumns)
            {
                full(a, aRow, aStep, b, Blocking.TileColumns, c + column, Problem.CRow, depth, last, accumulate);
                b += (nint)Blocking.TileColumns * Blocking.Depth;
            }

            if (column < lastColumn)
            {
                var rest = GemmTiles.Select<T>(rows, lastColumn - column, out last);
                rest(a, aRow, aStep, b, Blocking.TileColumns, c + column, Problem.CRow, depth, last, accumulate);
            }

            if (DepthBlock == Blocking.DepthBlocks - 1 && !Epilogue.IsEmpty)
                GemmDriver<T, TEpilogue>.Epilogue(Epilogue, Problem, row, rows, firstColumn, lastColumn - firstColumn);
        }

        private static void Pack(ref float* a, ref nint aRow, ref nint aStep, int rows, int depth)
        {
            // A whole number of registers to a step.
            int width = T.Count;
            float* packed = (float*)ThreadScratch.Get(ThreadScratch.Use.PackedA, (nuint)width * (nuint)depth * sizeof(float));
            if (aRow == 1) GemmPacking.Copy<T>(a, aStep, rows, depth, packed, width);
            else GemmPacking.Transpose(a, aRow, rows, depth, packed, width);
            a = packed;
            aRow = 1;
            aStep = width;
        }
    }
}
