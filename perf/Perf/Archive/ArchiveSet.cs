using System.Globalization;
using FastNets.Data;
using FastNets.Random;

namespace FastNets.Perf.Archive;

/// <summary>A set of the UCR archive by its shape; the series are made.</summary>
/// <remarks>
/// The 109 sets are those that the MiniRocket paper measures: equal lengths, no missing values. Source of the sizes: the archive's summary table (Dau and others,
/// "The UCR Time Series Archive", 2019).
/// </remarks>
/// <param name="Name">The set's name.</param>
/// <param name="Train">The number of training series.</param>
/// <param name="Test">The number of test series.</param>
/// <param name="Classes">The number of classes.</param>
/// <param name="Length">The number of time steps.</param>
internal sealed record ArchiveSet(string Name, int Train, int Test, int Classes, int Length)
{
    private const string Table = "ucr109.csv";

    /// <summary>All sets, in the order of the table.</summary>
    public static ArchiveSet[] All()
    {
        using Stream stream = typeof(ArchiveSet).Assembly.GetManifestResourceStream(Table)!;
        using var reader = new StreamReader(stream);
        var sets = new List<ArchiveSet>();
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            string[] fields = line.Split(',');
            sets.Add(new ArchiveSet(fields[0], Number(fields[1]), Number(fields[2]), Number(fields[3]), Number(fields[4])));
        }

        return [.. sets];
    }

    /// <summary>Random walks of the set's shape with classes in turn.</summary>
    /// <param name="count">The number of series.</param>
    /// <param name="stream">Which of the random streams to draw from.</param>
    public SeriesSet Make(int count, ulong stream)
    {
        float[] values = new float[(long)count * Length];
        var random = new PhiloxStream(seed: 0, stream);
        for (int i = 0; i < values.Length; i++) values[i] = (float)random.NextNormal() + (i % Length == 0 ? 0f : values[i - 1]);
        return new SeriesSet(
            Name, 1, [.. Enumerable.Repeat(Length, count)], values, [.. Enumerable.Range(0, count).Select(i => i % Classes)], [.. Enumerable.Range(0, Classes).Select(c => $"{c}")]);
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
