using System.Runtime.CompilerServices;
using FastNets.Kernels.Lanes;
using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Normalization;

public static unsafe partial class BatchNormKernels
{
    private struct ForwardBody<TActivation> : ILaneBody
        where TActivation : struct, IActivation
    {
        public float* X;
        public float* Gamma;
        public float* Beta;
        public float* RunningMean;
        public float* RunningVariance;
        public float* Mean;
        public float* InverseDeviation;
        public float* Y;
        public int Batch;
        public int Features;
        public BatchNormSettings Settings;
        public DropoutBits Dropout;

        public readonly void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            int column = item * ColumnBlock;
            int count = Math.Min(ColumnBlock, Features - column);
            float* sum = stackalloc float[ColumnBlock];
            float* squares = stackalloc float[ColumnBlock];
            float* scale = stackalloc float[ColumnBlock];
            float* shift = stackalloc float[ColumnBlock];
            float* mean = Mean + column;

            // A first mean; what rounding took from it is found in the next pass.
            new Span<float>(mean, count).Clear();
            Statistics<TLanes>(X + column, mean, sum, squares, count);
            for (int i = 0; i < count; i++) mean[i] = sum[i] / Batch;
            Statistics<TLanes>(X + column, mean, sum, squares, count);
            for (int i = 0; i < count; i++) Finish(column + i, mean[i], sum[i], squares[i], out scale[i], out shift[i]);

            // The tail counts columns from the matrix's first.
            var tail = new RowTail<TActivation>(mean - column, scale - column, shift - column, Dropout);
            for (int row = 0; row < Batch; row++)
            {
                nint offset = ((nint)row * Features) + column;
                tail.Forward<TLanes>(X + offset, null, Y + offset, row, column, count);
            }
        }

        private readonly void Finish(int feature, float mean, float sum, float squares, out float scale, out float shift)
        {
            double rest = (double)sum / Batch;
            double variance = Math.Max(((double)squares / Batch) - (rest * rest), 0);
            double inverse = 1 / Math.Sqrt(variance + Settings.Epsilon);
            double exact = mean + rest;
            Mean[feature] = (float)exact;
            InverseDeviation[feature] = (float)inverse;
            double a = Gamma[feature] * inverse;
            scale = (float)a;
            // With a large mean its rounding alone would shift the output.
            shift = (float)(Beta[feature] + ((Mean[feature] - exact) * a));
            Running(feature, exact, variance);
        }

        private readonly void Running(int feature, double mean, double variance)
        {
            double momentum = Settings.Momentum;
            RunningMean[feature] = (float)((momentum * RunningMean[feature]) + ((1 - momentum) * mean));
            if (Settings.UnbiasedVariance)
            {
                if (Batch == 1) return;
                variance *= Batch / (Batch - 1.0);
            }

            RunningVariance[feature] = (float)((momentum * RunningVariance[feature]) + ((1 - momentum) * variance));
        }

        /// <summary>Sums of x - centre and of its square by column, in runs of rows.</summary>
        private readonly void Statistics<TLanes>(float* x, float* centre, float* sum, float* squares, int count)
            where TLanes : struct, ILanes<TLanes>
        {
            float* partSum = stackalloc float[ColumnBlock];
            float* partSquares = stackalloc float[ColumnBlock];
            new Span<float>(sum, count).Clear();
            new Span<float>(squares, count).Clear();
            for (int first = 0; first < Batch; first += PointwiseKernels.RowsPerSum)
            {
                int rows = Math.Min(PointwiseKernels.RowsPerSum, Batch - first);
                Accumulate<TLanes>(x + ((nint)first * Features), Features, rows, centre, partSum, partSquares, count);
                ColumnSums.Add<TLanes>(partSum, sum, count);
                ColumnSums.Add<TLanes>(partSquares, squares, count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Accumulate<T>(float* x, int stride, int rows, float* centre, float* sum, float* squares, int count)
        where T : struct, ILanes<T>
    {
        for (int i = 0; i < count; i += T.Count)
        {
            int rest = count - i;
            bool all = rest >= T.Count;
            T c = all ? T.Load(centre + i) : T.LoadFirst(centre + i, rest);
            T s = T.Create(0f);
            T q = T.Create(0f);
            float* p = x + i;
            for (int row = 0; row < rows; row++)
            {
                T d = (all ? T.Load(p) : T.LoadFirst(p, rest)) - c;
                s += d;
                q = T.MultiplyAdd(d, d, q);
                p += stride;
            }

            if (all)
            {
                s.Store(sum + i);
                q.Store(squares + i);
            }
            else
            {
                s.StoreFirst(sum + i, rest);
                q.StoreFirst(squares + i, rest);
            }
        }
    }
}
