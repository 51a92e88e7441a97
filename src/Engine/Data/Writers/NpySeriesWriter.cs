using System.Globalization;
using FastNets.Serialization;

namespace FastNets.Data.Writers;

/// <summary>Writes series as an <c>.npy</c> array, and after it the labels.</summary>
internal static class NpySeriesWriter
{
    /// <summary>Writes a set.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="set">The set, all series of one length.</param>
    public static void Write(Stream stream, SeriesSet set)
    {
        if (!set.IsEqualLength)
            throw new ArgumentException($"Series of {set.MinLength} to {set.MaxLength} time steps make no array; write a .ts file.", nameof(set));
        if (set.Channels == 1) NpyWriter.Write(stream, set.Values.Span, set.Count, set.MaxLength);
        else NpyWriter.Write(stream, set.Values.Span, set.Count, set.Channels, set.MaxLength);
        if (!set.HasLabels) return;

        long[] numbers = new long[set.Classes.Count];
        bool integers = true;
        for (int i = 0; i < numbers.Length && integers; i++)
        {
            integers = long.TryParse(set.Classes[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i])
                && ClassNames.FromInteger(numbers[i]) == set.Classes[i];
        }

        if (integers) NpyWriter.Write(stream, LabelsOf<long>(set, numbers));
        else NpyWriter.Write(stream, LabelsOf<string>(set, set.Classes));
    }

    private static T[] LabelsOf<T>(SeriesSet set, IReadOnlyList<T> names)
    {
        var labels = new T[set.Count];
        for (int i = 0; i < labels.Length; i++) labels[i] = names[set.Labels[i]];
        return labels;
    }
}
