using System.Runtime.CompilerServices;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Pointwise;

/// <summary>The sum of two matrices, as where a residual connection ends.</summary>
/// <remarks>Thread-safe. Same bits for the same instruction set, whatever the number of threads. Nothing is allocated.</remarks>
public static unsafe class AdditionKernels
{
    // A run's sums are still in the first cache when the tail reads them; a multiple of the dropout groups.
    private const int RunLength = 1024;

    private const int ElementsPerItem = 1 << 14;

    /// <summary>y = dropout(f(a + b)), element by element.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="a">[rows, columns].</param>
    /// <param name="b">[rows, columns].</param>
    /// <param name="y">[rows, columns], overwritten; may be a or b.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="dropout">The mask on f's output.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Add<TActivation>(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, int rows, int columns, DropoutMask dropout)
        where TActivation : struct, IActivation => Add<TActivation>(a, b, y, rows, columns, dropout, LaneLoop.Active);

    internal static void Add<TActivation>(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, int rows, int columns, DropoutMask dropout, Isa isa)
        where TActivation : struct, IActivation
    {
        Shape.Require(a.Length, rows, columns, nameof(a));
        Shape.Require(b.Length, rows, columns, nameof(b));
        Shape.Require(y.Length, rows, columns, nameof(y));
        long elements = (long)rows * columns;
        if (elements == 0) return;
        if (!dropout.IsActive)
        {
            // Rows don't matter then: as few and as long as can be.
            columns = RunLength;
            rows = (int)((elements + RunLength - 1) / RunLength);
        }

        fixed (float* pa = a, pb = b, py = y)
        {
            var body = new Body<TActivation>
            {
                A = pa,
                B = pb,
                Y = py,
                Elements = elements,
                Rows = rows,
                Columns = columns,
                RowsPerItem = Math.Max(1, ElementsPerItem / columns),
                Tail = new RowTail<TActivation>(null, null, null, new DropoutBits(dropout, columns)),
            };
            LaneLoop.Run(isa, (rows + body.RowsPerItem - 1) / body.RowsPerItem, elements >= LaneLoop.ParallelElements, body);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum<T>(float* a, float* b, float* y, int count)
        where T : struct, ILanes<T>
    {
        for (int i = 0; i < count; i += T.Count)
            LaneEnds.Store(LaneEnds.Load<T>(a + i, count - i) + LaneEnds.Load<T>(b + i, count - i), y + i, count - i);
    }

    private struct Body<TActivation> : ILaneBody
        where TActivation : struct, IActivation
    {
        public float* A;
        public float* B;
        public float* Y;
        public long Elements;
        public int Rows;
        public int Columns;
        public int RowsPerItem;
        public RowTail<TActivation> Tail;

        public readonly void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            int last = Math.Min(Rows, (item + 1) * RowsPerItem);
            for (int row = item * RowsPerItem; row < last; row++)
            {
                nint offset = (nint)row * Columns;
                int columns = (int)Math.Min(Columns, Elements - offset);
                for (int column = 0; column < columns; column += RunLength)
                {
                    int count = Math.Min(RunLength, columns - column);
                    float* y = Y + offset + column;
                    Sum<TLanes>(A + offset + column, B + offset + column, y, count);
                    if (!Tail.IsEmpty) Tail.Forward<TLanes>(y, null, y, row, column, count);
                }
            }
        }
    }
}
