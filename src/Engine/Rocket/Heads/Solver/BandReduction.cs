using System.Runtime.CompilerServices;
using FastNets.Kernels;
using FastNets.Threading;
using static FastNets.Rocket.Heads.Solver.ProductTile;

namespace FastNets.Rocket.Heads.Solver;

/// <summary>Turns a symmetric matrix into a band by an orthogonal change of basis: <c>B = Q^T G Q</c>, with blocks beside the diagonal's only.</summary>
/// <remarks>
/// <para>What is to be solved for many alphas is then <c>B + alpha I</c>, which costs next to nothing each. A block column after the
/// other is reduced to a triangle R by reflections <c>H = I - V T V^T</c>, and what is left of G becomes <c>G - V W^T - W V^T</c>
/// with <c>Y = G V T</c> and <c>W = Y - 1/2 V (T^T V^T Y)</c>: products of matrices but for the narrow panel. Takes 4/3 m^3
/// operations. Source: Bischof, Lang and Sun, "A framework for symmetric band reduction", 2000.</para>
/// <para>G's memory takes the band's diagonal blocks and, below them, V. Items of work are blocks: the same bits with any number of threads.</para>
/// </remarks>
internal sealed unsafe class BandReduction : IDisposable
{
    private const int Block = GramMatrix.Block;
    private const int Panel = GramMatrix.Panel;

    // V beside W.
    private const int Pair = 2 * Block;
    private const int Depth = 4 * Block;
    private const int ProductRows = 2 * Block;
    private const int ItemRows = 4 * Block;
    private const int ItemColumns = 10 * Block;

    private readonly NativeMatrix<double> _g;
    private readonly NativeMatrix<double> _columns;
    private readonly NativeMatrix<double> _pair;
    private readonly NativeMatrix<double> _packed;
    private readonly NativeMatrix<double> _products;
    private readonly Isa _isa;

    private BandReduction(GramMatrix gram, Isa isa)
    {
        _g = gram.Values;
        _isa = isa;
        Order = gram.Padded;
        Triangles = new NativeMatrix<double>(Order, Block);
        Below = new NativeMatrix<double>(Order, Block);
        Taus = new double[Order];
        _columns = new NativeMatrix<double>(Block, Order + 8, clear: false);
        _pair = new NativeMatrix<double>(Order, Pair, clear: false);
        _packed = new NativeMatrix<double>(Order / Panel, Pair * Panel, clear: false);
        _products = new NativeMatrix<double>(Order, Block, clear: false);
    }

    /// <summary>The number of rows, a multiple of the block.</summary>
    public int Order { get; }

    /// <summary>The number of reflected block columns.</summary>
    public int Steps => (Order / Block) - 1;

    /// <summary>A step's T, [block, block], from row <c>step * block</c>.</summary>
    public NativeMatrix<double> Triangles { get; }

    /// <summary>A step's R, [block, block], from row <c>step * block</c>: the band's block below the diagonal's.</summary>
    public NativeMatrix<double> Below { get; }

    /// <summary>The factors of all reflections.</summary>
    public double[] Taus { get; }

    /// <summary>Reduces a matrix.</summary>
    /// <param name="gram">The matrix; overwritten by the diagonal's blocks and by V.</param>
    /// <param name="isa">The instruction set.</param>
    public static BandReduction Reduce(GramMatrix gram, Isa isa)
    {
        var reduction = new BandReduction(gram, isa);
        for (int step = 0; step < reduction.Steps; step++) reduction.Step(step);
        reduction._columns.Dispose();
        reduction._pair.Dispose();
        reduction._packed.Dispose();
        reduction._products.Dispose();
        return reduction;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Triangles.Dispose();
        Below.Dispose();
    }

    private void Step(int step)
    {
        int column = step * Block;
        int first = column + Block;
        int rows = Order - first;
        WorkerPool.Run(rows / Block, new Gather(this, first, column));
        fixed (double* taus = &Taus[column]) HouseholderPanel.Factor(_columns.At(0, 0), _columns.Columns, rows, Below.At(column, 0), taus, _isa);
        WorkerPool.Run(rows / Block, new Scatter(this, first, column));
        double* small = stackalloc double[Block * Block];
        double* triangle = Triangles.At(column, 0);
        Square(small, _pair.At(0, 0), _pair.At(0, 0), rows);
        fixed (double* taus = &Taus[column]) ReflectorTriangle.Make(small, taus, Block, triangle);

        WorkerPool.Run((rows + ProductRows - 1) / ProductRows, new TimesV(this, first, rows));
        WorkerPool.Run(rows / Block, new TimesTriangle(this, triangle));
        Square(small, _pair.At(0, 0), _pair.At(0, Block), rows);
        double* correction = stackalloc double[Block * Block];
        for (int half = 0; half < Block; half += Panel) Multiply(correction + half, Block, triangle, 1, Block, small + half, Block, Block, Block, Into.Overwrite, _isa);
        for (int i = 0; i < Block * Block; i++) correction[i] *= 0.5;
        WorkerPool.Run(rows / Block, new Correct(this, correction));

        int blockRows = (rows + ItemRows - 1) / ItemRows;
        int blockColumns = (rows + ItemColumns - 1) / ItemColumns;
        WorkerPool.Run(blockRows * blockColumns, new Update(this, first, rows, blockColumns));
    }

    // target = X^T Z, both [rows, block] in the pair's memory.
    private void Square(double* target, double* x, double* z, int rows)
    {
        for (int start = 0; start < rows; start += Depth)
        {
            int count = Math.Min(Depth, rows - start);
            Into into = start == 0 ? Into.Overwrite : Into.Add;
            for (int half = 0; half < Block; half += Panel)
                Multiply(target + half, Block, x + ((nint)start * Pair), 1, Pair, z + ((nint)start * Pair) + half, Pair, Block, count, into, _isa);
        }
    }

    /// <summary>The block column's rows become columns.</summary>
    private readonly struct Gather(BandReduction owner, int first, int column) : IParallelBody
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Invoke(int item)
        {
            int start = item * Block;
            for (int i = start; i < start + Block; i++)
            {
                double* source = owner._g.At(first + i, column);
                for (int c = 0; c < Block; c++) *owner._columns.At(c, i) = source[c];
            }
        }
    }

    /// <summary>V goes back into G's memory, into the pair and, transposed, into the packed panels.</summary>
    private readonly struct Scatter(BandReduction owner, int first, int column) : IParallelBody
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Invoke(int item)
        {
            int start = item * Block;
            for (int i = start; i < start + Block; i++)
            {
                double* pair = owner._pair.At(i, 0);
                for (int c = 0; c < Block; c++) pair[c] = *owner._columns.At(c, i);
                new ReadOnlySpan<double>(pair, Block).CopyTo(new Span<double>(owner._g.At(first + i, column), Block));
            }

            for (int row = start; row < start + Block; row += Panel)
            {
                double* packed = owner._packed.At(row / Panel, Block * Panel);
                for (int c = 0; c < Block; c++)
                    new ReadOnlySpan<double>(owner._columns.At(c, row), Panel).CopyTo(new Span<double>(packed + (c * Panel), Panel));
            }
        }
    }

    /// <summary>Some rows of G V: along the rows of the lower triangle, then down its columns.</summary>
    private readonly struct TimesV(BandReduction owner, int first, int rows) : IParallelBody
    {
        public void Invoke(int item)
        {
            int begin = item * ProductRows;
            int end = Math.Min(rows, begin + ProductRows);
            int height = end - begin;
            double* target = owner._products.At(begin, 0);
            double* block = stackalloc double[Depth * ProductRows];
            for (int start = 0; start < begin; start += Depth)
                Add(target, owner._g.At(first + begin, first + start), owner._g.Columns, 1, start, height, Math.Min(Depth, begin - start), start == 0);
            CopyDiagonal(block, first + begin, height);
            Add(target, block, ProductRows, 1, begin, height, height, begin == 0);

            // A copy without gaps: of the far rows' short pieces only the copying waits for memory.
            for (int start = end; start < rows; start += Depth)
            {
                int count = Math.Min(Depth, rows - start);
                for (int i = 0; i < count; i++)
                    new ReadOnlySpan<double>(owner._g.At(first + start + i, first + begin), height).CopyTo(new Span<double>(block + (i * ProductRows), height));
                Add(target, block, 1, ProductRows, start, height, count, overwrite: false);
            }
        }

        // The diagonal's part in full: what lies above its blocks is mirrored.
        private void CopyDiagonal(double* block, int corner, int height)
        {
            for (int i = 0; i < height; i++)
            {
                int inUse = ((i / Block) + 1) * Block;
                double* source = owner._g.At(corner + i, corner);
                for (int j = 0; j < inUse; j++) block[(i * ProductRows) + j] = block[(j * ProductRows) + i] = source[j];
            }
        }

        private void Add(double* target, double* a, nint aRow, nint aStep, int start, int height, int depth, bool overwrite)
        {
            for (int half = 0; half < Block; half += Panel)
            {
                Multiply(
                    target + half, Block, a, aRow, aStep, owner._pair.At(start, half), Pair, height, depth, overwrite ? Into.Overwrite : Into.Add, owner._isa);
            }
        }
    }

    /// <summary>Y = (G V) T, where W will be.</summary>
    private readonly struct TimesTriangle(BandReduction owner, double* triangle) : IParallelBody
    {
        public void Invoke(int item)
        {
            int start = item * Block;
            for (int half = 0; half < Block; half += Panel)
                Multiply(owner._pair.At(start, Block + half), Pair, owner._products.At(start, 0), Block, 1, triangle + half, Block, Block, Block, Into.Overwrite, owner._isa);
        }
    }

    /// <summary>W, and its transpose into the packed panels.</summary>
    private readonly struct Correct(BandReduction owner, double* correction) : IParallelBody
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Invoke(int item)
        {
            int start = item * Block;
            for (int half = 0; half < Block; half += Panel)
                Multiply(owner._pair.At(start, Block + half), Pair, owner._pair.At(start, 0), Pair, 1, correction + half, Block, Block, Block, Into.Subtract, owner._isa);
            for (int row = start; row < start + Block; row++)
            {
                double* source = owner._pair.At(row, Block);
                double* packed = owner._packed.At(row / Panel, row % Panel);
                for (int c = 0; c < Block; c++) packed[c * Panel] = source[c];
            }
        }
    }

    /// <summary>A block of the lower triangle of <c>G - V W^T - W V^T</c>.</summary>
    private readonly struct Update(BandReduction owner, int first, int rows, int blockColumns) : IParallelBody
    {
        public void Invoke(int item)
        {
            int rowStart = item / blockColumns * ItemRows;
            int rowEnd = Math.Min(rows, rowStart + ItemRows);
            int columnStart = item % blockColumns * ItemColumns;
            int columnEnd = Math.Min(rowEnd, columnStart + ItemColumns);
            for (int column = columnStart; column < columnEnd; column += Panel)
            {
                int row = Math.Max(rowStart, column / Block * Block);
                Multiply(
                    owner._g.At(first + row, first + column), owner._g.Columns, owner._pair.At(row, 0), Pair, 1, owner._packed.At(column / Panel, 0), Panel,
                    rowEnd - row, Pair, Into.Subtract, owner._isa);
            }
        }
    }
}
