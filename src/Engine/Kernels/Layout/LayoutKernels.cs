using FastNets.Kernels.Lanes;
using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Layout;

/// <summary>Operations that move elements and compute nothing or nearly nothing.</summary>
/// <remarks>Thread-safe. Same bits for every instruction set and number of threads. Nothing is allocated.</remarks>
public static unsafe class LayoutKernels
{
    // Blocks of both axes of which rows are taken together, so that short rows use whole cache lines on both sides.
    private const int Block = 16;

    private const int ElementsPerItem = 1 << 14;

    /// <summary>y[j, i, :] = x[i, j, :].</summary>
    /// <param name="x">[first, second, columns].</param>
    /// <param name="y">[second, first, columns], overwritten. Must not overlap x.</param>
    /// <param name="first">The size of x's first axis.</param>
    /// <param name="second">The size of x's second axis.</param>
    /// <param name="columns">Adjacent elements that stay together.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void SwapAxes(ReadOnlySpan<float> x, Span<float> y, int first, int second, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(second);
        Shape.Require(x.Length, checked(first * second), columns, nameof(x));
        Shape.Require(y.Length, checked(first * second), columns, nameof(y));
        fixed (float* px = x, py = y)
        {
            var body = new SwapBody { X = px, Y = py, First = first, Second = second, Columns = columns };
            LaneLoop.Run(Isa.Scalar, (second + Block - 1) / Block, (long)first * second * columns >= LaneLoop.ParallelElements, body);
        }
    }

    /// <summary>target[r, targetOffset + j] (+)= source[r, sourceOffset + j] for j below the count.</summary>
    /// <param name="source">[rows, sourceColumns].</param>
    /// <param name="sourceColumns">Columns of the source.</param>
    /// <param name="sourceOffset">The first of the source's columns.</param>
    /// <param name="target">[rows, targetColumns]; other columns stay. Must not overlap the source.</param>
    /// <param name="targetColumns">Columns of the target.</param>
    /// <param name="targetOffset">The first of the target's columns.</param>
    /// <param name="rows">Rows of both.</param>
    /// <param name="count">How many columns.</param>
    /// <param name="accumulate">Whether elements are added to the target's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The columns don't lie within a matrix.</exception>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void CopyColumns(
        ReadOnlySpan<float> source, int sourceColumns, int sourceOffset, Span<float> target, int targetColumns, int targetOffset,
        int rows, int count, bool accumulate) =>
        CopyColumns(source, sourceColumns, sourceOffset, target, targetColumns, targetOffset, rows, count, accumulate, LaneLoop.Active);

    internal static void CopyColumns(
        ReadOnlySpan<float> source, int sourceColumns, int sourceOffset, Span<float> target, int targetColumns, int targetOffset,
        int rows, int count, bool accumulate, Isa isa)
    {
        Shape.Require(source.Length, rows, sourceColumns, nameof(source));
        Shape.Require(target.Length, rows, targetColumns, nameof(target));
        ArgumentOutOfRangeException.ThrowIfNegative(sourceOffset);
        ArgumentOutOfRangeException.ThrowIfNegative(targetOffset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, sourceColumns - sourceOffset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, targetColumns - targetOffset);
        fixed (float* s = source, t = target)
        {
            var body = new ColumnsBody
            {
                Source = s + sourceOffset,
                SourceColumns = sourceColumns,
                Target = t + targetOffset,
                TargetColumns = targetColumns,
                Rows = rows,
                RowsPerItem = Math.Max(1, ElementsPerItem / Math.Max(1, count)),
                Count = count,
                Accumulate = accumulate,
            };
            LaneLoop.Run(isa, (rows + body.RowsPerItem - 1) / body.RowsPerItem, (long)rows * count >= LaneLoop.ParallelElements, body);
        }
    }

    private struct SwapBody : ILaneBody
    {
        public float* X;
        public float* Y;
        public int First;
        public int Second;
        public int Columns;

        public readonly void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            int start = item * Block;
            int end = Math.Min(Second, start + Block);
            for (int first = 0; first < First; first += Block)
            {
                int last = Math.Min(First, first + Block);
                for (int j = start; j < end; j++)
                {
                    float* to = Y + ((((nint)j * First) + first) * Columns);
                    float* from = X + ((((nint)first * Second) + j) * Columns);
                    for (int i = first; i < last; i++)
                    {
                        if (Columns == 1) *to = *from;
                        else new ReadOnlySpan<float>(from, Columns).CopyTo(new Span<float>(to, Columns));
                        to += Columns;
                        from += (nint)Second * Columns;
                    }
                }
            }
        }
    }

    private struct ColumnsBody : ILaneBody
    {
        public float* Source;
        public int SourceColumns;
        public float* Target;
        public int TargetColumns;
        public int Rows;
        public int RowsPerItem;
        public int Count;
        public bool Accumulate;

        public readonly void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            int last = Math.Min(Rows, (item + 1) * RowsPerItem);
            for (int row = item * RowsPerItem; row < last; row++)
            {
                float* from = Source + ((nint)row * SourceColumns);
                float* to = Target + ((nint)row * TargetColumns);
                if (Accumulate) ColumnSums.Add<TLanes>(from, to, Count);
                else new ReadOnlySpan<float>(from, Count).CopyTo(new Span<float>(to, Count));
            }
        }
    }
}
