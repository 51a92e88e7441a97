using System.Runtime.CompilerServices;
using FastNets.Kernels;
using FastNets.Threading;
using static FastNets.Rocket.Heads.Solver.ProductTile;

namespace FastNets.Rocket.Heads.Solver;

/// <summary>Writes out Q^T of a <see cref="BandReduction"/>, in either precision.</summary>
/// <remarks>
/// From the last reflections to the first, so that only a corner that grows has to be touched, four steps' reflections at once, so that
/// the corner passes through memory a quarter as often. Takes 4/3 m^3 operations.
/// </remarks>
/// <typeparam name="N">Float or double.</typeparam>
internal sealed unsafe class BandRows<N> : IDisposable
    where N : unmanaged
{
    private const int Block = GramMatrix.Block;
    private const int Panel = GramMatrix.Panel;
    private const int GroupSteps = 4;
    private const int Group = GroupSteps * Block;
    private const int Depth = 4 * Block;
    private const int ItemRows = 2 * Block;

    private static readonly int TileWidth = Width<N>();

    private readonly GramMatrix _gram;
    private readonly BandReduction _band;
    private readonly Isa _isa;

    /// <summary>Makes Q^T.</summary>
    /// <param name="gram">What the reduction left of the matrix.</param>
    /// <param name="band">The reduction.</param>
    /// <param name="isa">The instruction set.</param>
    public BandRows(GramMatrix gram, BandReduction band, Isa isa)
    {
        _gram = gram;
        _band = band;
        _isa = isa;
        Values = new NativeMatrix<N>(band.Order, gram.Values.Columns);
        for (int i = 0; i < band.Order; i++) *Values.At(i, i) = NativeMatrix<N>.Number(1);
        if (band.Steps == 0) return;
        int largest = band.Order - Block;
        using var vectors = new NativeMatrix<double>(largest, Group, clear: false);
        using var plain = new NativeMatrix<N>(largest, Group, clear: false);
        using var packed = new NativeMatrix<N>((largest + TileWidth - 1) / TileWidth, Group * TileWidth, clear: false);
        for (int last = band.Steps; last > 0; last -= GroupSteps) Apply(Math.Max(0, last - GroupSteps), last, vectors, plain, packed);
    }

    /// <summary>Q^T, [order, at least order]: a column a row of the matrix that was reduced.</summary>
    public NativeMatrix<N> Values { get; }

    /// <inheritdoc/>
    public void Dispose() => Values.Dispose();

    // Q^T <- Q^T (I - V T^T V^T), V being the reflections of some steps side by side.
    private void Apply(int firstStep, int endStep, NativeMatrix<double> vectors, NativeMatrix<N> plain, NativeMatrix<N> packed)
    {
        int first = (firstStep + 1) * Block;
        int rows = _band.Order - first;
        int count = (endStep - firstStep) * Block;
        WorkerPool.Run(rows / Block, new Collect(this, vectors, plain, packed, firstStep, count));
        using NativeMatrix<N> triangle = Triangle(vectors, rows, firstStep * Block, count);
        WorkerPool.Run((rows + ItemRows - 1) / ItemRows, new Reflect(this, plain, packed, triangle, first, rows, count));
    }

    // T^T.
    private NativeMatrix<N> Triangle(NativeMatrix<double> vectors, int rows, int firstReflection, int count)
    {
        using var products = new NativeMatrix<double>(count, count);
        using var triangle = new NativeMatrix<double>(count, count);
        WorkerPool.Run(count / Panel, new Products(vectors, products, rows, count, _isa));
        fixed (double* taus = &_band.Taus[firstReflection]) ReflectorTriangle.Make(products.At(0, 0), taus, count, triangle.At(0, 0));
        var transposed = new NativeMatrix<N>(count, count);
        for (int i = 0; i < count; i++)
        {
            for (int j = i; j < count; j++) *transposed.At(j, i) = NativeMatrix<N>.Number(*triangle.At(i, j));
        }

        return transposed;
    }

    private readonly struct Products(NativeMatrix<double> vectors, NativeMatrix<double> products, int rows, int count, Isa isa) : IParallelBody
    {
        public void Invoke(int item)
        {
            int column = item * Panel;
            int height = (item + 1) * Panel;
            for (int start = 0; start < rows; start += Depth)
            {
                Multiply(
                    products.At(0, column), count, vectors.At(start, 0), 1, Group, vectors.At(start, column), Group, height,
                    Math.Min(Depth, rows - start), Into.Add, isa);
            }
        }
    }

    /// <summary>A block of rows of V: as it is, in the other precision, and transposed in packed panels.</summary>
    private readonly struct Collect(
        BandRows<N> owner, NativeMatrix<double> vectors, NativeMatrix<N> plain, NativeMatrix<N> packed, int firstStep, int count) : IParallelBody
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Invoke(int item)
        {
            int first = (firstStep + 1) * Block;

            // The later steps' reflections begin further down.
            int inUse = Math.Min(count, (item + 1) * Block);
            for (int i = item * Block; i < (item + 1) * Block; i++)
            {
                double* source = vectors.At(i, 0);
                new ReadOnlySpan<double>(owner._gram.Values.At(first + i, firstStep * Block), inUse).CopyTo(new Span<double>(source, inUse));
                new Span<double>(source + inUse, count - inUse).Clear();
                N* row = plain.At(i, 0);
                N* column = packed.At(i / TileWidth, i % TileWidth);
                for (int c = 0; c < count; c++)
                {
                    row[c] = NativeMatrix<N>.Number(source[c]);
                    column[(nint)c * TileWidth] = row[c];
                }
            }
        }
    }

    /// <summary>A block of rows: P = rows V, then U = P T^T, then rows - U V^T.</summary>
    private readonly struct Reflect(BandRows<N> owner, NativeMatrix<N> plain, NativeMatrix<N> packed, NativeMatrix<N> triangle, int first, int rows, int count)
        : IParallelBody
    {
        public void Invoke(int item)
        {
            NativeMatrix<N> q = owner.Values;
            int row = first + (item * ItemRows);
            int height = Math.Min(ItemRows, q.Rows - row);
            N* products = stackalloc N[ItemRows * Group];
            N* scaled = stackalloc N[ItemRows * Group];
            for (int start = 0; start < rows; start += Depth)
            {
                int depth = Math.Min(Depth, rows - start);
                for (int column = 0; column < count; column += TileWidth)
                {
                    Multiply(
                        products + column, Group, q.At(row, first + start), q.Columns, 1, plain.At(start, column), Group, height, depth,
                        start == 0 ? Into.Overwrite : Into.Add, owner._isa);
                }
            }

            for (int column = 0; column < count; column += TileWidth)
                Multiply(scaled + column, Group, products, Group, 1, triangle.At(0, column), count, height, count, Into.Overwrite, owner._isa);
            for (int column = 0; column < rows; column += TileWidth)
                Multiply(q.At(row, first + column), q.Columns, scaled, Group, 1, packed.At(column / TileWidth, 0), TileWidth, height, count, Into.Subtract, owner._isa);
        }
    }
}
