using System.Numerics;
using System.Runtime.InteropServices;
using FastNets.Memory;
using FastNets.Threading;

namespace FastNets.Data;

/// <summary>Takes some rows of a table of features.</summary>
/// <param name="rows">Whole rows one after another; valid only during the call.</param>
public delegate void TakeRows(ReadOnlySpan<float> rows);

/// <content>Columns of features: measured over rows that need not all be in memory, scaled on all threads.</content>
public sealed unsafe partial class StandardScaler
{
    /// <summary>Measures each column of features that are computed or read piece by piece.</summary>
    /// <param name="columns">The number of columns, at least 1.</param>
    /// <param name="pass">Gives all rows, in order and any number at a time; called twice, for the means and for the deviations from them.</param>
    /// <param name="center">Whether <see cref="Apply(FeatureMatrix)"/> subtracts the means; without it they are 0, and the scales are the same.</param>
    /// <exception cref="ArgumentException">There is no row, a feature is not finite, or a pass gives no whole rows, or another number of them than the first one.</exception>
    /// <remarks>Gives the same bits as <see cref="Fit(FeatureMatrix, bool)"/> on all rows together, however they are cut.</remarks>
    /// <example>
    /// <code>
    /// StandardScaler scaler = StandardScaler.Fit(rocket.FeatureCount, take =&gt; rocket.TransformChunks(train, (_, _, rows) =&gt; take(rows)));
    /// </code>
    /// </example>
    public static StandardScaler Fit(int columns, Action<TakeRows> pass, bool center = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentNullException.ThrowIfNull(pass);
        return Measure(columns, pass, center, nameof(pass));
    }

    // The parameter is the caller's name for where the rows come from.
    private static StandardScaler Measure(int columns, Action<TakeRows> pass, bool center, string parameter)
    {
        double[] means = new double[columns];
        double[] scales = new double[columns];
        long count = Pass(pass, default, means);
        if (count == 0) throw new ArgumentException("There is no row to measure.", parameter);
        for (int column = 0; column < columns; column++)
        {
            means[column] /= count;
            if (!double.IsFinite(means[column])) throw new ArgumentException($"Column {column} holds a feature that is not finite.", parameter);
        }

        // Deviations from the mean itself: sums of squares less a square would lose digits where columns vary little.
        long again = Pass(pass, means, scales);
        if (again != count) throw new ArgumentException($"The first pass gave {count} rows, but the second {again}.", parameter);
        for (int column = 0; column < columns; column++) scales[column] = Moments.Scale(scales[column], means[column], count, out _);
        if (!center) Array.Clear(means);
        return new StandardScaler(means, scales);
    }

    /// <summary>Scales rows in place, on all threads of the pool.</summary>
    /// <param name="rows">The first row; each has as many features as there are variables.</param>
    /// <param name="count">The number of rows.</param>
    internal void ApplyRows(float* rows, int count) => WorkerPool.Run(count, new ScaleRow(this, rows));

    private static long Pass(Action<TakeRows> pass, double[]? means, double[] sums)
    {
        long count = 0;
        pass(rows =>
        {
            if (rows.Length % sums.Length != 0) throw new ArgumentException($"{rows.Length} features do not fill whole rows of {sums.Length}.", nameof(pass));
            for (int start = 0; start < rows.Length; start += sums.Length) AddDeviations(rows.Slice(start, sums.Length), means, sums);
            count += rows.Length / sums.Length;
        });
        return count;
    }

    // Adds each value, or its squared deviation from a mean, to its column's sum; a column's additions keep the order of the rows.
    private static void AddDeviations(ReadOnlySpan<float> row, ReadOnlySpan<double> means, Span<double> sums)
    {
        int column = 0;
        for (; column <= row.Length - Vector<float>.Count; column += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(row[column..]), out Vector<double> low, out Vector<double> high);
            Span<Vector<double>> sum = MemoryMarshal.Cast<double, Vector<double>>(sums.Slice(column, Vector<float>.Count));
            if (means.IsEmpty)
            {
                sum[0] += low;
                sum[1] += high;
                continue;
            }

            ReadOnlySpan<Vector<double>> mean = MemoryMarshal.Cast<double, Vector<double>>(means.Slice(column, Vector<float>.Count));
            low -= mean[0];
            high -= mean[1];
            sum[0] += low * low;
            sum[1] += high * high;
        }

        for (; column < row.Length; column++)
        {
            double deviation = row[column] - (means.IsEmpty ? 0 : means[column]);
            sums[column] += means.IsEmpty ? deviation : deviation * deviation;
        }
    }

    private readonly struct ScaleRow(StandardScaler scaler, float* rows) : IParallelBody
    {
        public void Invoke(int item) => scaler.Apply(new Span<float>(rows + ((nint)item * scaler._means.Length), scaler._means.Length));
    }
}
