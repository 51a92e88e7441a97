using FastNets.Random;

namespace FastNets.Data;

/// <summary>Divides samples into parts, as arrays of indices.</summary>
public static class Splits
{
    /// <summary>Divides samples at random into a larger and a smaller part with the same share of each class in both.</summary>
    /// <param name="labels">Each sample's class, 0 or more.</param>
    /// <param name="fraction">The share of the second part, above 0 and below 1.</param>
    /// <param name="seed">The seed; the same one gives the same parts.</param>
    /// <returns>The indices of both parts, each in ascending order.</returns>
    /// <remarks>
    /// Each class gives its share rounded to the nearest number, but one sample at least to both sides where it has two or more;
    /// the only sample of a class goes into the first part.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fraction"/> is not between 0 and 1, or a label is negative.</exception>
    public static (int[] First, int[] Second) Stratified(ReadOnlySpan<int> labels, double fraction, ulong seed)
    {
        if (fraction is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The share must lie between 0 and 1.");
        var classes = new SortedDictionary<int, List<int>>();
        for (int i = 0; i < labels.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(labels[i], nameof(labels));
            if (!classes.TryGetValue(labels[i], out List<int>? members)) classes.Add(labels[i], members = []);
            members.Add(i);
        }

        List<int> first = [];
        List<int> second = [];
        foreach ((int label, List<int> members) in classes)
        {
            int[] shuffled = [.. members];
            new PhiloxStream(seed, (ulong)label).Shuffle<int>(shuffled);
            int share = (int)Math.Round(shuffled.Length * fraction, MidpointRounding.AwayFromZero);
            share = shuffled.Length < 2 ? 0 : Math.Clamp(share, 1, shuffled.Length - 1);
            second.AddRange(shuffled.AsSpan(0, share));
            first.AddRange(shuffled.AsSpan(share));
        }

        first.Sort();
        second.Sort();
        return ([.. first], [.. second]);
    }

    /// <summary>Divides samples in their order: the first part takes the first share, and so on.</summary>
    /// <param name="count">The number of samples.</param>
    /// <param name="fractions">The share of each part, 0 or more, together 1.</param>
    /// <returns>The indices of each part.</returns>
    /// <remarks>A part ends at its accumulated share of the count, rounded to the nearest number, so every sample is in exactly one part.</remarks>
    /// <exception cref="ArgumentException">A share is negative, or they don't make 1 together.</exception>
    public static int[][] Sequential(int count, params ReadOnlySpan<double> fractions)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        const double Tolerance = 1e-9;
        double sum = 0;
        foreach (double fraction in fractions)
        {
            if (fraction is not >= 0) throw new ArgumentException($"A share cannot be {fraction}.", nameof(fractions));
            sum += fraction;
        }

        if (!(Math.Abs(sum - 1) <= Tolerance)) throw new ArgumentException($"The shares make {sum} together, not 1.", nameof(fractions));
        int[][] parts = new int[fractions.Length][];
        double end = 0;
        int begin = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            end += fractions[i];
            int stop = i == parts.Length - 1 ? count : Math.Clamp((int)Math.Round(end * count, MidpointRounding.AwayFromZero), begin, count);
            parts[i] = [.. Enumerable.Range(begin, stop - begin)];
            begin = stop;
        }

        return parts;
    }
}
