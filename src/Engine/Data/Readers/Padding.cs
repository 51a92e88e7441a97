namespace FastNets.Data.Readers;

/// <summary>Removes what rectangular files put after the end of shorter series.</summary>
internal static class Padding
{
    /// <summary>Removes from the series that has begun the time steps at the end at which every channel is missing.</summary>
    /// <param name="builder">The set; the series' values are [channels, length].</param>
    /// <returns>The number of time steps that are left.</returns>
    public static int Remove(SeriesSetBuilder builder)
    {
        Span<float> values = builder.PendingValues;
        int channels = builder.Channels;
        int length = values.Length / channels;
        int kept = 0;
        for (int channel = 0; channel < channels && kept < length; channel++)
        {
            int last = values.Slice(channel * length, length).LastIndexOfAnyExcept(float.NaN);
            kept = Math.Max(kept, last + 1);
        }

        if (kept == length) return length;
        for (int channel = 1; channel < channels; channel++)
            values.Slice(channel * length, kept).CopyTo(values[(channel * kept)..]);
        builder.Truncate(channels * kept);
        return kept;
    }
}
