using System.Numerics;
using System.Runtime.InteropServices;
using FastNets.Memory;

namespace FastNets.Data;

/// <summary>Moves and scales each variable to mean 0 and standard deviation 1, as measured on training data.</summary>
/// <remarks>
/// A variable is a channel of series or a column of features. The deviation is that of the population (divided by n); a variable that is constant
/// in training has scale 1. Sums are in double precision. Immutable and thread-safe. Same results as scikit-learn's StandardScaler.
/// </remarks>
public sealed unsafe partial class StandardScaler
{
    // What is divided by less leaves the range of single precision.
    private const double SmallestScale = 1e-37;

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
            if (!double.IsFinite(means[i]) || !double.IsFinite(scales[i]) || Math.Abs(scales[i]) < SmallestScale)
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
    /// <param name="training">The training samples' features; at least one row and one column.</param>
    /// <param name="center">Whether <see cref="Apply(FeatureMatrix)"/> subtracts the means; without it they are 0, and the scales are the same.</param>
    /// <exception cref="ArgumentException">There is no row or no column, or a feature is not finite.</exception>
    public static StandardScaler Fit(FeatureMatrix training, bool center = true)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (training.Columns == 0) throw new ArgumentException("There is no column to measure.", nameof(training));
        return Measure(
            training.Columns,
            take =>
            {
                for (int row = 0; row < training.Rows; row++) take(training.Row(row));
            },
            center,
            nameof(training));
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

    /// <summary>Scales every column in place, on all threads of the pool.</summary>
    /// <param name="features">The features, with as many columns as there are variables.</param>
    /// <exception cref="ArgumentException">The matrix has another number of columns.</exception>
    public void Apply(FeatureMatrix features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Columns != _means.Length) throw new ArgumentException($"The matrix has {features.Columns} columns, but the scaler {_means.Length}.", nameof(features));
        ApplyRows(features.Buffer.Pointer, features.Rows);
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
}
