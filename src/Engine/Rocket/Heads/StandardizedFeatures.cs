using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FastNets.Data;
using FastNets.Memory;
using FastNets.Rocket.Heads.Solver;
using FastNets.Threading;

namespace FastNets.Rocket.Heads;

/// <summary>Samples by features as the ridge solver sees them: each column centred and divided by its standard deviation, made piece by piece in double precision.</summary>
/// <remarks>The columns of the standardised matrix are never held all at once: they would take twice the memory of the features themselves.</remarks>
internal sealed unsafe class StandardizedFeatures
{
    /// <summary>Columns a work item handles: pieces of rows that stay in the first-level cache together with their sums.</summary>
    private const int ColumnBlock = 512;

    /// <summary>The smallest normal number in single precision, in which the model keeps it: a column that varies less counts as constant.</summary>
    private const double SmallestDeviation = 1.17549435e-38;

    private readonly FeatureMatrix _features;
    private readonly double[] _means;
    private readonly double[] _scales;
    private readonly double[] _inverseScales;

    /// <summary>Measures the columns.</summary>
    /// <param name="features">[samples, features]; read, not copied.</param>
    /// <exception cref="DataFormatException">A feature is NaN or infinite.</exception>
    public StandardizedFeatures(FeatureMatrix features)
    {
        _features = features;
        _means = new double[features.Columns];
        _scales = new double[features.Columns];
        _inverseScales = new double[features.Columns];
        WorkerPool.Run(Blocks(features.Columns, ColumnBlock), new Measure(this));
        foreach (double mean in _means)
        {
            if (!double.IsFinite(mean)) throw NonFinite.Find(features);
        }
    }

    /// <summary>The number of samples.</summary>
    public int Samples => _features.Rows;

    /// <summary>The number of features.</summary>
    public int Features => _features.Columns;

    /// <summary>The mean of each column, before scaling.</summary>
    public ReadOnlySpan<double> Means => _means;

    /// <summary>The standard deviation (over the number of samples) of each column, 1 where the column is constant.</summary>
    public ReadOnlySpan<double> Scales => _scales;

    /// <summary>The number of columns that are not constant; one whose deviation is exactly 1 may be left out.</summary>
    public int VaryingFeatures => Features - _scales.AsSpan().Count(1.0);

    /// <summary>Writes a part of one sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="start">The first feature.</param>
    /// <param name="count">The number of features.</param>
    /// <param name="target">At least <paramref name="count"/> elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyRow(int sample, int start, int count, double* target)
    {
        float* source = _features.Buffer.Pointer + ((long)sample * Features) + start;
        int j = 0;
        fixed (double* means = _means, inverses = _inverseScales)
        {
            for (; j <= count - 8; j += 8)
            {
                (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Load(source + j));
                ((low - Vector256.Load(means + start + j)) * Vector256.Load(inverses + start + j)).Store(target + j);
                ((high - Vector256.Load(means + start + j + 4)) * Vector256.Load(inverses + start + j + 4)).Store(target + j + 4);
            }

            for (; j < count; j++) target[j] = (source[j] - means[start + j]) * inverses[start + j];
        }
    }

    /// <summary>Writes a part of several samples, a sample a column.</summary>
    /// <param name="sample">The first sample.</param>
    /// <param name="width">The number of columns; those past the last sample are set to zero.</param>
    /// <param name="start">The first feature.</param>
    /// <param name="count">The number of features: of rows.</param>
    /// <param name="target">[count, width], in either precision.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyTransposed<N>(int sample, int width, int start, int count, N* target)
        where N : unmanaged
    {
        // So many rows of the target stay in the first-level cache until all samples are in them.
        const int Piece = 64;
        double* values = stackalloc double[Piece];
        for (int first = 0; first < count; first += Piece)
        {
            int length = Math.Min(Piece, count - first);
            N* piece = target + ((nint)first * width);
            for (int i = 0; i < width; i++)
            {
                if (sample + i < Samples) CopyRow(sample + i, start + first, length, values);
                else new Span<double>(values, length).Clear();
                for (int j = 0; j < length; j++) piece[(j * width) + i] = NativeMatrix<N>.Number(values[j]);
            }
        }
    }

    /// <summary>Adds up samples: <c>sums[t, j] = sum over i of weights[t, i] * z[i, j]</c>.</summary>
    /// <param name="weights">[rows of sums, at least samples].</param>
    /// <param name="sums">[rows, at least features]; overwritten.</param>
    /// <param name="rows">How many rows of both are in use.</param>
    public void WeightedSums(NativeMatrix<double> weights, NativeMatrix<double> sums, int rows)
        => WorkerPool.Run(Blocks(Features, ColumnBlock), new WeightedSum(this, weights, sums, rows));

    private static int Blocks(int count, int size) => (count + size - 1) / size;

    private readonly struct Measure(StandardizedFeatures owner) : IParallelBody
    {
        public void Invoke(int item)
        {
            FeatureMatrix features = owner._features;
            int start = item * ColumnBlock;
            int count = Math.Min(ColumnBlock, features.Columns - start);
            Span<double> means = owner._means.AsSpan(start, count);
            Span<double> scales = owner._scales.AsSpan(start, count);
            Span<double> values = stackalloc double[ColumnBlock];
            values = values[..count];

            // Differences from the first sample: the mean of a constant column is then exact, and its deviation exactly zero.
            Span<double> first = stackalloc double[ColumnBlock];
            first = first[..count];
            Widen(features, 0, start, first);
            for (int i = 1; i < features.Rows; i++)
            {
                Widen(features, i, start, values);
                TensorPrimitives.Subtract<double>(values, first, values);
                TensorPrimitives.Add<double>(means, values, means);
            }

            TensorPrimitives.Divide(means, (double)features.Rows, means);
            TensorPrimitives.Add<double>(means, first, means);
            for (int i = 0; i < features.Rows; i++)
            {
                Widen(features, i, start, values);
                TensorPrimitives.Subtract<double>(values, means, values);
                TensorPrimitives.MultiplyAdd<double>(values, values, scales, scales);
            }

            for (int j = 0; j < count; j++)
            {
                double deviation = Math.Sqrt(scales[j] / features.Rows);
                scales[j] = deviation >= SmallestDeviation ? deviation : 1;
                owner._inverseScales[start + j] = 1 / scales[j];
            }
        }

        private static void Widen(FeatureMatrix features, int row, int start, Span<double> target)
            => TensorPrimitives.ConvertTruncating(features.Row(row).Slice(start, target.Length), target);
    }

    private readonly struct WeightedSum(StandardizedFeatures owner, NativeMatrix<double> weights, NativeMatrix<double> sums, int rows) : IParallelBody
    {
        public void Invoke(int item)
        {
            int start = item * ColumnBlock;
            int count = Math.Min(ColumnBlock, owner.Features - start);
            double* values = stackalloc double[ColumnBlock];
            var source = new ReadOnlySpan<double>(values, count);
            for (int t = 0; t < rows; t++) new Span<double>(sums.At(t, start), count).Clear();
            for (int i = 0; i < owner.Samples; i++)
            {
                owner.CopyRow(i, start, count, values);
                for (int t = 0; t < rows; t++)
                {
                    var target = new Span<double>(sums.At(t, start), count);
                    TensorPrimitives.MultiplyAdd(source, *weights.At(t, i), target, target);
                }
            }
        }
    }
}
