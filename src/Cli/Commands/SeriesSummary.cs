using FastNets.Data;

namespace FastNets.Cli.Commands;

/// <summary>What the values and labels of a set are like.</summary>
/// <param name="Finite">The number of values that are known and finite; the figures after the counts are theirs.</param>
/// <param name="Missing">The number of values that are missing (NaN).</param>
/// <param name="Infinite">The number of infinite values.</param>
/// <param name="Least">The least value.</param>
/// <param name="Largest">The largest value.</param>
/// <param name="Mean">The mean.</param>
/// <param name="PerClass">The number of series of each class.</param>
internal sealed record SeriesSummary(long Finite, long Missing, long Infinite, float Least, float Largest, double Mean, IReadOnlyList<int> PerClass)
{
    /// <summary>Counts a set's values.</summary>
    /// <param name="set">The set.</param>
    public static SeriesSummary Of(SeriesSet set)
    {
        long missing = 0;
        long infinite = 0;
        double sum = 0;
        float least = float.PositiveInfinity;
        float largest = float.NegativeInfinity;
        foreach (float value in set.Values.Span)
        {
            if (float.IsNaN(value))
            {
                missing++;
                continue;
            }

            if (!float.IsFinite(value))
            {
                infinite++;
                continue;
            }

            sum += value;
            least = Math.Min(least, value);
            largest = Math.Max(largest, value);
        }

        int[] perClass = new int[set.Classes.Count];
        foreach (int label in set.Labels) perClass[label]++;
        long finite = set.Values.Length - missing - infinite;
        return new SeriesSummary(finite, missing, infinite, least, largest, finite == 0 ? 0 : sum / finite, perClass);
    }
}
