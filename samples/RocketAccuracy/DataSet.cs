using FastNets.Data;
using FastNets.Random;

namespace RocketAccuracy;

/// <summary>A data set as archives keep it: a folder NAME with the files NAME_TRAIN and NAME_TEST, of any format.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Train">What is learnt from.</param>
/// <param name="Test">What is measured on.</param>
public sealed record DataSet(string Name, SeriesSet Train, SeriesSet Test)
{
    /// <summary>Reads both files. Missing values are interpolated.</summary>
    /// <param name="folder">The folder.</param>
    public static DataSet Read(string folder)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return new DataSet(name, Part(folder, $"{name}_TRAIN"), Part(folder, $"{name}_TEST"));
    }

    /// <summary>Another split of the same series: as many of each class to learn from as before, drawn at random.</summary>
    /// <param name="seed">The seed of the draw; 0 leaves the split as it is.</param>
    public DataSet Resample(int seed)
    {
        if (seed == 0) return this;
        SeriesSet all = Together();
        int[] order = [.. Enumerable.Range(0, all.Count)];
        var random = new PhiloxStream((ulong)seed, 0);
        random.Shuffle(order.AsSpan());
        int[] wanted = new int[all.Classes.Count];
        foreach (int label in Train.Labels) wanted[label]++;
        List<int> train = [];
        List<int> test = [];
        foreach (int series in order) (wanted[all.Labels[series]]-- > 0 ? train : test).Add(series);
        return this with { Train = all.Subset(train.ToArray()), Test = all.Subset(test.ToArray()) };
    }

    private SeriesSet Together()
    {
        SeriesSet test = Test.WithClasses(Train.Classes);
        int[] lengths = [.. Enumerable.Range(0, Train.Count).Select(Train.LengthOf), .. Enumerable.Range(0, test.Count).Select(test.LengthOf)];
        return new SeriesSet(Name, Train.Channels, lengths, [.. Train.Values.Span, .. test.Values.Span], [.. Train.Labels, .. test.Labels], Train.Classes);
    }

    private static SeriesSet Part(string folder, string name)
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, $"{name}.*") : [];
        if (files.Length != 1) throw new FileNotFoundException($"there are {files.Length} files {name}.*, but one is needed.");
        return SeriesFile.Read(files[0], new SeriesFileOptions { Missing = MissingValues.Interpolate });
    }
}
