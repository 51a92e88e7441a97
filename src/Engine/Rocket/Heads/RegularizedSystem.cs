using FastNets.Kernels;
using FastNets.Threading;

namespace FastNets.Rocket.Heads;

/// <summary>A Gram matrix G and, for one strength of the penalty after another, the Cholesky factor of <c>G + alpha I = L L^T</c>.</summary>
/// <remarks>
/// <para>One square of doubles holds both: G above the blocks of the diagonal, L below them; the blocks of the diagonal (of G)
/// and the inverses of L's lie beside it. The order is padded to whole blocks with a unit diagonal, so no kernel has an edge.</para>
/// <para>Every product is of rows with rows (<see cref="DotTiles"/>): the factorisation is left-looking, block column after block
/// column, and what solves with a block of the diagonal multiplies by its inverse. Blocks are the items of work, so results are
/// the same bits with any number of threads.</para>
/// </remarks>
internal sealed unsafe partial class RegularizedSystem : IDisposable
{
    /// <summary>Rows and columns of a block.</summary>
    public const int Block = 64;

    private const DotTiles.Into Subtract = DotTiles.Into.Subtract;

    private const double MachineEpsilon = 2.220446049250313e-16;

    private readonly DoubleMatrix _matrix;
    private readonly DoubleMatrix _diagonal;
    private readonly DoubleMatrix _inverses;
    private readonly Isa _isa;
    private bool _failed;

    /// <summary>Makes a system whose G is zero.</summary>
    /// <param name="order">The number of rows of G.</param>
    /// <param name="isa">The instruction set of the products.</param>
    public RegularizedSystem(int order, Isa isa)
    {
        Order = order;
        Padded = DoubleMatrix.Pad(order, Block);
        Blocks = Padded / Block;
        _isa = isa;
        _matrix = new DoubleMatrix(Padded, Padded);
        _diagonal = new DoubleMatrix(Padded, Block);
        _inverses = new DoubleMatrix(Padded, Block);
        for (int i = order; i < Padded; i++) *_diagonal.At(i, i % Block) = 1;
    }

    /// <summary>The number of rows of G.</summary>
    public int Order { get; }

    /// <summary>The number of rows with padding.</summary>
    public int Padded { get; }

    /// <summary>The number of blocks a side.</summary>
    public int Blocks { get; }

    /// <summary>The sum of G's diagonal.</summary>
    public double Trace
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < Order; i++) sum += *_diagonal.At(i, i % Block);
            return sum;
        }
    }

    /// <summary>Adds <c>P P^T</c> to G.</summary>
    /// <param name="panel">P, [<see cref="Padded"/>, at least depth]; rows past <see cref="Order"/> are zero.</param>
    /// <param name="depth">The columns in use, a multiple of <see cref="DotTiles.InnerUnit"/>.</param>
    public void AddProduct(DoubleMatrix panel, int depth)
        => WorkerPool.Run(Blocks * (Blocks + 1) / 2, new ProductBlock(this, panel, depth));

    /// <summary>Adds a number to every element of G.</summary>
    public void AddToAll(double value)
    {
        for (int i = 0; i < Order; i++)
        {
            int start = i / Block * Block;
            int end = Math.Min(start + Block, Order);
            for (int j = start; j < end; j++) *_diagonal.At(i, j - start) += value;
            double* row = _matrix.At(i, 0);
            for (int j = end; j < Order; j++) row[j] += value;
        }
    }

    /// <summary>Factors <c>G + alpha I</c>.</summary>
    /// <param name="alpha">What is added to the diagonal.</param>
    /// <returns>False when rounding leaves the sum without a factor: alpha is too small beside G.</returns>
    public bool TryFactor(double alpha)
    {
        _failed = false;
        FactorDiagonal(0, alpha);
        for (int j = 0; j < Blocks - 1 && !_failed; j++) WorkerPool.Run(Blocks - 1 - j, new ColumnBlock(this, j, alpha));
        return !_failed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _matrix.Dispose();
        _diagonal.Dispose();
        _inverses.Dispose();
    }

    private readonly struct ProductBlock(RegularizedSystem system, DoubleMatrix panel, int depth) : IParallelBody
    {
        public void Invoke(int item)
        {
            int i = 0;
            for (int width = system.Blocks; item >= width; width--)
            {
                item -= width;
                i++;
            }

            int row = i * Block;
            int column = (i + item) * Block;
            double* target = item == 0 ? system._diagonal.At(row, 0) : system._matrix.At(row, column);
            int stride = item == 0 ? Block : system.Padded;
            DotTiles.Multiply(
                target, stride, panel.At(row, 0), panel.Columns, panel.At(column, 0), panel.Columns, Block, Block, depth, DotTiles.Into.Add, system._isa);
        }
    }

    /// <summary>One block of L below the diagonal; the first of a column goes on to the next block of the diagonal, which then waits for nobody.</summary>
    private readonly struct ColumnBlock(RegularizedSystem system, int column, double alpha) : IParallelBody
    {
        public void Invoke(int item)
        {
            DoubleMatrix matrix = system._matrix;
            int i = (column + 1 + item) * Block;
            int j = column * Block;
            double* block = stackalloc double[Block * Block];
            for (int c = 0; c < Block; c++)
            {
                double* source = matrix.At(j + c, i);
                for (int r = 0; r < Block; r++) block[(r * Block) + c] = source[r];
            }

            if (j > 0)
                DotTiles.Multiply(block, Block, matrix.At(i, 0), system.Padded, matrix.At(j, 0), system.Padded, Block, Block, j, Subtract, system._isa);
            DotTiles.Multiply(
                matrix.At(i, j), system.Padded, block, Block, system._inverses.At(j, 0), Block, Block, Block, Block, DotTiles.Into.Overwrite, system._isa);
            if (item == 0) system.FactorDiagonal(column + 1, alpha);
        }
    }

    private void FactorDiagonal(int index, double alpha)
    {
        int start = index * Block;
        double* block = stackalloc double[Block * Block];
        Buffer.MemoryCopy(_diagonal.At(start, 0), block, Block * Block * sizeof(double), Block * Block * sizeof(double));
        double* floors = stackalloc double[Block];
        for (int i = 0; i < Block; i++)
        {
            block[(i * Block) + i] += alpha;

            // Of a singular matrix a pivot is what rounding leaves of this: order times the unit of the last place, at most.
            floors[i] = Order * MachineEpsilon * block[(i * Block) + i];
        }

        if (start > 0) DotTiles.Multiply(block, Block, _matrix.At(start, 0), Padded, _matrix.At(start, 0), Padded, Block, Block, start, Subtract, _isa);
        if (!SmallCholesky.TryInvertFactor(block, floors, _inverses.At(start, 0))) _failed = true;
    }
}
