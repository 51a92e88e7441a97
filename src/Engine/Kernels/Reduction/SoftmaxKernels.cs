using System.Runtime.CompilerServices;
using FastNets.Kernels.Lanes;
using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Reduction;

/// <summary>The softmax over the rows of a row-major matrix, forward and backward.</summary>
/// <remarks>Thread-safe. Same bits for the same instruction set, whatever the number of threads. Nothing is allocated.</remarks>
public static unsafe class SoftmaxKernels
{
    // An exponential and two more passes over the first cache an element.
    internal const int ElementsPerItem = 1 << 12;

    /// <summary>y = e^(x - max) / sum(e^(x - max)), row by row. A row with a NaN gives NaN.</summary>
    /// <param name="x">[batch, columns].</param>
    /// <param name="y">[batch, columns]; may be x.</param>
    /// <param name="batch">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y, int batch, int columns) => Forward(x, y, batch, columns, LaneLoop.Active);

    /// <summary>dX = y * (dY - sum(y * dY)), row by row.</summary>
    /// <param name="dY">[batch, columns].</param>
    /// <param name="y">The softmax, [batch, columns].</param>
    /// <param name="dX">[batch, columns]; may be dY.</param>
    /// <param name="batch">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Backward(ReadOnlySpan<float> dY, ReadOnlySpan<float> y, Span<float> dX, int batch, int columns) =>
        Backward(dY, y, dX, batch, columns, LaneLoop.Active);

    internal static void Forward(ReadOnlySpan<float> x, Span<float> y, int batch, int columns, Isa isa)
    {
        Shape.Require(x.Length, batch, columns, nameof(x));
        Shape.Require(y.Length, batch, columns, nameof(y));
        if (columns == 0) return;
        fixed (float* px = x, py = y)
        {
            int rows = Math.Max(1, ElementsPerItem / columns);
            LaneLoop.Run(isa, (batch + rows - 1) / rows, (long)batch * columns >= LaneLoop.ParallelElements / 2, new ForwardBody(px, py, batch, columns, rows));
        }
    }

    internal static void Backward(ReadOnlySpan<float> dY, ReadOnlySpan<float> y, Span<float> dX, int batch, int columns, Isa isa)
    {
        Shape.Require(dY.Length, batch, columns, nameof(dY));
        Shape.Require(y.Length, batch, columns, nameof(y));
        Shape.Require(dX.Length, batch, columns, nameof(dX));
        if (columns == 0) return;
        fixed (float* dy = dY, py = y, dx = dX)
        {
            int rows = Math.Max(1, ElementsPerItem / columns);
            LaneLoop.Run(isa, (batch + rows - 1) / rows, (long)batch * columns >= LaneLoop.ParallelElements, new BackwardBody(dy, py, dx, batch, columns, rows));
        }
    }

    /// <summary>y = e^(x - shift) for a row; its sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float ExpRow<T>(float* x, float* y, float shift, int count)
        where T : struct, ILanes<T>
    {
        T sum = T.Create(0f);
        T offset = T.Create(shift);
        int i = 0;
        for (; i <= count - T.Count; i += T.Count)
        {
            T e = Functions.Exp(T.Load(x + i) - offset);
            e.Store(y + i);
            sum += e;
        }

        int rest = count - i;
        if (rest > 0)
        {
            T e = T.KeepWhere(T.FirstMask(rest), Functions.Exp(T.LoadFirst(x + i, rest) - offset));
            e.StoreFirst(y + i, rest);
            sum += e;
        }

        return T.Sum(sum);
    }

    /// <summary>The largest element of a row of at least one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float MaxRow<T>(float* x, int count)
        where T : struct, ILanes<T>
    {
        T max = T.Create(float.NegativeInfinity);
        int i = 0;
        for (; i <= count - T.Count; i += T.Count) max = T.Max(T.Load(x + i), max);
        int rest = count - i;
        if (rest > 0) max = T.Max(T.Select(T.FirstMask(rest), T.LoadFirst(x + i, rest), max), max);
        return T.MaxAcross(max);
    }

    /// <summary>y = a * x + b * z for a row, z left out where it is null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void ScaleRow<T>(float* x, float a, float* z, float b, float* y, int count)
        where T : struct, ILanes<T>
    {
        T va = T.Create(a);
        T vb = T.Create(b);
        int i = 0;
        for (; i <= count - T.Count; i += T.Count)
        {
            T v = va * T.Load(x + i);
            if (z is not null) v = T.MultiplyAdd(vb, T.Load(z + i), v);
            v.Store(y + i);
        }

        int rest = count - i;
        if (rest <= 0) return;
        T last = va * T.LoadFirst(x + i, rest);
        if (z is not null) last = T.MultiplyAdd(vb, T.LoadFirst(z + i, rest), last);
        last.StoreFirst(y + i, rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardRow<T>(float* dY, float* y, float* dX, int count)
        where T : struct, ILanes<T>
    {
        T sum = T.Create(0f);
        int i = 0;
        for (; i <= count - T.Count; i += T.Count) sum = T.MultiplyAdd(T.Load(y + i), T.Load(dY + i), sum);
        int rest = count - i;
        if (rest > 0) sum = T.MultiplyAdd(T.LoadFirst(y + i, rest), T.LoadFirst(dY + i, rest), sum);
        T total = T.Create(T.Sum(sum));
        for (i = 0; i <= count - T.Count; i += T.Count) (T.Load(y + i) * (T.Load(dY + i) - total)).Store(dX + i);
        if (rest > 0) (T.LoadFirst(y + i, rest) * (T.LoadFirst(dY + i, rest) - total)).StoreFirst(dX + i, rest);
    }

    private readonly struct ForwardBody(float* x, float* y, int batch, int columns, int rows) : ILaneBody
    {
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
                float sum = ExpRow<TLanes>(_x + offset, _y + offset, MaxRow<TLanes>(_x + offset, _columns), _columns);
                ScaleRow<TLanes>(_y + offset, 1f / sum, null, 0f, _y + offset, _columns);
            }
        }
    }

    private readonly struct BackwardBody(float* dY, float* y, float* dX, int batch, int columns, int rows) : ILaneBody
    {
        private readonly float* _dY = dY;
        private readonly float* _y = y;
        private readonly float* _dX = dX;
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
                BackwardRow<TLanes>(_dY + offset, _y + offset, _dX + offset, _columns);
            }
        }
    }
}
