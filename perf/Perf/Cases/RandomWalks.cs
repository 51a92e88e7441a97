using FastNets.Data;
using FastNets.Random;

namespace FastNets.Perf.Cases;

/// <summary>Random walks, each known by its index alone.</summary>
internal static class RandomWalks
{
    /// <summary>Makes some of them.</summary>
    /// <param name="first">The first one's index.</param>
    /// <param name="count">How many.</param>
    /// <param name="length">The number of steps of each.</param>
    /// <param name="channels">The number of channels of each, which walk by themselves.</param>
    public static SeriesSet Make(long first, int count, int length, int channels = 1)
    {
        float[] values = new float[count * channels * length];
        for (int i = 0; i < count * channels; i++)
        {
            var random = new PhiloxStream(seed: 0, stream: (ulong)((first * channels) + i));
            double position = 0;
            foreach (ref float value in values.AsSpan(i * length, length)) value = (float)(position += random.NextNormal());
        }

        int[] lengths = new int[count];
        Array.Fill(lengths, length);
        return new SeriesSet("random walks", channels, lengths, values, labels: [], classes: []);
    }
}
