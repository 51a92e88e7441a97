using System.Globalization;

namespace FastNets.Training.Metrics;

/// <summary>The mean negative logarithm of the probability that a classifier gave to the true class.</summary>
public static class LogLoss
{
    /// <summary>The smallest probability that is taken at its word: the smallest normal number in single precision, 2^-126.</summary>
    /// <remarks>A smaller one, which underflow may have made, counts as this: a sample's loss is at most 87.34. From logits there is no such bound; train with those.</remarks>
    public const float SmallestProbability = 1.17549435e-38f;

    /// <summary>Computes the loss, in natural units.</summary>
    /// <param name="probabilities">[samples, classes], row-major, each from 0 to 1; rows are taken to sum to 1 and are not normalised.</param>
    /// <param name="labels">Each sample's class, from 0 to <paramref name="classes"/> less one.</param>
    /// <param name="classes">The number of classes, at least 1.</param>
    /// <returns>The mean over samples, 0 or more; 0 of no samples. Summed in double precision, in order.</returns>
    /// <exception cref="ArgumentException">The sizes disagree, or the probability of a true class is not from 0 to 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range, or <paramref name="classes"/> is below 1.</exception>
    public static double Compute(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (probabilities.Length != (long)labels.Length * classes)
        {
            throw new ArgumentException(
                $"{labels.Length} samples of {classes} classes need {(long)labels.Length * classes} probabilities, but there are {probabilities.Length}.", nameof(probabilities));
        }

        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes)
                throw new ArgumentOutOfRangeException(nameof(labels), labels[i], $"Sample {i}'s label must be from 0 to {classes - 1}.");
            float probability = probabilities[(i * classes) + labels[i]];

            // Softmax in single precision may round to just above 1.
            if (!(probability >= 0) || probability > 1 + 1e-5f)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Sample {i}'s probability of class {labels[i]} must be from 0 to 1, but is {probability}."), nameof(probabilities));
            }

            sum -= Math.Log(Math.Clamp(probability, SmallestProbability, 1f));
        }

        return labels.IsEmpty ? 0 : sum / labels.Length;
    }
}
