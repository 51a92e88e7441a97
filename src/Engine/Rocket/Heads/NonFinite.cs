using System.Globalization;
using FastNets.Data;
using FastNets.Memory;

namespace FastNets.Rocket.Heads;

/// <summary>Says which feature is NaN or infinite.</summary>
internal static class NonFinite
{
    /// <summary>The exception for the first offender of a matrix that has one.</summary>
    public static DataFormatException Find(FeatureMatrix features)
    {
        for (int i = 0; i < features.Rows; i++)
        {
            int column = IndexIn(features.Row(i));
            if (column >= 0) return Make(string.Create(CultureInfo.InvariantCulture, $"Sample {i}"), column, features.Row(i)[column]);
        }

        return new DataFormatException("The features are so large that sums of them are not finite; scale the series down.");
    }

    /// <summary>The exception for the first offender of one sample that has one.</summary>
    /// <param name="sample">What the sample is called.</param>
    /// <param name="features">The sample's features.</param>
    public static DataFormatException Find(string sample, ReadOnlySpan<float> features)
    {
        int column = IndexIn(features);
        return column >= 0
            ? Make(sample, column, features[column])
            : new DataFormatException($"{sample}: the features are so large that sums of them are not finite; scale the series down.");
    }

    private static int IndexIn(ReadOnlySpan<float> values)
    {
        for (int j = 0; j < values.Length; j++)
        {
            if (!float.IsFinite(values[j])) return j;
        }

        return -1;
    }

    private static DataFormatException Make(string sample, int column, float value)
        => new(string.Create(
            CultureInfo.InvariantCulture,
            $"{sample}, feature {column} is {value}; features must be finite. Look for missing or infinite values in the series it was made from."));
}
