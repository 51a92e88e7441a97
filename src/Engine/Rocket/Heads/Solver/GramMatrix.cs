using System.Runtime.Intrinsics;
using FastNets.Kernels;
using FastNets.Threading;

namespace FastNets.Rocket.Heads.Solver;

/// <summary>A symmetric matrix G in double precision, of which the lower triangle is kept, in a square padded with zeros to whole blocks.</summary>
/// <remarks>Blocks on the diagonal are kept in full. Memory: 8 bytes for each element of the square.</remarks>
internal sealed unsafe class GramMatrix : IDisposable
{
    /// <summary>Rows and columns of a block; the width of the band, too.</summary>
    public const int Block = 48;

    /// <summary>The columns of a packed panel.</summary>
    public const int Panel = 24;

    /// <summary>The columns of a packed panel in single precision.</summary>
    public const int SinglePanel = Block;

    // A block's rows of both factors over this depth stay in the second-level cache, one panel of each in the first-level cache.
    private const int Depth = 128;
    private const int SingleDepth = 64;
    private const int LargeItem = 4 * Block;
    private const int SmallItem = 2 * Block;
    private const int LargeOrder = 1024;

    private readonly Isa _isa;

    /// <summary>Makes a matrix of zeros.</summary>
    /// <param name="order">The number of rows.</param>
    /// <param name="isa">The instruction set of the products.</param>
    public GramMatrix(int order, Isa isa)
    {
        Order = order;
        Padded = NativeMatrix<double>.Pad(order, Block);
        _isa = isa;

        // Rows a power of two apart fall into the same sets of the caches.
        Values = new NativeMatrix<double>(Padded, Padded % 64 == 0 ? Padded + 16 : Padded);
    }

    /// <summary>The number of rows.</summary>
    public int Order { get; }

    /// <summary>The number of rows with padding.</summary>
    public int Padded { get; }

    /// <summary>The square; what lies above the blocks of the diagonal has no meaning.</summary>
    public NativeMatrix<double> Values { get; }

    /// <summary>The sum of the diagonal.</summary>
    public double Trace
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < Order; i++) sum += *Values.At(i, i);
            return sum;
        }
    }

    /// <summary>Adds <c>P P^T</c>.</summary>
    /// <param name="packed">P, packed: for each <see cref="Panel"/> rows of P a row, in which element (i, p) lies at <c>p * Panel + i</c>; rows past the order are zero.</param>
    /// <param name="depth">The columns of P.</param>
    public void AddProduct(NativeMatrix<double> packed, int depth)
    {
        int edge = Padded >= LargeOrder ? LargeItem : SmallItem;
        int blocks = (Padded + edge - 1) / edge;
        WorkerPool.Run(blocks * (blocks + 1) / 2, new ProductBlock(this, packed, depth, edge));
    }

    /// <summary>Adds <c>P P^T</c>, whose products are added up in single precision over short stretches, and those in double precision.</summary>
    /// <param name="packed">P, packed: for each <see cref="SinglePanel"/> rows of P a row, in which element (i, p) lies at <c>p * SinglePanel + i</c>; rows past the order are zero.</param>
    /// <param name="depth">The columns of P.</param>
    public void AddProduct(NativeMatrix<float> packed, int depth)
    {
        int blocks = (Padded + LargeItem - 1) / LargeItem;
        WorkerPool.Run(blocks * (blocks + 1) / 2, new SingleProductBlock(this, packed, depth));
    }

    /// <summary>Adds a number to every element.</summary>
    public void AddToAll(double value)
    {
        for (int i = 0; i < Order; i++)
        {
            double* row = Values.At(i, 0);
            int end = Math.Min(((i / Block) + 1) * Block, Order);
            for (int j = 0; j < end; j++) row[j] += value;
        }
    }

    /// <summary>Gives the rows of the padding a diagonal, so that they are as definite as the rest.</summary>
    public void FillPadding(double diagonal)
    {
        for (int i = Order; i < Padded; i++) *Values.At(i, i) = diagonal;
    }

    /// <summary>Row and column of an item, when items are the lower triangle's blocks row after row.</summary>
    public static (int Row, int Column) TriangleItem(int item)
    {
        int row = (int)((Math.Sqrt((8.0 * item) + 1) - 1) / 2);
        while ((long)row * (row + 1) / 2 > item) row--;
        while ((long)(row + 1) * (row + 2) / 2 <= item) row++;
        return (row, item - (row * (row + 1) / 2));
    }

    /// <inheritdoc/>
    public void Dispose() => Values.Dispose();

    private readonly struct ProductBlock(GramMatrix gram, NativeMatrix<double> packed, int depth, int edge) : IParallelBody
    {
        public void Invoke(int item)
        {
            (int blockRow, int blockColumn) = TriangleItem(item);
            int lastRow = Math.Min(gram.Padded, (blockRow + 1) * edge);
            int lastColumn = Math.Min(gram.Padded, (blockColumn + 1) * edge);
            for (int start = 0; start < depth; start += Depth)
            {
                int count = Math.Min(Depth, depth - start);
                for (int row = blockRow * edge; row < lastRow; row += Panel)
                {
                    double* left = packed.At(row / Panel, start * Panel);
                    int end = Math.Min(lastColumn, ((row / Block) + 1) * Block);
                    for (int column = blockColumn * edge; column < end; column += Panel)
                    {
                        ProductTile.Multiply(
                            gram.Values.At(row, column), gram.Values.Columns, left, 1, Panel, packed.At(column / Panel, start * Panel), Panel,
                            Panel, count, ProductTile.Into.Add, gram._isa);
                    }
                }
            }
        }
    }

    private readonly struct SingleProductBlock(GramMatrix gram, NativeMatrix<float> packed, int depth) : IParallelBody
    {
        public void Invoke(int item)
        {
            (int blockRow, int blockColumn) = TriangleItem(item);
            int lastRow = Math.Min(gram.Padded, (blockRow + 1) * LargeItem);
            int lastColumn = Math.Min(gram.Padded, (blockColumn + 1) * LargeItem);
            float* sums = stackalloc float[Block * Block];
            for (int start = 0; start < depth; start += SingleDepth)
            {
                int count = Math.Min(SingleDepth, depth - start);
                for (int row = blockRow * LargeItem; row < lastRow; row += Block)
                {
                    float* left = packed.At(row / Block, start * Block);
                    for (int column = blockColumn * LargeItem; column < Math.Min(lastColumn, row + Block); column += Block)
                    {
                        float* right = packed.At(column / Block, start * Block);
                        ProductTile.Multiply(sums, Block, left, 1, Block, right, Block, Block, count, ProductTile.Into.Overwrite, gram._isa);
                        for (int i = 0; i < Block; i++) Add(sums + (i * Block), gram.Values.At(row + i, column));
                    }
                }
            }
        }

        private static void Add(float* sums, double* target)
        {
            for (int j = 0; j < Block; j += 8)
            {
                (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Load(sums + j));
                (Vector256.Load(target + j) + low).Store(target + j);
                (Vector256.Load(target + j + 4) + high).Store(target + j + 4);
            }
        }
    }
}
