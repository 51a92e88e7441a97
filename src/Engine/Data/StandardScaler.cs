using System.Numerics;
using System.Runtime.InteropServices;
using FastNets.Memory;

namespace FastNets.Data;

/// <summary>Moves and scales each variable to mean 0 and standard deviation 1, as measured on training data.</summary>
/// <remarks>
/// A variable is a channel of series or a column of features. The deviation is that of the population (divided by n); a variable that is constant
/// in training has scale 1. Sums are in double precision. Immutable and thread-safe. Same results as scikit-learn's StandardScaler.
/// </remarks>
public sealed class StandardScaler
{
    private readonly double[] _means;
    private readonly double[] _scales;

    /// <summary>Makes a scaler of known means and scales, as stored with a model.</summary>
    /// <param name="means">What is subtracted from each variable.</param>
    /// <param name="scales">What each variable is then divided by; not 0.</param>
    /// <exception cref="ArgumentException">The numbers differ, or a value is not finite or a scale 0.</exception>
    public StandardScaler(ReadOnlySpan<double> means, ReadOnlySpan<double> scales)
    {
        if (means.Length != scales.Length) throw new ArgumentException($"{means.Length} means, but {scales.Length} scales.", nameof(scales));
        for (int i = 0; i < means.Length; i++)
        {
            if (!double.IsFinite(means[i]) || !double.IsFinite(scales[i]) || scales[i] == 0)
                throw new ArgumentException($"Variable {i} has the mean {means[i]} and the scale {scales[i]}.", nameof(scales));
        }

        _means = means.ToArray();
        _scales = scales.ToArray();
    }

    /// <summary>What is subtracted from each variable.</summary>
    public ReadOnlySpan<double> Means => _means;

    /// <summary>What each variable is then divided by.</summary>
    public ReadOnlySpan<double> Scales => _scales;

    /// <summary>Measures each channel over all series and time steps.</summary>
    /// <param name="training">The training set.</param>
    /// <exception cref="DataFormatException">A value is missing or infinite, or there is no value.</exception>
    public static StandardScaler Fit(SeriesSet training)
    {
        ArgumentNullException.ThrowIfNull(training);
        training.RequireFinite();
        double[] means = new double[training.Channels];
        double[] scales = new double[training.Channels];
        long steps = training.Values.Length / training.Channels;
        if (steps == 0) throw DataFormatException.At(training.Name, 0, "there is no value to measure.");
        for (int channel = 0; channel < means.Length; channel++)
        {
            double sum = 0;
            for (int i = 0; i < training.Count; i++) sum += Moments.Mean(training.Channel(i, channel)) * training.LengthOf(i);
            means[channel] = sum / steps;
            double squares = 0;
            for (int i = 0; i < training.Count; i++) squares += Moments.Squares(training.Channel(i, channel), means[channel]);
            scales[channel] = Moments.Scale(squares, means[channel], steps, out _);
        }

        return new StandardScaler(means, scales);
    }

    /// <summary>Measures each column.</summary>
    /// <param name="training">The training samples' features; at least one row.</param>
    /// <param name="center">Whether <see cref="Apply(FeatureMatrix)"/> subtracts the means; without it they are 0, and the scales are the same.</param>
    /// <exception cref="ArgumentException">There is no row, or a feature is not finite.</exception>
    public static StandardScaler Fit(FeatureMatrix training, bool center = true)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (training.Rows == 0) throw new ArgumentException("There is no row to measure.", nameof(training));
        double[] means = new double[training.Columns];
        double[] scales = new double[training.Columns];
        for (int row = 0; row < training.Rows; row++) AddDeviations(training.Row(row), default, means);
        for (int column = 0; column < means.Length; column++)
        {
            means[column] /= training.Rows;
            if (!double.IsFinite(means[column])) throw new ArgumentException($"Column {column} holds a feature that is not finite.", nameof(training));
        }

        for (int row = 0; row < training.Rows; row++) AddDeviations(training.Row(row), means, scales);
        for (int column = 0; column < scales.Length; column++) scales[column] = Moments.Scale(scales[column], means[column], training.Rows, out _);
        if (!center) Array.Clear(means);
        return new StandardScaler(means, scales);
    }

    /// <summary>Scales every channel.</summary>
    /// <param name="set">The set, with as many channels as there are variables.</param>
    /// <returns>A new set.</returns>
    /// <exception cref="ArgumentException">The set has another number of channels.</exception>
    public SeriesSet Apply(SeriesSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.Channels != _means.Length) throw new ArgumentException($"The set has {set.Channels} channels, but the scaler {_means.Length}.", nameof(set));
        return set.Map((values, channel, result) =>
        {
            for (int t = 0; t < values.Length; t++) result[t] = (float)((values[t] - _means[channel]) / _scales[channel]);
        });
    }

    /// <summary>Scales every column in place.</summary>
    /// <param name="features">The features, with as many columns as there are variables.</param>
    /// <exception cref="ArgumentException">The matrix has another number of columns.</exception>
    public void Apply(FeatureMatrix features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Columns != _means.Length) throw new ArgumentException($"The matrix has {features.Columns} columns, but the scaler {_means.Length}.", nameof(features));
        for (int row = 0; row < features.Rows; row++) Apply(features.Row(row));
    }

    /// <summary>Scales one sample in place.</summary>
    /// <param name="features">As many features as there are variables.</param>
    /// <exception cref="ArgumentException">There is another number of features.</exception>
    public void Apply(Span<float> features)
    {
        if (features.Length != _means.Length) throw new ArgumentException($"There are {features.Length} features, but the scaler has {_means.Length}.", nameof(features));
        int i = 0;
        for (; i <= features.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Span<float> part = features.Slice(i, Vector<float>.Count);
            Vector.Widen(new Vector<float>(part), out Vector<double> low, out Vector<double> high);
            ReadOnlySpan<Vector<double>> means = MemoryMarshal.Cast<double, Vector<double>>(_means.AsSpan(i, part.Length));
            ReadOnlySpan<Vector<double>> scales = MemoryMarshal.Cast<double, Vector<double>>(_scales.AsSpan(i, part.Length));
            Vector.Narrow((low - means[0]) / scales[0], (high - means[1]) / scales[1]).CopyTo(part);
        }

        for (; i < features.Length; i++) features[i] = (float)((features[i] - _means[i]) / _scales[i]);
    }

    /// <summary>Moves and scales each channel of each series to mean 0 and standard deviation 1 by its own values; a constant one becomes zeros.</summary>
    /// <param name="set">The set.</param>
    /// <returns>A new set.</returns>
    /// <exception cref="DataFormatException">A value is missing or infinite.</exception>
    /// <remarks>Nothing is learnt from the set, so training and test sets are treated alike.</remarks>
    public static SeriesSet PerSeries(SeriesSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return set.RequireFinite().Map(static (values, _, result) =>
        {
            double mean = Moments.Mean(values);
            double scale = Moments.Scale(Moments.Squares(values, mean), mean, values.Length, out bool constant);
            if (constant) result.Clear();
            else for (int t = 0; t < values.Length; t++) result[t] = (float)((values[t] - mean) / scale);
        });
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
}
