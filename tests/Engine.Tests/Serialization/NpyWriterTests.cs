using System.Text;
using FastNets.Memory;
using FastNets.Serialization;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Serialization;

public class NpyWriterTests
{
    [Test]
    public void Writes_the_header_as_NumPy_does()
    {
        using var stream = new MemoryStream();
        NpyWriter.Write(stream, [1f, 2f, 3f, 4f, 5f, 6f], 2, 3);
        byte[] bytes = stream.ToArray();
        bytes.Length.ShouldBe(128 + 24);
        bytes[..10].ShouldBe([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, 118, 0]);
        string header = Encoding.ASCII.GetString(bytes, 10, 118);
        header.TrimEnd().ShouldBe("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }");
        header[^1].ShouldBe('\n');
        BitConverter.ToSingle(bytes, 128 + 20).ShouldBe(6f);
    }

    [Test]
    public void Writes_one_dimension_as_a_tuple_of_one()
    {
        using var stream = new MemoryStream();
        NpyWriter.Write(stream, [7L]);
        Encoding.ASCII.GetString(stream.ToArray()).ShouldContain("'descr': '<i8', 'fortran_order': False, 'shape': (1,), }");
    }

    [Test]
    public void Refuses_a_shape_that_does_not_fit()
        => Should.Throw<ArgumentException>(() => NpyWriter.Write(Stream.Null, [1f, 2f], 3)).Message.ShouldContain("[3]");

    [Test]
    public void Writes_a_matrix_and_the_same_rows_one_by_one_to_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        using FeatureMatrix matrix = FeatureMatrix.FromValues([1, 2, 3, 4, 5, 6], 2);
        NpyWriter.Write(folder.File("whole.npy"), matrix);
        using (var rows = new NpyRowWriter<float>(folder.File("rows.npy"), 3, 2))
        {
            rows.Append(matrix.Row(0));
            rows.Append([3, 4, 5, 6]);
            File.Exists(folder.File("rows.npy")).ShouldBeFalse();
            rows.Commit();
        }

        File.ReadAllBytes(folder.File("rows.npy")).ShouldBe(File.ReadAllBytes(folder.File("whole.npy")));
        Directory.GetFiles(folder.Path).Length.ShouldBe(2);
    }

    [Test]
    public void The_row_writer_holds_to_what_was_announced()
    {
        using var folder = new TemporaryFolder();
        using (var rows = new NpyRowWriter<float>(folder.File("rows.npy"), 2, 3))
        {
            Should.Throw<ArgumentException>(() => rows.Append([1, 2])).Message.ShouldContain("whole rows of 3");
            rows.Append([1, 2, 3]);
            Should.Throw<InvalidOperationException>(rows.Commit).Message.ShouldContain("1 rows were written, but 2");
            Should.Throw<ArgumentException>(() => rows.Append(new float[6])).Message.ShouldContain("2 were announced");
        }

        Directory.GetFiles(folder.Path).ShouldBeEmpty();
    }
}
