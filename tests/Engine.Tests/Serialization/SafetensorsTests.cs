using System.Buffers.Binary;
using System.Text;
using FastNets.Data;
using FastNets.Serialization;
using FastNets.Tests.Shared;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Serialization;

public class SafetensorsTests
{
    [Test]
    public void Gives_back_what_was_written()
    {
        SafetensorsFile file = Reread(Sample());

        file.Metadata.Select(m => m.Key).ShouldBe(["format", "zebra", "apple"]);
        file.Metadata["zebra"].ShouldBe("line\n\"quoted\" é 雪");
        file.Tensors.Select(t => t.Name).ShouldBe(["weights", "ids", "bytes", "big", "exact", "nothing"]);
        file.Float32("weights", 2, 3).ToArray().ShouldBe([1f, -2.5f, float.NaN, float.PositiveInfinity, float.Epsilon, 0f]);
        file.Int32("ids", -1).ToArray().ShouldBe([int.MinValue, 7]);
        file.UInt8("bytes").ToArray().ShouldBe([(byte)0, (byte)128, (byte)255]);
        file.Int64("big").ToArray().ShouldBe([long.MaxValue]);
        file.Float64("exact", 1, 1, 1).ToArray().ShouldBe([Math.PI]);
        file.Float32("nothing", 0, 4).Length.ShouldBe(0);
        file.Entry("weights").Shape.ToArray().ShouldBe([2L, 3L]);
        file.Entry("weights").Count.ShouldBe(6);
        file.Contains("weight").ShouldBeFalse();
    }

    [Test]
    public void Writes_the_same_bytes_each_time_with_the_data_aligned_to_8()
    {
        byte[] bytes = Sample();
        bytes.ShouldBe(Sample());
        ulong header = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        (header % 8).ShouldBe(0UL);
        bytes[8].ShouldBe((byte)'{');
        Encoding.UTF8.GetString(bytes, 8, (int)header).TrimEnd(' ').ShouldEndWith("}");
    }

    [Test]
    public void Saves_and_reads_a_file_and_an_unseekable_stream()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.safetensors");
        var writer = new SafetensorsWriter();
        writer.Add("x", [1f, 2f]);
        writer.Save(path);
        SafetensorsFile.Read(path).Float32("x").ToArray().ShouldBe([1f, 2f]);
        using var unseekable = new UnseekableStream(File.ReadAllBytes(path));
        SafetensorsFile.Read(unseekable, "pipe").Float32("x").ToArray().ShouldBe([1f, 2f]);
    }

    [Test]
    public void Knows_every_element_type()
    {
        foreach (TensorType type in Enum.GetValues<TensorType>())
        {
            string name = type == TensorType.Bool ? "BOOL" : type.ToString();
            int size = type.SizeOf();
            SafetensorsFile file = Read($$$"""{"t":{"dtype":"{{{name}}}","shape":[3],"data_offsets":[0,{{{3 * size}}}]}}""", 3 * size);
            file.Entry("t").Type.ShouldBe(type);
            file.Bytes("t").Length.ShouldBe(3 * size);
        }
    }

    [Test]
    public void Reads_a_scalar_and_tensors_listed_in_another_order_than_stored()
    {
        SafetensorsFile file = Read(
            """{"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]},"a":{"dtype":"U8","shape":[],"data_offsets":[0,1]},"e":{"dtype":"F32","shape":[0],"data_offsets":[1,1]}}   """,
            3);
        file.UInt8("a").ToArray().ShouldBe([(byte)0]);
        file.UInt8("b").ToArray().ShouldBe([(byte)1, (byte)2]);
        file.Tensors[0].Name.ShouldBe("b");
    }

    [TestCase("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "tensor 't' of type F32 and shape [2] needs 8 bytes, but its range is 0 to 4")]
    [TestCase("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "range is 4 to 0")]
    [TestCase("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "ends at byte 8 of the data, but only 4 are there")]
    [TestCase("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 7, "3 bytes follow the last tensor")]
    [TestCase("""{"t":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, "leaves a gap")]
    [TestCase("""{"t":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"u":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "overlaps")]
    [TestCase("""{"t":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"t":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, "'t' stands in the header twice")]
    [TestCase("""{"t":{"dtype":"F12","shape":[1],"data_offsets":[0,1]}}""", 1, "type 'F12'")]
    [TestCase("""{"t":{"dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1, "'dtype' twice")]
    [TestCase("""{"t":{"dtype":"U8","shape":[1]}}""", 1, "lacks dtype, shape or data_offsets")]
    [TestCase("""{"t":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}""", 1, "not a whole number")]
    [TestCase("""{"t":{"dtype":"U8","shape":[1.5],"data_offsets":[0,1]}}""", 1, "not a whole number")]
    [TestCase("""{"t":{"dtype":"U8","shape":["1"],"data_offsets":[0,1]}}""", 1, "not a whole number")]
    [TestCase("""{"t":{"dtype":"U8","shape":[1],"data_offsets":[0,1,2]}}""", 1, "3 data_offsets")]
    [TestCase("""{"t":{"dtype":"F64","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "impossible shape")]
    [TestCase("""{"t":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}}""", 0, "impossible shape")]
    [TestCase("""{"t":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"more":1}}""", 1, "unknown property 'more'")]
    [TestCase("""{"t":7}""", 0, "tensor 't' is not an object")]
    [TestCase("""{"__metadata__":{"a":1}}""", 0, "the metadata 'a' is not a string")]
    [TestCase("""{"__metadata__":{"a":"1","a":"2"}}""", 0, "key 'a' stands in the header twice")]
    [TestCase("""{"__metadata__":[]}""", 0, "the metadata is not an object")]
    [TestCase("""{"t":""", 0, "not valid JSON")]
    [TestCase("""{"\ud800":1}""", 0, "not valid JSON")]
    [TestCase("""{} {}""", 0, "not valid JSON")]
    [TestCase("""[1]""", 0, "does not begin with '{'")]
    [TestCase("", 0, "does not begin with '{'")]
    public void Refuses_a_header_that_is_wrong(string header, int dataLength, string message)
        => Should.Throw<DataFormatException>(() => Read(header, dataLength)).Message.ShouldSatisfyAllConditions(
            m => m.ShouldStartWith("test.safetensors: "),
            m => m.ShouldContain(message));

    [TestCase(0UL, 3, "the file has 3 bytes")]
    [TestCase(100_000_001UL, 20, "more than 100000000")]
    [TestCase(ulong.MaxValue, 20, "more than 100000000")]
    [TestCase(50UL, 20, "only 12 follow")]
    public void Refuses_a_header_length_that_cannot_be(ulong headerLength, int fileLength, string message)
    {
        byte[] bytes = new byte[Math.Max(8, fileLength)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, headerLength);
        Should.Throw<DataFormatException>(() => SafetensorsFile.Read(new MemoryStream(bytes, 0, fileLength), "test.safetensors")).Message.ShouldContain(message);
    }

    [Test]
    public void Names_what_is_missing_or_of_another_type_or_shape()
    {
        SafetensorsFile file = Reread(Sample());
        Message(() => file.Float32("wieghts")).ShouldBe("sample: there is no tensor 'wieghts'; the file holds weights, ids, bytes, big, exact, nothing.");
        Message(() => file.Float64("weights")).ShouldBe("sample: tensor 'weights' has type F32, but F64 is needed.");
        Message(() => file.Float32("weights", 3, -1)).ShouldBe("sample: tensor 'weights' has shape [2, 3], but [3, ?] is needed.");
        Message(() => file.Float32("weights", 6)).ShouldContain("but [6] is needed");
        Message(() => file.MetadataValue("classes")).ShouldContain("no metadata 'classes'");
        Message(() => SafetensorsFile.Read("/no/such/file")).ShouldBe("/no/such/file: there is no such file.");
        Message(() => SafetensorsFile.Read(Path.GetTempPath())).ShouldContain("this is a folder");

        static string Message(Action action) => Should.Throw<DataFormatException>(action).Message;
    }

    [Test]
    public void The_writer_refuses_names_used_twice_and_shapes_that_do_not_fit()
    {
        var writer = new SafetensorsWriter();
        writer.Add("a", [1f]);
        writer.AddMetadata("k", "v");
        Should.Throw<ArgumentException>(() => writer.Add("a", [2]));
        Should.Throw<ArgumentException>(() => writer.AddMetadata("k", "w"));
        Should.Throw<ArgumentException>(() => writer.Add("__metadata__", [1f]));
        Should.Throw<ArgumentException>(() => writer.Add("b", [1f, 2f], 3)).Message.ShouldStartWith("The shape [3] of 'b' does not fit 2 values.");
        Should.Throw<ArgumentException>(() => writer.Add("b", [1f], long.MaxValue, 2));
        writer.Add("b", [1f, 2f], 2, 1);
    }

    [Test]
    public void Survives_any_damage_with_a_clear_refusal()
        => Damage.Check(Sample(), bytes => SafetensorsFile.Read(new MemoryStream(bytes), "damaged"));

    [Test]
    public void Reads_the_golden_files()
    {
        foreach (string path in Directory.EnumerateFiles(SharedData.Path("golden"), "*.safetensors", SearchOption.AllDirectories))
        {
            SafetensorsFile file = SafetensorsFile.Read(path);
            file.Tensors.Count.ShouldBeGreaterThan(0, path);
            file.Tensors.Sum(t => t.Count * t.Type.SizeOf()).ShouldBeLessThan(new FileInfo(path).Length);
        }

        SafetensorsFile features = SafetensorsFile.Read(SharedData.Path("golden", "minirocket", "gunpoint_9996.safetensors"));
        foreach (float feature in features.Float32("features", -1, 9996)) feature.ShouldBeInRange(0f, 1f);
    }

    private static byte[] Sample()
    {
        var writer = new SafetensorsWriter();
        writer.AddMetadata("format", "pt");
        writer.AddMetadata("zebra", "line\n\"quoted\" é 雪");
        writer.AddMetadata("apple", "");
        writer.Add("weights", [1f, -2.5f, float.NaN, float.PositiveInfinity, float.Epsilon, 0f], 2, 3);
        writer.Add("ids", [int.MinValue, 7]);
        writer.Add("bytes", [(byte)0, (byte)128, (byte)255]);
        writer.Add("big", [long.MaxValue]);
        writer.Add("exact", [Math.PI], 1, 1, 1);
        writer.Add("nothing", ReadOnlySpan<float>.Empty, 0, 4);
        using var stream = new MemoryStream();
        writer.WriteTo(stream);
        return stream.ToArray();
    }

    private static SafetensorsFile Reread(byte[] bytes) => SafetensorsFile.Read(new MemoryStream(bytes), "sample");

    private static SafetensorsFile Read(string header, int dataLength)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] bytes = new byte[8 + json.Length + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)json.Length);
        json.CopyTo(bytes, 8);
        for (int i = 0; i < dataLength; i++) bytes[8 + json.Length + i] = (byte)i;
        return SafetensorsFile.Read(new MemoryStream(bytes), "test.safetensors");
    }
}
