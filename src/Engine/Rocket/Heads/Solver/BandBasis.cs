using FastNets.Kernels;
using FastNets.Threading;
using static FastNets.Rocket.Heads.Solver.ProductTile;

namespace FastNets.Rocket.Heads.Solver;

/// <summary>The change of basis Q of a <see cref="BandReduction"/>, applied to a few columns in double precision.</summary>
internal static unsafe class BandBasis
{
    private const int Block = GramMatrix.Block;
    private const int Panel = GramMatrix.Panel;
    private const int Depth = 4 * Block;

    /// <summary>Replaces columns x by Q^T x.</summary>
    /// <param name="gram">What the reduction left of the matrix.</param>
    /// <param name="band">The reduction.</param>
    /// <param name="columns">[order, a multiple of the panel].</param>
    /// <param name="isa">The instruction set.</param>
    public static void Enter(GramMatrix gram, BandReduction band, NativeMatrix<double> columns, Isa isa)
    {
        for (int step = 0; step < band.Steps; step++) Reflect(gram, band, columns, step, transpose: true, isa);
    }

    /// <summary>Replaces columns x by Q x.</summary>
    /// <param name="gram">What the reduction left of the matrix.</param>
    /// <param name="band">The reduction.</param>
    /// <param name="columns">[order, a multiple of the panel].</param>
    /// <param name="isa">The instruction set.</param>
    public static void Leave(GramMatrix gram, BandReduction band, NativeMatrix<double> columns, Isa isa)
    {
        for (int step = band.Steps - 1; step >= 0; step--) Reflect(gram, band, columns, step, transpose: false, isa);
    }

    private static void Reflect(GramMatrix gram, BandReduction band, NativeMatrix<double> columns, int step, bool transpose, Isa isa)
        => WorkerPool.Run(columns.Columns / Panel, new Reflection(gram, band, columns, step, transpose, isa));

    private readonly struct Reflection(GramMatrix gram, BandReduction band, NativeMatrix<double> columns, int step, bool transpose, Isa isa) : IParallelBody
    {
        public void Invoke(int item)
        {
            int first = (step + 1) * Block;
            int column = step * Block;
            int panel = item * Panel;
            nint stride = gram.Values.Columns;
            double* sums = stackalloc double[Block * Panel];
            double* scaled = stackalloc double[Block * Panel];
            for (int start = first; start < band.Order; start += Depth)
            {
                int count = Math.Min(Depth, band.Order - start);
                Multiply(
                    sums, Panel, gram.Values.At(start, column), 1, stride, columns.At(start, panel), columns.Columns, Block, count,
                    start == first ? Into.Overwrite : Into.Add, isa);
            }

            (nint row, nint next) = transpose ? (1, Block) : (Block, 1);
            Multiply(scaled, Panel, band.Triangles.At(column, 0), row, next, sums, Panel, Block, Block, Into.Overwrite, isa);
            Multiply(
                columns.At(first, panel), columns.Columns, gram.Values.At(first, column), stride, 1, scaled, Panel, band.Order - first, Block, Into.Subtract, isa);
        }
    }
}
