using System.Runtime.CompilerServices;
using FastNets.Kernels.Lanes;
using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Normalization;

public static unsafe partial class LayerNormKernels
{
    private struct ForwardBody<TActivation> : ILaneBody
        where TActivation : struct, IActivation
    {
        public float* X;
        public float* Mean;
        public float* InverseDeviation;
        public float* Y;
        public int Rows;
        public int Columns;
        public int RowsPerItem;
        public float Epsilon;
        public RowTail<TActivation> Tail;

        public readonly void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            int last = Math.Min(Rows, (item + 1) * RowsPerItem);
            for (int row = item * RowsPerItem; row < last; row++)
            {
                float* x = X + ((nint)row * Columns);
                float* y = Y + ((nint)row * Columns);
                // A first mean; what rounding took from it is found in the next pass.
                float mean = (float)(Sum<TLanes>(x, Columns) / Columns);
                SumOfDifferences<TLanes>(x, mean, Columns, out double sum, out double squares);
                double rest = sum / Columns;
                double inverse = 1 / Math.Sqrt(Math.Max((squares / Columns) - (rest * rest), 0) + Epsilon);
                double exact = mean + rest;
                Mean[row] = (float)exact;
                InverseDeviation[row] = (float)inverse;
                // With a large mean its rounding alone would shift the output.
                Normalize<TLanes>(x, Mean[row], (float)inverse, (float)((Mean[row] - exact) * inverse), y, Columns);
                Tail.Forward<TLanes>(y, null, y, row, 0, Columns);
            }
        }
    }

    /// <summary>The sum of a row, in runs that keep the error of single precision small.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum<T>(float* x, int count)
        where T : struct, ILanes<T>
    {
        double total = 0;
        int run = PointwiseKernels.RowsPerSum * T.Count;
        for (int first = 0; first < count; first += run)
        {
            int end = Math.Min(count, first + run);
            T sum = T.Create(0f);
            for (int i = first; i < end; i += T.Count) sum += LaneEnds.Load<T>(x + i, end - i);
            total += T.SumDouble(sum);
        }

        return total;
    }

    /// <summary>The sums of x - centre and of its square over a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumOfDifferences<T>(float* x, float centre, int count, out double sum, out double squares)
        where T : struct, ILanes<T>
    {
        sum = 0;
        squares = 0;
        T c = T.Create(centre);
        int run = PointwiseKernels.RowsPerSum * T.Count;
        for (int first = 0; first < count; first += run)
        {
            int end = Math.Min(count, first + run);
            T s = T.Create(0f);
            T q = T.Create(0f);
            int i = first;
            for (; i <= end - T.Count; i += T.Count)
            {
                T d = T.Load(x + i) - c;
                s += d;
                q = T.MultiplyAdd(d, d, q);
            }

            if (i < end)
            {
                T d = T.KeepWhere(T.FirstMask(end - i), T.LoadFirst(x + i, end - i) - c);
                s += d;
                q = T.MultiplyAdd(d, d, q);
            }

            sum += T.SumDouble(s);
            squares += T.SumDouble(q);
        }
    }

    /// <summary>y = (x - mean) * inverse + shift, for a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Normalize<T>(float* x, float mean, float inverse, float shift, float* y, int count)
        where T : struct, ILanes<T>
    {
        T m = T.Create(mean);
        T a = T.Create(inverse);
        T b = T.Create(shift);
        for (int i = 0; i < count; i += T.Count)
            LaneEnds.Store(T.MultiplyAdd(LaneEnds.Load<T>(x + i, count - i) - m, a, b), y + i, count - i);
    }
}
