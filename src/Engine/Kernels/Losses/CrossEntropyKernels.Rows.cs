using System.Runtime.CompilerServices;
using FastNets.Kernels.Lanes;
using FastNets.Kernels.Reduction;

namespace FastNets.Kernels.Losses;

// A row of the batch: a[c] is split into what lies on the row's own class ("own", class indices only) and what lies on every class
// ("spread", soft targets and smoothing), so that plain class indices need one pass of exponentials and nothing else.
public static unsafe partial class CrossEntropyKernels
{
    private readonly struct PresentBody(float* targets, SampleSteps samples, float* losses, int rows, int classes, int rowsPerItem) : ILaneBody
    {
        private readonly float* _targets = targets;
        private readonly SampleSteps _samples = samples;
        private readonly float* _losses = losses;

        public void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            int end = Math.Min(rows, (item + 1) * rowsPerItem);
            for (int row = item * rowsPerItem; row < end; row++)
                _losses[row] = _samples.HasRow(row) && MissingValues.CountPresent<TLanes>(_targets + ((nint)row * classes), classes) == classes ? 1f : 0f;
        }
    }

    private readonly partial struct RowBody(
        float* logits, int* indices, float* values, float* classWeights, float* losses, float* dLogits, float* probabilities,
        int rows, int classes, int rowsPerItem, CrossEntropySettings settings, double scale) : ILaneBody
    {
        // Vectors that are added up in single precision before their sum is added in double precision.
        private const int VectorsPerSum = 16;

        private readonly float* _logits = logits;
        private readonly int* _indices = indices;
        private readonly float* _values = values;
        private readonly float* _classWeights = classWeights;
        private readonly float* _losses = losses;
        private readonly float* _dLogits = dLogits;
        private readonly float* _probabilities = probabilities;
        private readonly int _rows = rows;
        private readonly int _classes = classes;
        private readonly int _rowsPerItem = rowsPerItem;
        private readonly double _scale = scale;
        private readonly double _gamma = settings.FocalGamma;
        private readonly double _kept = 1.0 - settings.LabelSmoothing;
        private readonly double _smooth = settings.LabelSmoothing / (double)classes;

        private bool Spreads => _indices is null || _smooth != 0;

        public void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            int end = Math.Min(_rows, (item + 1) * _rowsPerItem);
            for (int row = item * _rowsPerItem; row < end; row++)
            {
                nint offset = (nint)row * _classes;
                float* z = _logits + offset;
                float* d = _dLogits is null ? null : _dLogits + offset;
                float* p = _probabilities is null ? null : _probabilities + offset;
                if (_losses[row] == 0) Uncounted<TLanes>(z, d, p);
                else if (_gamma == 0) _losses[row] = (float)Plain<TLanes>(row, z, d, p);
                else if (Spreads) _losses[row] = (float)FocalSpread<TLanes>(row, z, d, p);
                else _losses[row] = (float)FocalOwn<TLanes>(row, z, d, p);
                // Not a product with 0: that of an infinite or undefined slope is not 0.
                if (d is not null && _scale == 0) new Span<float>(d, _classes).Clear();
            }
        }

        private void Uncounted<T>(float* z, float* d, float* p)
            where T : struct, ILanes<T>
        {
            if (p is not null)
            {
                float sum = SoftmaxKernels.ExpRow<T>(z, p, SoftmaxKernels.MaxRow<T>(z, _classes), _classes);
                SoftmaxKernels.ScaleRow<T>(p, 1f / sum, null, 0f, p, _classes);
            }

            if (d is not null) new Span<float>(d, _classes).Clear();
        }

        private double Plain<T>(int row, float* z, float* d, float* p)
            where T : struct, ILanes<T>
        {
            float max = SoftmaxKernels.MaxRow<T>(z, _classes);
            // What is needed of the logits is read before the exponentials may take their place.
            double own = Own(row);
            double weight = own;
            double weighted = own == 0 ? 0 : own * (z[_indices[row]] - (double)max);
            float* t = _values is null ? null : _values + ((nint)row * _classes);
            if (Spreads)
            {
                (double spread, double spreadWeighted) = Weigh<T>(z, t, max);
                weight += spread;
                weighted += spreadWeighted;
            }

            float* e = d is not null ? d : p;
            float sum = ExpRow<T>(z, e, max, _classes);
            double loss = (weight * Math.Log(sum)) - weighted;
            if (p is not null) SoftmaxKernels.ScaleRow<T>(e, 1f / sum, null, 0f, p, _classes);
            if (d is null) return loss;
            float slope = (float)(weight * _scale / sum);
            if (Spreads) SpreadGradient<T>(t, slope, d);
            else SoftmaxKernels.ScaleRow<T>(d, slope, null, 0f, d, _classes);
            if (own != 0) d[_indices[row]] -= (float)(own * _scale);
            return loss;
        }

        /// <summary>The share of a[c] that lies on the row's own class.</summary>
        private double Own(int row) => _indices is null ? 0 : _classWeights is null ? _kept : _kept * _classWeights[_indices[row]];

        /// <summary>The sum of the spread shares, and that of their products with z - max.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private (double Sum, double Weighted) Weigh<T>(float* z, float* t, float max)
            where T : struct, ILanes<T>
        {
            T highest = T.Create(max);
            double total = 0;
            double totalWeighted = 0;
            int i = 0;
            while (i <= _classes - T.Count)
            {
                int end = Math.Min(_classes, i + (VectorsPerSum * T.Count));
                T sum = T.Create(0f);
                T weighted = T.Create(0f);
                for (; i <= end - T.Count; i += T.Count)
                {
                    T a = Spread(t is null ? default : T.Load(t + i), _classWeights is null ? default : T.Load(_classWeights + i));
                    sum += a;
                    weighted += NonZeroProduct(a, T.Load(z + i) - highest);
                }

                total += T.SumDouble(sum);
                totalWeighted += T.SumDouble(weighted);
            }

            int rest = _classes - i;
            if (rest <= 0) return (total, totalWeighted);
            T last = T.KeepWhere(
                T.FirstMask(rest), Spread(t is null ? default : T.LoadFirst(t + i, rest), _classWeights is null ? default : T.LoadFirst(_classWeights + i, rest)));
            return (total + T.SumDouble(last), totalWeighted + T.SumDouble(NonZeroProduct(last, T.LoadFirst(z + i, rest) - highest)));
        }

        /// <summary>d = slope * d - scale * a, for the spread shares.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void SpreadGradient<T>(float* t, float slope, float* d)
            where T : struct, ILanes<T>
        {
            T s = T.Create(slope);
            T scale = T.Create((float)_scale);
            int i = 0;
            for (; i <= _classes - T.Count; i += T.Count)
            {
                T a = Spread(t is null ? default : T.Load(t + i), _classWeights is null ? default : T.Load(_classWeights + i));
                T.MultiplySubtractFrom(scale, a, s * T.Load(d + i)).Store(d + i);
            }

            int rest = _classes - i;
            if (rest <= 0) return;
            T last = Spread(t is null ? default : T.LoadFirst(t + i, rest), _classWeights is null ? default : T.LoadFirst(_classWeights + i, rest));
            T.MultiplySubtractFrom(scale, last, s * T.LoadFirst(d + i, rest)).StoreFirst(d + i, rest);
        }

        /// <summary>The spread share of a[c]: w * ((1 - s) t + s / classes), t being 0 for class indices, whose share is the own one.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private T Spread<T>(T t, T w)
            where T : struct, ILanes<T>
        {
            T smooth = T.Create((float)_smooth);
            T a = _values is null ? smooth : T.MultiplyAdd(T.Create((float)_kept), t, smooth);
            return _classWeights is null ? a : w * a;
        }

        /// <summary>a * b, and 0 where a is 0 whatever b is.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T NonZeroProduct<T>(T a, T b)
            where T : struct, ILanes<T> => T.KeepWhere(T.Greater(T.Abs(a), T.Create(0f)), a * b);

        /// <summary>e = exp(z - max) where there is an e; the sum.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static float ExpRow<T>(float* z, float* e, float max, int count)
            where T : struct, ILanes<T> => e is null ? SumExp<T>(z, max, count) : SoftmaxKernels.ExpRow<T>(z, e, max, count);

        // Into a small buffer, so that there is one loop of exponentials and one order of sums. Never inlined: the buffer is cleared on entry.
        [MethodImpl(MethodImplOptions.NoInlining)]
        private static float SumExp<T>(float* z, float max, int count)
            where T : struct, ILanes<T>
        {
            const int Buffer = 256;
            float* part = stackalloc float[Buffer];
            float sum = 0;
            for (int start = 0; start < count; start += Buffer) sum += SoftmaxKernels.ExpRow<T>(z + start, part, max, Math.Min(Buffer, count - start));
            return sum;
        }
    }
}
