using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Pointwise;

/// <summary>Operations on each element of a row-major matrix, forward and backward.</summary>
/// <remarks>Thread-safe. Same bits for the same instruction set, whatever the number of threads. Nothing is allocated.</remarks>
public static unsafe class PointwiseKernels
{
    // Wide enough to stream, narrow enough that sums stay in the first cache; a multiple of the dropout groups.
    internal const int ColumnBlock = 512;

    // Float sums are broken off after so many rows, so that their error grows with the root of the batch and not with it.
    internal const int RowsPerSum = 64;

    private const int FlatBlock = 1 << 14;

    private const int ElementsPerItem = 1 << 14;

    /// <summary>y = dropout(f(x)).</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="x">[batch, columns].</param>
    /// <param name="y">[batch, columns]; may be x.</param>
    /// <param name="batch">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="dropout">The mask on f's output.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Forward<TActivation>(ReadOnlySpan<float> x, Span<float> y, int batch, int columns, DropoutMask dropout)
        where TActivation : struct, IActivation => Forward<TActivation>(x, y, batch, columns, dropout, LaneLoop.Active);

    /// <summary>dX = f'(saved) * mask * dY and its column sums, in one pass.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="dY">[batch, columns].</param>
    /// <param name="saved">f's input where <see cref="IActivation.DerivativeOfInput"/>, else the output with dropout, [batch, columns]; empty where f is the identity.</param>
    /// <param name="dX">[batch, columns]; may be dY; empty where only the sums are wanted.</param>
    /// <param name="dBias">[columns], overwritten; or empty.</param>
    /// <param name="batch">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="dropout">The mask of the forward pass.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Backward<TActivation>(
        ReadOnlySpan<float> dY, ReadOnlySpan<float> saved, Span<float> dX, Span<float> dBias, int batch, int columns, DropoutMask dropout)
        where TActivation : struct, IActivation => Backward<TActivation>(dY, saved, dX, dBias, batch, columns, dropout, LaneLoop.Active);

    /// <summary>y = f(scale * x + shift), column by column.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="x">[batch, columns].</param>
    /// <param name="scale">[columns].</param>
    /// <param name="shift">[columns].</param>
    /// <param name="y">[batch, columns]; may be x.</param>
    /// <param name="batch">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Affine<TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<float> y, int batch, int columns)
        where TActivation : struct, IActivation => Affine<TActivation>(x, scale, shift, y, batch, columns, LaneLoop.Active);

    internal static void Forward<TActivation>(ReadOnlySpan<float> x, Span<float> y, int batch, int columns, DropoutMask dropout, Isa isa)
        where TActivation : struct, IActivation
    {
        Shape.Require(x.Length, batch, columns, nameof(x));
        Shape.Require(y.Length, batch, columns, nameof(y));
        fixed (float* px = x, py = y)
        {
            if (dropout.IsActive) Rows(new RowTail<TActivation>(null, null, null, new DropoutBits(dropout, columns)), px, py, batch, columns, isa);
            else if (!TActivation.IsIdentity || px != py) Flat(new RowTail<TActivation>(null, null, null, default), px, py, batch * columns, isa);
        }
    }

    internal static void Affine<TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<float> y, int batch, int columns, Isa isa)
        where TActivation : struct, IActivation
    {
        Shape.Require(x.Length, batch, columns, nameof(x));
        Shape.Require(y.Length, batch, columns, nameof(y));
        Shape.Require(scale.Length, columns, nameof(scale));
        Shape.Require(shift.Length, columns, nameof(shift));
        fixed (float* px = x, py = y, a = scale, b = shift) Rows(new RowTail<TActivation>(null, a, b, default), px, py, batch, columns, isa);
    }

    internal static void Backward<TActivation>(
        ReadOnlySpan<float> dY, ReadOnlySpan<float> saved, Span<float> dX, Span<float> dBias, int batch, int columns, DropoutMask dropout, Isa isa)
        where TActivation : struct, IActivation
    {
        Shape.Require(dY.Length, batch, columns, nameof(dY));
        Shape.RequireIfAny(dX.Length, batch, columns, nameof(dX));
        if (!TActivation.IsIdentity) Shape.Require(saved.Length, batch, columns, nameof(saved));
        Shape.RequireIfAny(dBias.Length, 1, columns, nameof(dBias));
        fixed (float* dy = dY, s = saved, dx = dX, db = dBias)
        {
            var tail = new RowTail<TActivation>(null, null, null, new DropoutBits(dropout, columns));
            // Nothing to compute but the sums, if any.
            float* target = TActivation.IsIdentity && !dropout.IsActive && dy == dx ? null : dx;
            if (target is null && db is null) return;
            var body = new BackwardBody<TActivation>(tail, dy, s, target, db, batch, columns);
            int items = (columns + ColumnBlock - 1) / ColumnBlock;
            LaneLoop.Run(isa, items, (long)batch * columns >= LaneLoop.ParallelElements, body);
        }
    }

    private static void Flat<TActivation>(RowTail<TActivation> tail, float* x, float* y, int count, Isa isa)
        where TActivation : struct, IActivation
    {
        var body = new FlatBody<TActivation>(tail, x, y, count);
        LaneLoop.Run(isa, (count + FlatBlock - 1) / FlatBlock, count >= LaneLoop.ParallelElements, body);
    }

    private static void Rows<TActivation>(RowTail<TActivation> tail, float* x, float* y, int batch, int columns, Isa isa)
        where TActivation : struct, IActivation
    {
        int rows = Math.Max(1, ElementsPerItem / Math.Max(1, columns));
        var body = new RowsBody<TActivation>(tail, x, y, batch, columns, rows);
        LaneLoop.Run(isa, (batch + rows - 1) / rows, (long)batch * columns >= LaneLoop.ParallelElements, body);
    }

    private readonly struct FlatBody<TActivation>(RowTail<TActivation> tail, float* x, float* y, int count) : ILaneBody
        where TActivation : struct, IActivation
    {
        private readonly RowTail<TActivation> _tail = tail;
        private readonly float* _x = x;
        private readonly float* _y = y;
        private readonly int _count = count;

        public void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            int start = item * FlatBlock;
            _tail.Forward<TLanes>(_x + start, null, _y + start, 0, 0, Math.Min(FlatBlock, _count - start));
        }
    }

    private readonly struct RowsBody<TActivation>(RowTail<TActivation> tail, float* x, float* y, int batch, int columns, int rows) : ILaneBody
        where TActivation : struct, IActivation
    {
        private readonly RowTail<TActivation> _tail = tail;
        private readonly float* _x = x;
        private readonly float* _y = y;
        private readonly int _batch = batch;
        private readonly int _columns = columns;
        private readonly int _rows = rows;

        public void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            int last = Math.Min(_batch, (item + 1) * _rows);
            for (int row = item * _rows; row < last; row++)
            {
                nint offset = (nint)row * _columns;
                _tail.Forward<TLanes>(_x + offset, null, _y + offset, row, 0, _columns);
            }
        }
    }

    private readonly struct BackwardBody<TActivation>(
        RowTail<TActivation> tail, float* dY, float* saved, float* dX, float* dBias, int batch, int columns) : ILaneBody
        where TActivation : struct, IActivation
    {
        private readonly RowTail<TActivation> _tail = tail;
        private readonly float* _dY = dY;
        private readonly float* _saved = saved;
        private readonly float* _dX = dX;
        private readonly float* _dBias = dBias;
        private readonly int _batch = batch;
        private readonly int _columns = columns;

        public void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            int column = item * ColumnBlock;
            int count = Math.Min(ColumnBlock, _columns - column);
            float* sums = stackalloc float[ColumnBlock];
            if (_dBias is not null) new Span<float>(_dBias + column, count).Clear();
            for (int first = 0; first < _batch; first += RowsPerSum)
            {
                int last = Math.Min(_batch, first + RowsPerSum);
                if (_dBias is not null) new Span<float>(sums, count).Clear();
                for (int row = first; row < last; row++)
                {
                    nint offset = ((nint)row * _columns) + column;
                    _tail.Backward<TLanes>(
                        _dY + offset, _saved is null ? null : _saved + offset, _dX is null ? null : _dX + offset,
                        _dBias is null ? null : sums, row, column, count);
                }

                if (_dBias is not null) ColumnSums.Add<TLanes>(sums, _dBias + column, count);
            }
        }
    }
}
