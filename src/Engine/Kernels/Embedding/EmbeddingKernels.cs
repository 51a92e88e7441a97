using FastNets.Kernels.Lanes;
using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Embedding;

/// <summary>Rows of a table, chosen by tokens, and the table's gradient.</summary>
/// <remarks>Thread-safe. Same bits for every instruction set and number of threads. Nothing is allocated.</remarks>
public static unsafe class EmbeddingKernels
{
    private const int ElementsPerItem = 1 << 14;

    // The gradient is cut by columns, so that each element is summed in the order of the rows.
    private const int ColumnBlock = 64;

    /// <summary>y[r, :] = table[tokens[r], :].</summary>
    /// <param name="tokens">[rows], each in [0, vocabulary).</param>
    /// <param name="table">[vocabulary, columns].</param>
    /// <param name="y">[rows, columns], overwritten. Must not overlap the table.</param>
    /// <param name="rows">How many tokens.</param>
    /// <param name="vocabulary">Rows of the table.</param>
    /// <param name="columns">Columns of the table.</param>
    /// <exception cref="ArgumentOutOfRangeException">A token is out of its range; nothing is written then.</exception>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Forward(ReadOnlySpan<int> tokens, ReadOnlySpan<float> table, Span<float> y, int rows, int vocabulary, int columns)
    {
        Shape.Require(table.Length, vocabulary, columns, nameof(table));
        Shape.Require(y.Length, rows, columns, nameof(y));
        Require(tokens, rows, vocabulary);
        fixed (int* t = tokens)
        fixed (float* w = table, py = y)
        {
            var body = new ForwardBody { Tokens = t, Table = w, Y = py, Rows = rows, Columns = columns, RowsPerItem = Math.Max(1, ElementsPerItem / Math.Max(1, columns)) };
            LaneLoop.Run(Isa.Scalar, (rows + body.RowsPerItem - 1) / body.RowsPerItem, (long)rows * columns >= LaneLoop.ParallelElements, body);
        }
    }

    /// <summary>dTable[v, :] = the sum of dY[r, :] over the rows r with tokens[r] = v, in their order; 0 where there are none.</summary>
    /// <param name="tokens">[rows], each in [0, vocabulary).</param>
    /// <param name="dY">[rows, columns].</param>
    /// <param name="dTable">[vocabulary, columns], overwritten. Must not overlap dY.</param>
    /// <param name="rows">How many tokens.</param>
    /// <param name="vocabulary">Rows of the table.</param>
    /// <param name="columns">Columns of the table.</param>
    /// <exception cref="ArgumentOutOfRangeException">A token is out of its range; nothing is written then.</exception>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Gradient(ReadOnlySpan<int> tokens, ReadOnlySpan<float> dY, Span<float> dTable, int rows, int vocabulary, int columns) =>
        Gradient(tokens, dY, dTable, rows, vocabulary, columns, LaneLoop.Active);

    internal static void Gradient(ReadOnlySpan<int> tokens, ReadOnlySpan<float> dY, Span<float> dTable, int rows, int vocabulary, int columns, Isa isa)
    {
        Shape.Require(dY.Length, rows, columns, nameof(dY));
        Shape.Require(dTable.Length, vocabulary, columns, nameof(dTable));
        Require(tokens, rows, vocabulary);
        dTable[..(vocabulary * columns)].Clear();
        fixed (int* t = tokens)
        fixed (float* dy = dY, dw = dTable)
        {
            var body = new GradientBody { Tokens = t, DY = dy, DTable = dw, Rows = rows, Columns = columns };
            LaneLoop.Run(isa, (columns + ColumnBlock - 1) / ColumnBlock, (long)rows * columns >= LaneLoop.ParallelElements, body);
        }
    }

    private static void Require(ReadOnlySpan<int> tokens, int rows, int vocabulary)
    {
        Shape.Require(tokens.Length, rows, nameof(tokens));
        for (int row = 0; row < rows; row++)
        {
            if ((uint)tokens[row] >= (uint)vocabulary)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(tokens), tokens[row], $"The token of row {row} is {tokens[row]}; the table has the tokens 0 to {vocabulary - 1}.");
            }
        }
    }

    private struct ForwardBody : ILaneBody
    {
        public int* Tokens;
        public float* Table;
        public float* Y;
        public int Rows;
        public int Columns;
        public int RowsPerItem;

        public readonly void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            int last = Math.Min(Rows, (item + 1) * RowsPerItem);
            for (int row = item * RowsPerItem; row < last; row++)
                new ReadOnlySpan<float>(Table + ((nint)Tokens[row] * Columns), Columns).CopyTo(new Span<float>(Y + ((nint)row * Columns), Columns));
        }
    }

    private struct GradientBody : ILaneBody
    {
        public int* Tokens;
        public float* DY;
        public float* DTable;
        public int Rows;
        public int Columns;

        public readonly void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            int column = item * ColumnBlock;
            int count = Math.Min(ColumnBlock, Columns - column);
            for (int row = 0; row < Rows; row++)
                ColumnSums.Add<TLanes>(DY + ((nint)row * Columns) + column, DTable + ((nint)Tokens[row] * Columns) + column, count);
        }
    }
}
