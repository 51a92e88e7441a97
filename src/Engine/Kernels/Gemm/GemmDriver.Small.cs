using FastNets.Threading;

namespace FastNets.Kernels.Gemm;

internal static unsafe partial class GemmDriver<T, TEpilogue>
{
    /// <summary>A product whose cost is near that of its loops: one thread, no packing, one visit of C, few divisions.</summary>
    private static void RunSmall(in GemmProblem problem, in GemmBlocking blocking, TEpilogue epilogue)
    {
        int height = problem.M / blocking.Panels;
        // So many panels have one row more.
        int higher = problem.M - (height * blocking.Panels);
        for (int column = 0; column < problem.N; column += 2 * T.Count)
        {
            int columns = Math.Min(2 * T.Count, problem.N - column);
            float* a = problem.A;
            float* c = problem.C + column;
            int panel = 0;
            for (int rows = height + 1; rows >= height; rows--)
            {
                int end = rows > height ? higher : blocking.Panels;
                if (panel == end) continue;
                var tile = GemmTiles.Select<T>(rows, columns, out int last);
                for (; panel < end; panel++)
                {
                    tile(a, problem.ARow, problem.AStep, problem.B + column, problem.BStep, c, problem.CRow, problem.K, last, problem.Accumulate);
                    a += rows * problem.ARow;
                    c += rows * problem.CRow;
                }
            }
        }

        if (!epilogue.IsEmpty) Epilogue(epilogue, problem, 0, problem.M, 0, problem.N);
    }

    /// <summary>One row: by columns.</summary>
    private static void RunRow(in GemmProblem problem, in GemmBlocking blocking, TEpilogue epilogue)
    {
        var body = new RowBody { Problem = problem, Epilogue = epilogue, Parts = ColumnParts(problem, blocking) };
        if (body.Parts == 1) body.Invoke(0);
        else WorkerPool.Run(body.Parts, body);
    }

    /// <summary>A few rows and B transposed: by columns.</summary>
    private static void RunDots(in GemmProblem problem, in GemmBlocking blocking, TEpilogue epilogue)
    {
        var body = new DotBody { Problem = problem, Epilogue = epilogue, Parts = ColumnParts(problem, blocking) };
        if (body.Parts == 1) body.Invoke(0);
        else WorkerPool.Run(body.Parts, body);
    }

    private const int ColumnGrain = 32;

    private static int ColumnParts(in GemmProblem problem, in GemmBlocking blocking) =>
        Math.Min((problem.N + ColumnGrain - 1) / ColumnGrain, blocking.Items);

    /// <summary>The first column of a part, a multiple of 32, so that the groups of a dropout mask stay whole.</summary>
    private static int PartStart(int columns, int parts, int part) =>
        parts == 1 ? part * columns : Math.Min(columns, GemmBlocking.Start((columns + ColumnGrain - 1) / ColumnGrain, parts, part) * ColumnGrain);

    private struct RowBody : IParallelBody
    {
        public GemmProblem Problem;
        public TEpilogue Epilogue;
        public int Parts;

        public readonly void Invoke(int item)
        {
            int first = PartStart(Problem.N, Parts, item);
            int count = PartStart(Problem.N, Parts, item + 1) - first;
            int registers = (count + T.Count - 1) / T.Count;
            int tiles = (registers + GemmRow.MaxRegisters - 1) / GemmRow.MaxRegisters;
            int column = first;
            for (int tile = tiles; tile > 0; tile--)
            {
                int width = (registers + tile - 1) / tile;
                registers -= width;
                int last = registers == 0 ? first + count - column - ((width - 1) * T.Count) : T.Count;
                Select(width)(
                    Problem.A, Problem.AStep, Problem.B + column, Problem.BStep, Problem.C + column, Problem.K, last, Problem.Accumulate);
                column += width * T.Count;
            }

            if (!Epilogue.IsEmpty) Epilogue.Apply<T>(Problem.C + first, 0, first, count);
        }

        private static delegate*<float*, nint, float*, nint, float*, nint, int, bool, void> Select(int registers) => registers switch
        {
            1 => &GemmRow.Run<T, N1>,
            2 => &GemmRow.Run<T, N2>,
            3 => &GemmRow.Run<T, N3>,
            4 => &GemmRow.Run<T, N4>,
            5 => &GemmRow.Run<T, N5>,
            6 => &GemmRow.Run<T, N6>,
            7 => &GemmRow.Run<T, N7>,
            _ => &GemmRow.Run<T, N8>,
        };
    }

    private struct DotBody : IParallelBody
    {
        public GemmProblem Problem;
        public TEpilogue Epilogue;
        public int Parts;

        public readonly void Invoke(int item)
        {
            int first = PartStart(Problem.N, Parts, item);
            int end = PartStart(Problem.N, Parts, item + 1);
            var tile = Select(Problem.M);
            for (int column = first; column < end; column += GemmDot.Columns)
            {
                tile(
                    Problem.A, Problem.ARow, Problem.B + (column * Problem.BColumn), Problem.BColumn, Problem.C + column, Problem.CRow,
                    Problem.K, Math.Min(GemmDot.Columns, end - column), Problem.Accumulate);
            }

            if (!Epilogue.IsEmpty) GemmDriver<T, TEpilogue>.Epilogue(Epilogue, Problem, 0, Problem.M, first, end - first);
        }

        private static delegate*<float*, nint, float*, nint, float*, nint, int, int, bool, void> Select(int rows) => rows switch
        {
            1 => &GemmDot.Run<T, N1>,
            2 => &GemmDot.Run<T, N2>,
            3 => &GemmDot.Run<T, N3>,
            _ => &GemmDot.Run<T, N4>,
        };
    }
}
