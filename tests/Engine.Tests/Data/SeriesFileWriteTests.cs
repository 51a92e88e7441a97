using FastNets.Data;
using FastNets.Engine.Tests.Serialization;
using FastNets.Random;
using FastNets.Tests.Shared;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Data;

public class SeriesFileWriteTests
{
    [Test]
    public void Gives_back_the_same_bits(
        [Values("a.ts", "a.csv", "a.tsv", "a.txt", "a.npy", "a.ts.gz", "a.CSV.GZ", "a.npy.gz")] string name, [Values(1, 3)] int channels, [Values] bool labelled)
    {
        using var folder = new TemporaryFolder();
        SeriesSet set = RandomSet(channels, equal: true, labelled);
        SeriesFile.Write(folder.File(name), set);
        SeriesSet again = SeriesFile.Read(folder.File(name), new SeriesFileOptions { Csv = Csv(channels, labelled) });
        ShouldBeSame(again, set);
        Directory.GetFiles(folder.Path).Length.ShouldBe(1);
    }

    [Test]
    public void Gives_back_series_of_unequal_length([Values("a.ts", "a.csv", "a.tsv.gz", "a.txt")] string name, [Values(1, 3)] int channels)
    {
        using var folder = new TemporaryFolder();
        SeriesSet set = RandomSet(channels, equal: false, labelled: true);
        SeriesFile.Write(folder.File(name), set);
        ShouldBeSame(SeriesFile.Read(folder.File(name), new SeriesFileOptions { Csv = Csv(channels, labelled: true) }), set);
    }

    [Test]
    public void Gives_back_missing_and_infinite_values([Values("a.ts", "a.csv", "a.npy")] string name)
    {
        using var folder = new TemporaryFolder();
        var set = new SeriesSet("s", 1, [4], [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f], [0], ["1"]);
        SeriesFile.Write(folder.File(name), set);
        ShouldBeSame(SeriesFile.Read(folder.File(name)), set);
    }

    [Test]
    public void Gives_back_class_names_of_any_kind([Values("a.csv", "a.tsv", "a.txt", "a.npy")] string name)
    {
        using var folder = new TemporaryFolder();
        string[] names = [" #x", "a b", "a,\"b\"", "h\u00E9", "tab\there", "x;y"];
        var set = new SeriesSet("s", 1, [1, 1, 1, 1, 1, 1], [1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5], names.Order(StringComparer.Ordinal).ToArray());
        SeriesFile.Write(folder.File(name), set);
        ShouldBeSame(SeriesFile.Read(folder.File(name)), set);
    }

    [Test]
    public void Keeps_a_reference_set_whole_from_format_to_format()
    {
        using var folder = new TemporaryFolder();
        SeriesSet set = SeriesFile.Read(SharedData.Path("data", "ItalyPowerDemand", "ItalyPowerDemand_TRAIN.ts"));
        foreach (string name in new[] { "a.csv", "a.npy", "a.ts" })
        {
            SeriesFile.Write(folder.File(name), set);
            set = SeriesFile.Read(folder.File(name));
        }

        ShouldBeSame(set, SeriesFile.Read(SharedData.Path("data", "ItalyPowerDemand", "ItalyPowerDemand_TRAIN.ts")));
    }

    [Test]
    public void Refuses_what_a_format_cannot_hold()
    {
        using var folder = new TemporaryFolder();
        SeriesSet unequal = RandomSet(1, equal: false, labelled: true);
        Refusal("a.npy", unequal).ShouldContain("write a .ts file");
        Refusal("a.xyz", unequal).ShouldContain("does not end with .ts");
        Refusal("a.ts", Named("two words")).ShouldContain("'two words' cannot be written to a .ts file");
        Refusal("a.csv", Named("two\nlines")).ShouldContain("a line's end");
        Directory.GetFiles(folder.Path).ShouldBeEmpty();

        string Refusal(string name, SeriesSet set) => Should.Throw<ArgumentException>(() => SeriesFile.Write(folder.File(name), set)).Message;
        static SeriesSet Named(string name) => new("s", 1, [1], [1], [0], [name]);
    }

    private static CsvOptions Csv(int channels, bool labelled) => new() { Channels = channels, Label = labelled ? LabelColumn.Auto : LabelColumn.None };

    private static SeriesSet RandomSet(int channels, bool equal, bool labelled)
    {
        var random = new PhiloxStream(3, (ulong)channels);
        const int Count = 12;
        int[] lengths = new int[Count];
        for (int i = 0; i < Count; i++) lengths[i] = equal ? 9 : 1 + random.NextInt32(20);
        float[] values = new float[channels * lengths.Sum()];
        for (int i = 0; i < values.Length; i++)
        {
            float any = BitConverter.UInt32BitsToSingle(random.NextUInt32());
            values[i] = float.IsFinite(any) ? any : (float)random.NextNormal();
        }

        return new SeriesSet("random", channels, lengths, values, labelled ? [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2] : [], labelled ? ["-1", "2", "10"] : []);
    }

    private static void ShouldBeSame(SeriesSet actual, SeriesSet expected)
    {
        actual.Count.ShouldBe(expected.Count);
        actual.Channels.ShouldBe(expected.Channels);
        actual.Classes.ShouldBe(expected.Classes);
        actual.Labels.ToArray().ShouldBe(expected.Labels.ToArray());
        for (int i = 0; i < actual.Count; i++) actual.LengthOf(i).ShouldBe(expected.LengthOf(i));
        Bits(actual).ShouldBe(Bits(expected));

        static int[] Bits(SeriesSet set) => Array.ConvertAll(set.Values.ToArray(), value => float.IsNaN(value) ? -1 : BitConverter.SingleToInt32Bits(value));
    }
}
