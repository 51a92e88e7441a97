using System.Globalization;

namespace FastNets.Training.Metrics;

/// <summary>How often each class was taken for each: the counts that the scores of a classifier are made of.</summary>
/// <remarks>
/// Immutable and thread-safe. A ratio whose denominator is zero is 0, as with scikit-learn's <c>zero_division=0</c>: the precision of a class
/// that was never predicted, the recall of a class without samples, the F1 of a class that is neither. Of no samples every score is 0.
/// </remarks>
public sealed class ConfusionMatrix
{
    private readonly long[] _counts;

    /// <summary>Counts.</summary>
    /// <param name="labels">Each sample's true class, from 0 to <paramref name="classes"/> less one.</param>
    /// <param name="predicted">Each sample's predicted class, as many and in the same range.</param>
    /// <param name="classes">The number of classes, at least 1.</param>
    /// <exception cref="ArgumentException">The numbers of labels and predictions differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A class is out of range, or <paramref name="classes"/> is below 1.</exception>
    public ConfusionMatrix(ReadOnlySpan<int> labels, ReadOnlySpan<int> predicted, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (labels.Length != predicted.Length)
            throw new ArgumentException($"{labels.Length} labels need as many predictions, but there are {predicted.Length}.", nameof(predicted));
        Classes = classes;
        Samples = labels.Length;
        _counts = new long[checked(classes * classes)];
        for (int i = 0; i < labels.Length; i++)
        {
            CheckClass(labels[i], i, "label", nameof(labels));
            CheckClass(predicted[i], i, "prediction", nameof(predicted));
            _counts[(labels[i] * classes) + predicted[i]]++;
        }

        for (int c = 0; c < classes; c++)
        {
            Correct += this[c, c];
            LargestSupport = Math.Max(LargestSupport, Support(c));
        }
    }

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>The number of samples.</summary>
    public long Samples { get; }

    /// <summary>The number of samples whose prediction is their class.</summary>
    public long Correct { get; }

    /// <summary>The counts, [true class, predicted class], row-major.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>The share of samples that are right, from 0 to 1.</summary>
    public double Accuracy => Ratio(Correct, Samples);

    /// <summary>The mean recall of the classes that have samples.</summary>
    public double BalancedAccuracy
    {
        get
        {
            double sum = 0;
            int present = 0;
            for (int c = 0; c < Classes; c++)
            {
                if (Support(c) == 0) continue;
                sum += Recall(c);
                present++;
            }

            return present == 0 ? 0 : sum / present;
        }
    }

    /// <summary>The mean F1 of the classes that occur, as true or as predicted class.</summary>
    public double MacroF1
    {
        get
        {
            double sum = 0;
            int occurring = 0;
            for (int c = 0; c < Classes; c++)
            {
                if (Support(c) + Predicted(c) == 0) continue;
                sum += F1(c);
                occurring++;
            }

            return occurring == 0 ? 0 : sum / occurring;
        }
    }

    /// <summary>The accuracy of always answering with the most frequent class: what a classifier has to beat.</summary>
    public double MajorityBaseline => Ratio(LargestSupport, Samples);

    private long LargestSupport { get; }

    /// <summary>How many samples of a class were predicted to be of a class.</summary>
    /// <param name="label">The true class.</param>
    /// <param name="predicted">The predicted class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long this[int label, int predicted] => _counts[(Valid(label, nameof(label)) * Classes) + Valid(predicted, nameof(predicted))];

    /// <summary>The number of samples of a class.</summary>
    /// <param name="label">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long Support(int label)
    {
        long sum = 0;
        for (int c = 0; c < Classes; c++) sum += this[label, c];
        return sum;
    }

    /// <summary>The number of samples that were predicted to be of a class.</summary>
    /// <param name="label">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long Predicted(int label)
    {
        long sum = 0;
        for (int c = 0; c < Classes; c++) sum += this[c, label];
        return sum;
    }

    /// <summary>Of the samples predicted to be of a class, the share that are; 0 when it was never predicted.</summary>
    /// <param name="label">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Precision(int label) => Ratio(this[label, label], Predicted(label));

    /// <summary>Of the samples of a class, the share that were predicted to be; 0 when there are none.</summary>
    /// <param name="label">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Recall(int label) => Ratio(this[label, label], Support(label));

    /// <summary>The harmonic mean of a class's precision and recall; 0 when the class does not occur at all.</summary>
    /// <param name="label">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double F1(int label) => Ratio(2 * this[label, label], Support(label) + Predicted(label));

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private int Valid(int label, string name)
        => (uint)label < (uint)Classes ? label : throw new ArgumentOutOfRangeException(name, label, $"There are {Classes} classes, from 0.");

    private void CheckClass(int value, int sample, string what, string name)
    {
        if ((uint)value >= (uint)Classes)
        {
            throw new ArgumentOutOfRangeException(
                name, value, string.Create(CultureInfo.InvariantCulture, $"Sample {sample}'s {what} must be from 0 to {Classes - 1}."));
        }
    }
}
