using System.Globalization;
using FastNets.Data;
using FastNets.Memory;
using FastNets.Threading;

namespace FastNets.Rocket.Heads;

/// <summary>A trained ridge classifier: a linear score for each class, the largest wins; of two classes one score, whose sign decides.</summary>
/// <remarks>
/// Immutable and thread-safe. A sample's scores are the same bits whether it comes alone or in a matrix, whatever the number of threads, for
/// one instruction set. Predicting a sample allocates nothing.
/// </remarks>
public sealed unsafe class RidgeClassifier
{
    private readonly float[] _scale;
    private readonly float[] _coefficients;
    private readonly float[] _intercepts;
    private readonly float[] _weights;

    /// <summary>Makes a classifier of its parameters, as they were read from a <see cref="RidgeClassifier"/> or by any other fit.</summary>
    /// <param name="classes">The number of classes, at least 2.</param>
    /// <param name="scale">What each feature is divided by: its standard deviation, or 1; above 0 and finite.</param>
    /// <param name="coefficients">[<see cref="Outputs"/>, features], for the divided features; finite.</param>
    /// <param name="intercepts">[<see cref="Outputs"/>]; finite.</param>
    /// <param name="alpha">The strength of the penalty it was fitted with, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 2 or <paramref name="alpha"/> is not a number of 0 or more.</exception>
    /// <exception cref="ArgumentException">The sizes don't fit one another, or a value is not finite, or a scale not above 0.</exception>
    /// <exception cref="DataFormatException">A coefficient divided by its scale is too large for single precision.</exception>
    public RidgeClassifier(int classes, ReadOnlySpan<float> scale, ReadOnlySpan<float> coefficients, ReadOnlySpan<float> intercepts, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        if (!(alpha >= 0) || double.IsInfinity(alpha)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Alpha must be 0 or more and finite.");
        int outputs = classes == 2 ? 1 : classes;
        if (intercepts.Length != outputs)
            throw new ArgumentException($"{classes} classes need {outputs} intercepts, but there are {intercepts.Length}.", nameof(intercepts));
        if (coefficients.Length != (long)outputs * scale.Length)
            throw new ArgumentException($"{outputs} outputs of {scale.Length} features need {(long)outputs * scale.Length} coefficients, but there are {coefficients.Length}.", nameof(coefficients));
        CheckFinite(coefficients, nameof(coefficients));
        CheckFinite(intercepts, nameof(intercepts));
        CheckFinite(scale, nameof(scale));
        for (int j = 0; j < scale.Length; j++)
        {
            if (scale[j] <= 0)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The scale of feature {j} must be above 0, but is {scale[j]}."), nameof(scale));
        }

        Classes = classes;
        Alpha = alpha;
        _scale = scale.ToArray();
        _coefficients = coefficients.ToArray();
        _intercepts = intercepts.ToArray();
        _weights = new float[_coefficients.Length];
        for (int i = 0; i < _weights.Length; i++)
        {
            int feature = i % _scale.Length;
            _weights[i] = (float)((double)_coefficients[i] / _scale[feature]);
            if (!float.IsFinite(_weights[i]))
            {
                throw new DataFormatException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The scale of feature {feature}, {_scale[feature]}, is too small for its coefficient, {_coefficients[i]}; scale the series up."));
            }
        }
    }

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>The number of scores: 1 for two classes, else one a class.</summary>
    public int Outputs => _intercepts.Length;

    /// <summary>The number of features of a sample.</summary>
    public int Features => _scale.Length;

    /// <summary>The strength of the penalty it was fitted with.</summary>
    public double Alpha { get; }

    /// <summary>What each feature is divided by.</summary>
    public ReadOnlySpan<float> Scale => _scale;

    /// <summary>[<see cref="Outputs"/>, <see cref="Features"/>], for the divided features.</summary>
    public ReadOnlySpan<float> Coefficients => _coefficients;

    /// <summary>[<see cref="Outputs"/>].</summary>
    public ReadOnlySpan<float> Intercepts => _intercepts;

    /// <summary>Computes a sample's scores.</summary>
    /// <param name="features">[<see cref="Features"/>], finite.</param>
    /// <param name="scores">[<see cref="Outputs"/>]: towards 1 for the class (the second of two), towards -1 against it.</param>
    /// <exception cref="ArgumentException">A length is not the model's.</exception>
    /// <exception cref="DataFormatException">A feature is NaN or infinite.</exception>
    public void Decision(ReadOnlySpan<float> features, Span<float> scores)
    {
        CheckLength(features.Length, nameof(features));
        if (scores.Length != Outputs) throw new ArgumentException($"{Outputs} scores need as much room, but there is room for {scores.Length}.", nameof(scores));
        fixed (float* x = features, weights = _weights)
        {
            for (int t = 0; t < scores.Length; t++)
            {
                scores[t] = DotProduct.Compute(x, weights + ((nint)t * Features), Features) + _intercepts[t];
                if (!float.IsFinite(scores[t])) throw NonFinite.Find("The sample", features);
            }
        }
    }

    /// <summary>Computes the scores of all samples.</summary>
    /// <param name="features">[samples, <see cref="Features"/>], finite.</param>
    /// <param name="scores">[samples, <see cref="Outputs"/>], row-major.</param>
    /// <exception cref="ArgumentException">A size is not the model's or the samples'.</exception>
    /// <exception cref="DataFormatException">A feature is NaN or infinite.</exception>
    public void Decision(FeatureMatrix features, Span<float> scores)
    {
        ArgumentNullException.ThrowIfNull(features);
        CheckLength(features.Columns, nameof(features));
        if (scores.Length != (long)features.Rows * Outputs)
            throw new ArgumentException($"{features.Rows} samples need room for {(long)features.Rows * Outputs} scores, but there is room for {scores.Length}.", nameof(scores));
        fixed (float* target = scores) RunRows(features, new DecisionRow(this, features, target));
    }

    /// <summary>The class of a sample: the one of the largest score, the first of equals; of two classes the second when the score is above 0.</summary>
    /// <param name="features">[<see cref="Features"/>], finite.</param>
    /// <returns>From 0 to <see cref="Classes"/> less one.</returns>
    /// <exception cref="ArgumentException">The length is not the model's.</exception>
    /// <exception cref="DataFormatException">A feature is NaN or infinite.</exception>
    public int Predict(ReadOnlySpan<float> features)
    {
        CheckLength(features.Length, nameof(features));
        fixed (float* x = features, weights = _weights)
        {
            int best = 0;
            float largest = float.NegativeInfinity;
            for (int t = 0; t < Outputs; t++)
            {
                float score = DotProduct.Compute(x, weights + ((nint)t * Features), Features) + _intercepts[t];
                if (!float.IsFinite(score)) throw NonFinite.Find("The sample", features);
                if (Outputs == 1) return score > 0 ? 1 : 0;
                if (!(score > largest)) continue;
                largest = score;
                best = t;
            }

            return best;
        }
    }

    /// <summary>The class of each sample.</summary>
    /// <param name="features">[samples, <see cref="Features"/>], finite.</param>
    /// <param name="labels">[samples].</param>
    /// <exception cref="ArgumentException">A size is not the model's or the samples'.</exception>
    /// <exception cref="DataFormatException">A feature is NaN or infinite.</exception>
    public void Predict(FeatureMatrix features, Span<int> labels)
    {
        ArgumentNullException.ThrowIfNull(features);
        CheckLength(features.Columns, nameof(features));
        if (labels.Length != features.Rows)
            throw new ArgumentException($"{features.Rows} samples need room for as many labels, but there is room for {labels.Length}.", nameof(labels));
        fixed (int* target = labels) RunRows(features, new PredictRow(this, features, target));
    }

    // A worker knows its row only; the message should name the sample.
    private static void RunRows<TBody>(FeatureMatrix features, TBody body)
        where TBody : struct, IParallelBody
    {
        try
        {
            WorkerPool.Run(features.Rows, body);
        }
        catch (DataFormatException)
        {
            throw NonFinite.Find(features);
        }
    }

    private static void CheckFinite(ReadOnlySpan<float> values, string name)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Element {i} of {name} must be finite, but is {values[i]}."), name);
        }
    }

    private void CheckLength(int length, string name)
    {
        if (length != Features) throw new ArgumentException($"The model reads {Features} features, but the samples have {length}.", name);
    }

    private readonly struct DecisionRow(RidgeClassifier model, FeatureMatrix features, float* scores) : IParallelBody
    {
        public void Invoke(int item)
            => model.Decision(features.Row(item), new Span<float>(scores + ((nint)item * model.Outputs), model.Outputs));
    }

    private readonly struct PredictRow(RidgeClassifier model, FeatureMatrix features, int* labels) : IParallelBody
    {
        public void Invoke(int item) => labels[item] = model.Predict(features.Row(item));
    }
}
