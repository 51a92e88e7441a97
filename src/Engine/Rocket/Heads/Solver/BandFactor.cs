using FastNets.Kernels;
using static FastNets.Rocket.Heads.Solver.ProductTile;

namespace FastNets.Rocket.Heads.Solver;

/// <summary>The Cholesky factor L of <c>B + alpha I</c>, B being a band of blocks.</summary>
/// <remarks>L has the same blocks as B below the diagonal: kept are the inverses of the diagonal's and the ones below them, 768 bytes a row.</remarks>
internal sealed unsafe class BandFactor : IDisposable
{
    private const int Block = GramMatrix.Block;
    private const int Panel = GramMatrix.Panel;
    private const double MachineEpsilon = 2.220446049250313e-16;

    private readonly NativeMatrix<double> _inverses;
    private readonly NativeMatrix<double> _below;
    private readonly Isa _isa;

    /// <summary>Factors.</summary>
    /// <param name="gram">What <see cref="BandReduction"/> left of the matrix.</param>
    /// <param name="band">The reduction.</param>
    /// <param name="trace">The sum of B's diagonal.</param>
    /// <param name="alpha">What is added to the diagonal.</param>
    /// <param name="isa">The instruction set.</param>
    public BandFactor(GramMatrix gram, BandReduction band, double trace, double alpha, Isa isa)
    {
        _isa = isa;
        Order = band.Order;
        _inverses = new NativeMatrix<double>(Order, Block, clear: false);
        _below = new NativeMatrix<double>(Order, Block, clear: false);

        // Of a singular matrix a pivot is what rounding leaves of it: the unit of the last place of the eigenvalues' sum, at most.
        IsDefinite = TryFactor(gram, band, MachineEpsilon * trace, alpha);
    }

    /// <summary>False when rounding leaves the sum without a factor: alpha is too small beside B.</summary>
    public bool IsDefinite { get; }

    /// <summary>The number of rows.</summary>
    public int Order { get; }

    /// <summary>One block of the solution x of <c>L x = r</c>, for a panel of right-hand sides.</summary>
    /// <param name="block">The block's index; the one before is solved already.</param>
    /// <param name="right">r's block, [block, panel], distance of rows <see cref="Panel"/>; overwritten.</param>
    /// <param name="before">x's block before this one; not read for the first block.</param>
    /// <param name="beforeStep">From one row of it to the next.</param>
    /// <param name="solved">Takes x's block.</param>
    /// <param name="solvedStep">From one row of it to the next.</param>
    public void SolveForward(int block, double* right, double* before, nint beforeStep, double* solved, nint solvedStep)
    {
        double* below = _below.At(block * Block, 0);
        double* inverse = _inverses.At(block * Block, 0);
        for (int i = 0; block > 0 && i < Block; i += Rows)
        {
            // The block below the diagonal is an upper triangle.
            Multiply(right + (i * Panel), Panel, below + (i * Block) + i, Block, 1, before + (i * beforeStep), beforeStep, Rows, Block - i, Into.Subtract, _isa);
        }

        for (int i = 0; i < Block; i += Rows)
            Multiply(solved + (i * solvedStep), solvedStep, inverse + (i * Block), Block, 1, right, Panel, Rows, i + Rows, Into.Overwrite, _isa);
    }

    /// <summary>Replaces each column r by the solution x of <c>L^T x = r</c>.</summary>
    /// <param name="columns">[<see cref="Order"/>, a multiple of the panel].</param>
    public void SolveBackward(NativeMatrix<double> columns)
    {
        double* right = stackalloc double[Block * Panel];
        for (int panel = 0; panel < columns.Columns; panel += Panel)
        {
            for (int start = Order - Block; start >= 0; start -= Block)
            {
                for (int i = 0; i < Block; i++) new ReadOnlySpan<double>(columns.At(start + i, panel), Panel).CopyTo(new Span<double>(right + (i * Panel), Panel));
                if (start + Block < Order)
                    Multiply(right, Panel, _below.At(start + Block, 0), 1, Block, columns.At(start + Block, panel), columns.Columns, Block, Block, Into.Subtract, _isa);
                Multiply(columns.At(start, panel), columns.Columns, _inverses.At(start, 0), 1, Block, right, Panel, Block, Block, Into.Overwrite, _isa);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _inverses.Dispose();
        _below.Dispose();
    }

    private bool TryFactor(GramMatrix gram, BandReduction band, double floor, double alpha)
    {
        double* diagonal = stackalloc double[Block * Block];
        double* transposed = stackalloc double[Block * Block];
        for (int start = 0; start < Order; start += Block)
        {
            for (int i = 0; i < Block; i++)
            {
                new ReadOnlySpan<double>(gram.Values.At(start + i, start), Block).CopyTo(new Span<double>(diagonal + (i * Block), Block));
                diagonal[(i * Block) + i] += alpha;
            }

            if (start > 0)
            {
                double* below = _below.At(start, 0);
                Transpose(_inverses.At(start - Block, 0), transposed);
                Product(below, Block, band.Below.At(start - Block, 0), transposed, Into.Overwrite);
                Transpose(below, transposed);
                Product(diagonal, Block, below, transposed, Into.Subtract);
            }

            if (!SmallCholesky.TryInvertFactor(diagonal, floor, _inverses.At(start, 0))) return false;
        }

        return true;
    }

    private void Product(double* target, nint stride, double* a, double* b, Into into)
    {
        for (int half = 0; half < Block; half += Panel) Multiply(target + half, stride, a, Block, 1, b + half, Block, Block, Block, into, _isa);
    }

    private static void Transpose(double* source, double* target)
    {
        for (int i = 0; i < Block; i++)
        {
            for (int j = 0; j < Block; j++) target[(j * Block) + i] = source[(i * Block) + j];
        }
    }
}
