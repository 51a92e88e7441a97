using System.Text;
using FastNets.Data;
using FastNets.Engine.Tests.Serialization;
using FastNets.Random;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Data;

public class SeriesFileTests
{
    private static readonly byte[] Csv = "1,2,3\n2,3,4\n"u8.ToArray();

    [TestCase("a.txt")]
    [TestCase("a.csv.gz")]
    [TestCase("no-extension")]
    public void Reads_a_gzipped_file_whatever_its_name(string name)
    {
        using var folder = new TemporaryFolder();
        SeriesSet set = SeriesFile.Read(folder.Write(name, Text.Gzip(Csv)));
        set.Count.ShouldBe(2);
        set.Name.ShouldEndWith(name);
    }

    [Test]
    public void Reads_a_stream_that_cannot_seek_and_leaves_it_open()
    {
        using var stream = new UnseekableStream(Text.Gzip(Csv));
        SeriesFile.Read(stream, "pipe").Count.ShouldBe(2);
        stream.CanRead.ShouldBeTrue();
    }

    [Test]
    public void Reads_a_long_text_across_its_buffers()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 3000; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i % 7},{i}.25,{string.Join(',', Enumerable.Repeat("0.5", 100))}\n");
        SeriesSet set = SeriesFile.Read(new UnseekableStream(Encoding.UTF8.GetBytes(text.ToString())), "long");
        set.Count.ShouldBe(3000);
        for (int i = 0; i < set.Count; i++)
        {
            set.Labels[i].ShouldBe(i % 7);
            set.Series(i)[0].ShouldBe(i + 0.25f);
            set.LineOf(i).ShouldBe(i + 1);
        }
    }

    [Test]
    public void Gives_equal_labels_one_name_and_orders_classes_by_value()
    {
        SeriesSet set = Text.Read("10,1,2\n1.0000000e+00,1,2\n1,1,2\n-1,1,2\n2.5,1,2\n+1.0,1,2\n");
        set.Classes.ShouldBe(["-1", "1", "2.5", "10"]);
        set.Labels.ToArray().ShouldBe([3, 1, 1, 0, 2, 1]);
        Text.Read("b,1,2\nB,1,2\n10,1,2\n9,1,2\n").Classes.ShouldBe(["10", "9", "B", "b"]);
    }

    [Test]
    public void Says_what_is_wrong_with_a_path()
    {
        using var folder = new TemporaryFolder();
        Refusal(folder.File("none.ts")).ShouldBe($"{folder.File("none.ts")}: there is no such file.");
        Refusal(folder.Path).ShouldContain("this is a folder");
        Refusal(folder.Write("empty", "")).ShouldContain("the file is empty");
        Refusal(folder.Write("empty.gz", Text.Gzip([]))).ShouldContain("the file is empty");

        static string Refusal(string path) => Should.Throw<DataFormatException>(() => SeriesFile.Read(path)).Message;
    }

    [Test]
    public void Refuses_a_gzipped_file_that_is_cut_off_anywhere()
    {
        byte[] packed = Text.Gzip(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 500).Select(i => $"{i % 3},{i * 37 % 101},{i * 53 % 97}\n"))));
        Text.Read(packed).Count.ShouldBe(500);
        for (int length = 2; length < packed.Length; length++)
        {
            string message = Text.Refusal(packed[..length]);
            if (!message.Contains("damaged or cut off", StringComparison.Ordinal)) message.ShouldContain("the line has", customMessage: $"{length} of {packed.Length} bytes");
        }

        packed[packed.Length / 2] ^= 0x10;
        Should.Throw<DataFormatException>(() => Text.Read(packed));
    }

    [Test]
    public void Reads_gzip_members_one_after_another()
        => Text.Read([.. Text.Gzip("1,2,3\n"u8.ToArray()), .. Text.Gzip("2,3,4\n"u8.ToArray())]).Count.ShouldBe(2);

    [Test]
    public void Refuses_what_is_no_data()
    {
        Text.Refusal([0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 9]).ShouldContain("it begins with 7F454C4602010100");
        Text.Refusal(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("1,2,3")).ToArray()).ShouldContain("UTF-16");
        Text.Refusal([(byte)'1', (byte)',', 0xE9, (byte)',', (byte)'2', (byte)'\n']).ShouldContain("data(1): the line is not UTF-8 text");
        Text.Refusal(Text.Gzip(Text.Gzip(Csv))).ShouldContain("gzipped twice");
        Text.Refusal("1,2,\u001b[31mred\u001b[0m,3\n").ShouldNotContain("\u001b");
        Text.Refusal(new byte[5000].Select((_, i) => i < 4500 ? (byte)'1' : (byte)0).ToArray()).ShouldContain("zero byte");
    }

    [Test]
    public void Refuses_or_reads_random_bytes_and_nothing_else()
    {
        var random = new PhiloxStream(8, 0);
        byte[][] beginnings = [[], "@relation r\n"u8.ToArray(), "@data\n"u8.ToArray(), [0x1F, 0x8B, 8, 0], [0x93, .. "NUMPY"u8, 1, 0], "PK\u0003\u0004"u8.ToArray(), [0, 0, 8, 3], "1,"u8.ToArray()];
        for (int round = 0; round < 2000; round++)
        {
            byte[] bytes = [.. beginnings[round % beginnings.Length], .. new byte[random.NextInt32(200)]];
            for (int i = beginnings[round % beginnings.Length].Length; i < bytes.Length; i++) bytes[i] = (byte)random.NextUInt32();
            try
            {
                Text.Read(bytes).Count.ShouldBeGreaterThan(0);
            }
            catch (DataFormatException e)
            {
                e.Message.ShouldStartWith(Text.Name);
            }
        }
    }

    [Test]
    public void Interpolates_missing_values_when_asked()
    {
        const string Missing = "a,?,1,?,?,4,5\nb,1,2,3,4,5,6\n";
        float.IsNaN(Text.Read(Missing).Series(0)[0]).ShouldBeTrue();
        SeriesSet set = Text.Read(Missing, new SeriesFileOptions { Missing = MissingValues.Interpolate });
        set.Series(0).ToArray().ShouldBe([1f, 1f, 2f, 3f, 4f, 5f]);
        set.RequireFinite().ShouldBeSameAs(set);
    }

    [Test]
    public void Survives_any_damage_with_a_clear_refusal([Values("ts", "csv", "txt", "arff", "relational", "gz", "npy", "npz", "idx")] string format)
    {
        byte[] valid = format switch
        {
            "ts" => "# c\n@problemName p\n@univariate false\n@dimensions 2\n@equalLength true\n@seriesLength 3\n@classLabel true a b\n@data\n1,2,3:4,5,6:a\n1.5,-2e1,?:4,5,6:b\n"u8.ToArray(),
            "csv" => "label,t0,t1\n\"a\",1,2.5\nb,-1e-3,NaN\n"u8.ToArray(),
            "txt" => "  1.0000000e+00  2.5000000e+00 -1.0\n  2.0000000e+00  2.5  1.0\n"u8.ToArray(),
            "arff" => "@relation r\n@attribute a real\n@attribute b real\n@attribute k {x,'y z'}\n@data\n1,2,x\n3,?,'y z'\n"u8.ToArray(),
            "relational" => "@relation r\n@attribute s relational\n@attribute a real\n@attribute b real\n@end s\n@attribute k {x,y}\n@data\n\"1,2\\n3,4\",x\n'5,6\\n7,8',y\n"u8.ToArray(),
            "gz" => Text.Gzip(Csv),
            "npy" => Arrays.Npy(),
            "npz" => Arrays.Npz(("x", Arrays.Npy(labels: false)), ("y", Arrays.Labels())),
            _ => [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8],
        };
        Damage.Check(valid, bytes => Text.Read(bytes), rounds: 1500);
    }
}
