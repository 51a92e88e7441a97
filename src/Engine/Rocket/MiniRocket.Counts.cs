using FastNets.Data;

namespace FastNets.Rocket;

/// <content>The features as counts of 16 bits, for large sets.</content>
public sealed unsafe partial class MiniRocket
{
    /// <summary>Counts the features of one series.</summary>
    /// <param name="series">The series, shape [channels, length]; all values finite, at most 65535 time steps.</param>
    /// <param name="counts">At how many positions each kernel's output exceeds each bias, shape [features]; overwritten.</param>
    /// <exception cref="ArgumentException">The series has another length than the transform was fitted for or is too long, or <paramref name="counts"/> has another length than there are features.</exception>
    /// <exception cref="DataFormatException">A value is missing or infinite.</exception>
    /// <remarks>Runs on the calling thread and allocates nothing once the thread has transformed a series of this length.</remarks>
    public void TransformCounts(ReadOnlySpan<float> series, Span<ushort> counts)
    {
        CheckSeries(series, counts.Length);
        int length = series.Length / Parameters.Channels;
        if (length > MiniRocketCounts.MaxLength) throw new ArgumentException(TooLong(length), nameof(series));
        fixed (ushort* row = counts) TransformRow<ushort, CountOutput>(series, row);
    }

    /// <summary>Counts the features of all series of a set, on all threads of the pool.</summary>
    /// <param name="set">Series with the channels and of the length that the transform was fitted for, of at most 65535 time steps.</param>
    /// <returns>The counts; to be disposed by the caller.</returns>
    /// <exception cref="DataFormatException">The series have other channels or another length, are too long, or a value is missing or infinite.</exception>
    public MiniRocketCounts TransformCounts(SeriesSet set)
    {
        CheckInput(set);
        if (set.MaxLength > MiniRocketCounts.MaxLength) throw DataFormatException.At(set.Name, 0, TooLong(set.MaxLength));
        int[] lengths = new int[set.Count];
        for (int i = 0; i < lengths.Length; i++) lengths[i] = set.LengthOf(i);
        var counts = new MiniRocketCounts(Parameters, lengths);
        TransformRows<ushort, CountOutput>(set, 0, set.Count, counts.Pointer);
        return counts;
    }

    private static string TooLong(int length)
        => $"there are {length} time steps, but counts of 16 bits are for {MiniRocketCounts.MaxLength} at most; transform to proportions.";
}
