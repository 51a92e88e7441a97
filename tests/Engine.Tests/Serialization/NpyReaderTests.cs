using System.Buffers.Binary;
using System.Text;
using FastNets.Data;
using FastNets.Serialization;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Serialization;

public class NpyReaderTests
{
    [TestCase("<f4", "0000C0BF")]
    [TestCase(">f4", "BFC00000")]
    [TestCase("<f8", "000000000000F8BF")]
    [TestCase(">f8", "BFF8000000000000")]
    [TestCase("<f2", "00BE")]
    public void Reads_floating_point_numbers(string descr, string hex) => Read(Npy(descr, "(1,)", hex)).ShouldBe([-1.5f]);

    [TestCase("|i1", "FE", -2f)]
    [TestCase("|u1", "FE", 254f)]
    [TestCase("|b1", "01", 1f)]
    [TestCase("<i2", "FEFF", -2f)]
    [TestCase(">i2", "FFFE", -2f)]
    [TestCase("<u2", "FEFF", 65534f)]
    [TestCase("<i4", "FEFFFFFF", -2f)]
    [TestCase(">i4", "FFFFFFFE", -2f)]
    [TestCase("<u4", "00000080", 2147483648f)]
    [TestCase("<i8", "FEFFFFFFFFFFFFFF", -2f)]
    [TestCase(">i8", "FFFFFFFFFFFFFFFE", -2f)]
    [TestCase(">u8", "8000000000000000", 9.223372e18f)]
    public void Reads_integers(string descr, string hex, float expected) => Read(Npy(descr, "(1,)", hex)).ShouldBe([expected]);

    [Test]
    public void Reads_every_version_of_the_header()
    {
        for (byte version = 1; version <= 3; version++) Read(Npy("<f4", "(1,)", "0000803F", version)).ShouldBe([1f]);
    }

    [Test]
    public void Turns_Fortran_order_into_row_major_order()
    {
        // [[1, 2, 3], [4, 5, 6]] stored column by column.
        Read(Npy("|u1", "(2, 3)", "010402050306", fortran: true)).ShouldBe([1f, 2f, 3f, 4f, 5f, 6f]);
        // Element [i, j, k] of shape (2, 2, 2) holds i + 2 j + 4 k when stored with the first index fastest.
        Read(Npy("|u1", "(2, 2, 2)", "0001020304050607", fortran: true)).ShouldBe([0f, 4f, 2f, 6f, 1f, 5f, 3f, 7f]);
        Read(Npy("|u1", "(0, 2)", "", fortran: true)).ShouldBeEmpty();
    }

    [Test]
    public void Reads_scalars_headers_in_any_order_and_several_arrays()
    {
        byte[] scalar = Raw("{'shape': (), 'fortran_order': False, 'descr': '|u1'}", "07");
        using var stream = new MemoryStream([.. scalar, .. Npy("<i8", "(2,)", "01000000000000000200000000000000")]);
        var reader = new NpyReader(stream, "two");
        reader.Next().ShouldBeTrue();
        reader.Header.Shape.Length.ShouldBe(0);
        Should.Throw<InvalidOperationException>(() => reader.Next());
        reader.ReadDoubles().ShouldBe([7.0]);
        Should.Throw<InvalidOperationException>(() => reader.ReadSingles());
        reader.Next().ShouldBeTrue();
        reader.ReadInt64s().ShouldBe([1L, 2L]);
        reader.Next().ShouldBeFalse();
    }

    [Test]
    public void Reads_text_of_both_byte_orders()
    {
        Strings("<U2", "6100000062000000E900000000000000").ShouldBe(["ab", "é"]);
        Strings(">U2", "0000006100000062000000E900000000").ShouldBe(["ab", "é"]);
        Strings("|S3", "616200C3A900").ShouldBe(["ab", "é"]);
        Should.Throw<DataFormatException>(() => Strings("<U1", "00D8000061000000")).Message.ShouldContain("damaged");
        Should.Throw<DataFormatException>(() => Strings("|S1", "FF61")).Message.ShouldContain("damaged");

        static string[] Strings(string descr, string hex)
        {
            var reader = new NpyReader(new MemoryStream(Npy(descr, "(2,)", hex)), "text");
            reader.Next();
            return reader.ReadStrings();
        }
    }

    [Test]
    public void Gives_back_what_the_writer_wrote()
    {
        using var folder = new TemporaryFolder();
        float[] values = [.. Enumerable.Range(0, 50_000).Select(i => MathF.Sin(i))];
        using (FileStream file = File.Create(folder.File("a.npy"))) NpyWriter.Write(file, values, 100, 500);
        NpyReader.ReadSingles(folder.File("a.npy"), out long[] shape).ShouldBe(values);
        shape.ShouldBe([100L, 500L]);
    }

    [TestCase("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "Python objects are never loaded")]
    [TestCase("{'descr': '<f16', 'fortran_order': False, 'shape': (1,), }", "type '<f16'")]
    [TestCase("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "type '<c8'")]
    [TestCase("{'descr': '<U0', 'fortran_order': False, 'shape': (1,), }", "type '<U0'")]
    [TestCase("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "only plain numbers")]
    [TestCase("{'descr': '<f4', 'fortran_order': Maybe, 'shape': (1,), }", "fortran_order is 'Maybe'")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "the shape is '(-1,)'")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': 3, }", "the shape is '3'")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4), }", "impossible")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296,), }", "can be read")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000,), }", "the file ends before them")]
    [TestCase("{'descr': '<f4', 'shape': (1,), }", "lacks 'fortran_order'")]
    [TestCase("hello", "lacks 'descr'")]
    public void Refuses_a_header_that_is_wrong(string header, string message)
        => Should.Throw<DataFormatException>(() => Read(Raw(header, "00000000"))).Message.ShouldContain(message);

    [Test]
    public void Refuses_a_file_that_is_cut_off_or_no_array()
    {
        byte[] whole = Npy("<f4", "(2,)", "0000803F0000803F");
        for (int length = 1; length < whole.Length; length++) Should.Throw<DataFormatException>(() => Read(whole[..length]));
        whole[6] = 9;
        Should.Throw<DataFormatException>(() => Read(whole)).Message.ShouldContain("format version 9");
        byte[] large = [0x93, .. "NUMPY"u8, 2, 0, 0xFF, 0xFF, 0xFF, 0x7F];
        Should.Throw<DataFormatException>(() => Read(large)).Message.ShouldContain("2147483647 bytes");
        Should.Throw<DataFormatException>(() => Read(Npy("<U1", "(1,)", "61000000"))).Message.ShouldContain("where numbers are needed");
    }

    [Test]
    public void Refuses_integers_that_do_not_fit()
    {
        Integers("<u8", "FFFFFFFFFFFFFFFF").ShouldContain("above 2^63 - 1");
        Integers("<f4", "0000C03F").ShouldContain("1.5 is no integer");
        Integers("<f4", "0000C07F").ShouldContain("NaN is no integer");

        static string Integers(string descr, string hex)
        {
            var reader = new NpyReader(new MemoryStream(Npy(descr, "(1,)", hex)), "integers");
            reader.Next();
            return Should.Throw<DataFormatException>(() => reader.ReadInt64s()).Message;
        }
    }

    private static float[] Read(byte[] bytes)
    {
        var reader = new NpyReader(new UnseekableStream(bytes), "test");
        reader.Next();
        return reader.ReadSingles();
    }

    private static byte[] Npy(string descr, string shape, string hex, byte version = 1, bool fortran = false)
        => Raw($"{{'descr': '{descr}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': {shape}, }}   \n", hex, version);

    private static byte[] Raw(string header, string hex, byte version = 1)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] size = new byte[version == 1 ? 2 : 4];
        if (version == 1) BinaryPrimitives.WriteUInt16LittleEndian(size, (ushort)text.Length);
        else BinaryPrimitives.WriteUInt32LittleEndian(size, (uint)text.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. size, .. text, .. Convert.FromHexString(hex)];
    }
}
