using FastNets.Classification;
using FastNets.Data;
using FastNets.Engine.Tests.Serialization;
using FastNets.Random;

namespace FastNets.Engine.Tests.Classification;

/// <summary>Small sets and quick classifiers.</summary>
internal static class ClassifierCases
{
    public const int Length = 64;

    public static readonly ClassifierKind[] Kinds = Enum.GetValues<ClassifierKind>();

    public static SeriesSet Shapes(int perClass, ulong seed = 1) => SyntheticData.CylinderBellFunnel(perClass, Length, seed);

    public static ClassifierOptions Quick(ClassifierKind kind) => new() { Kind = kind, Features = 252, Seed = 7, Epochs = kind == ClassifierKind.Ridge ? null : 3 };

    // What a saved classifier of each kind looks like; trained once for all tests.
    private static readonly Dictionary<ClassifierKind, byte[]> Saved = [];

    public static byte[] Bytes(ClassifierKind kind)
    {
        lock (Saved)
        {
            if (Saved.TryGetValue(kind, out byte[]? bytes)) return bytes;
            using TimeSeriesClassifier classifier = Trained(kind);
            return Saved[kind] = BytesOf(classifier);
        }
    }

    public static byte[] BytesOf(TimeSeriesClassifier classifier)
    {
        using var folder = new TemporaryFolder();
        classifier.Save(folder.File("model"));
        return File.ReadAllBytes(folder.File("model"));
    }

    public static TimeSeriesClassifier Load(byte[] bytes) => TimeSeriesClassifier.Load(new MemoryStream(bytes), "model");

    public static TimeSeriesClassifier Trained(ClassifierKind kind) => TimeSeriesClassifier.Train(Shapes(12), null, Quick(kind)).Classifier;

    /// <summary>A set of ramps with random noise, to be shaped at will.</summary>
    public static SeriesSet Plain(int count, int length, int classes, int channels = 1)
    {
        float[] values = new float[count * channels * length];
        for (int i = 0; i < values.Length; i++) values[i] = (i * 7919 % 101) - 50;
        return new SeriesSet("plain", channels, [.. Enumerable.Repeat(length, count)], values, [.. Enumerable.Range(0, count).Select(i => i % classes)], [.. Enumerable.Range(0, classes).Select(c => $"class {c}")]);
    }

    /// <summary>Sines of one of some frequencies in noise, of several channels and of lengths that differ; the frequency is the class.</summary>
    public static SeriesSet Waves(int count, int channels, int shortest, int longest, ulong seed = 1)
    {
        const int Classes = 3;
        var random = new PhiloxStream(seed, 0);
        int[] lengths = [.. Enumerable.Range(0, count).Select(i => shortest + (i * 7 % (longest - shortest + 1)))];
        var values = new List<float>();
        for (int i = 0; i < count; i++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                double phase = 2 * Math.PI * random.NextDouble();
                for (int t = 0; t < lengths[i]; t++) values.Add((float)(Math.Sin(phase + (t * (0.3 + (0.6 * (i % Classes))))) + (0.2 * random.NextNormal())));
            }
        }

        return new SeriesSet("waves", channels, lengths, [.. values], [.. Enumerable.Range(0, count).Select(i => i % Classes)], ["slow", "medium", "fast"]);
    }
}
