using FastNets.Data;
using FastNets.Engine.Tests.Serialization;
using FastNets.Serialization;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Data;

public class ArrayFileTests
{
    [Test]
    public void Reads_series_and_the_labels_after_them_from_one_npy_file()
    {
        SeriesSet set = Text.Read(Arrays.Npy());
        set.Classes.ShouldBe(["3", "7"]);
        set.Labels.ToArray().ShouldBe([1, 0]);
        set.Series(1).ToArray().ShouldBe([4f, 5f, 6f]);
        Text.Read(Arrays.Npy(labels: false)).HasLabels.ShouldBeFalse();
        Text.Read(Text.Gzip(Arrays.Npy())).HasLabels.ShouldBeTrue();
    }

    [Test]
    public void Reads_three_dimensions_in_either_layout()
    {
        using var stream = new MemoryStream();
        NpyWriter.Write(stream, Enumerable.Range(0, 12).Select(i => (float)i).ToArray(), 2, 3, 2);
        SeriesSet first = Text.Read(stream.ToArray());
        first.Channels.ShouldBe(3);
        first.Channel(1, 2).ToArray().ShouldBe([10f, 11f]);
        SeriesSet last = Text.Read(stream.ToArray(), new SeriesFileOptions { Layout = ArrayLayout.ChannelsLast });
        last.Channels.ShouldBe(2);
        last.Channel(1, 1).ToArray().ShouldBe([7f, 9f, 11f]);
    }

    [Test]
    public void Reads_labels_that_are_text_or_whole_floating_point_numbers()
    {
        using var text = new MemoryStream();
        text.Write(Arrays.Npy(labels: false));
        NpyWriter.Write(text, ["höch", "a"]);
        Text.Names(Text.Read(text.ToArray())).ShouldBe(["höch", "a"]);

        using var whole = new MemoryStream();
        whole.Write(Arrays.Npy(labels: false));
        NpyWriter.Write(whole, [2.0, 1.0], 2, 1);
        Text.Names(Text.Read(whole.ToArray())).ShouldBe(["2", "1"]);
    }

    [Test]
    public void Finds_the_arrays_of_an_archive_by_their_usual_names()
    {
        foreach ((string series, string label) in new[] { ("x", "y"), ("X", "Y"), ("data", "labels"), ("X_train", "y_train"), ("arr_0", "arr_1") })
            Text.Names(Text.Read(Arrays.Npz((label, Arrays.Labels()), (series, Arrays.Npy(labels: false))))).ShouldBe(["7", "3"], series);
        Text.Read(Arrays.Npz(("anything", Arrays.Npy(labels: false)))).HasLabels.ShouldBeFalse();
    }

    [Test]
    public void Asks_when_an_archive_is_ambiguous()
    {
        byte[] both = Arrays.Npz(
            ("x_train", Arrays.Npy(labels: false)), ("y_train", Arrays.Labels()), ("x_test", Arrays.Npy(labels: false)), ("y_test", Arrays.Labels()));
        string message = Text.Refusal(both);
        message.ShouldContain("x_train and x_test may both be the series");
        message.ShouldContain("the archive holds x_train, y_train, x_test, y_test");
        Text.Read(both, new SeriesFileOptions { SeriesArray = "x_test" }).HasLabels.ShouldBeTrue();
        Text.Read(both, new SeriesFileOptions { SeriesArray = "x_test", LabelArray = "y_train" }).HasLabels.ShouldBeTrue();
        Text.Refusal(both, new SeriesFileOptions { SeriesArray = "z" }).ShouldContain("there is no array 'z'");
        Text.Refusal(Arrays.Npz(("a", Arrays.Npy()), ("b", Arrays.Npy()))).ShouldContain("none of the arrays has a usual name");
        Text.Refusal(Arrays.Npz()).ShouldContain("holds no array");
    }

    [Test]
    public void Reads_an_archive_from_a_file_and_through_gzip()
    {
        using var folder = new TemporaryFolder();
        byte[] archive = Arrays.Npz(("x", Arrays.Npy(labels: false)), ("y", Arrays.Labels()));
        SeriesFile.Read(folder.Write("a.npz", archive)).HasLabels.ShouldBeTrue();
        SeriesFile.Read(folder.Write("a.npz.gz", Text.Gzip(archive))).HasLabels.ShouldBeTrue();
        SeriesFile.Read(new UnseekableStream(archive), "pipe").HasLabels.ShouldBeTrue();
        Text.Refusal(archive[..^30]).ShouldContain("damaged or cut off");
    }

    [Test]
    public void Refuses_arrays_that_are_no_series()
    {
        Text.Refusal(Npy([1f, 2f], 2)).ShouldContain("the array has the shape [2]; series have [n, length]");
        Text.Refusal(Npy([], 0, 5)).ShouldContain("the shape [0, 5] holds no series");
        Text.Refusal(Npy([1f], 1, 1, 1, 1)).ShouldContain("[1, 1, 1, 1]");
        Text.Refusal([.. Npy([1f, 2f, 3f], 3, 1), .. Npy([1f, 2f], 2)]).ShouldContain("the labels have the shape [2], but 3 series need [3]");
        Text.Refusal([.. Npy([1f, 2f], 2, 1), .. Npy([1f, 1.5f], 2)]).ShouldContain("the element 1.5 is no integer");
        Text.Refusal([.. Npy([1f], 1, 1), .. Npy([1f], 1), .. Npy([1f], 1)]).ShouldContain("a third array");
        Text.Refusal(Arrays.Npy()[..^1]).ShouldContain("cut off");
        Text.Refusal([.. Npy([1f], 1, 1), 1, 2, 3]).ShouldContain("no .npy array");

        static byte[] Npy(float[] values, params long[] shape)
        {
            using var stream = new MemoryStream();
            NpyWriter.Write(stream, values, shape);
            return stream.ToArray();
        }
    }

    [Test]
    public void Reads_images_and_finds_their_labels_by_the_usual_name()
    {
        using var folder = new TemporaryFolder();
        byte[] labels = [0, 0, 8, 1, 0, 0, 0, 2, 9, 4];
        string images = folder.Write("t-images-idx3-ubyte", Images);
        SeriesFile.Read(images).HasLabels.ShouldBeFalse();
        folder.Write("t-labels-idx1-ubyte.gz", Text.Gzip(labels));
        SeriesSet set = SeriesFile.Read(images);
        set.Classes.ShouldBe(["4", "9"]);
        set.Labels.ToArray().ShouldBe([1, 0]);
        set.Series(1).ToArray().ShouldBe([5f, 6f, 7f, 255f]);

        string other = folder.Write("else", Images);
        SeriesFile.Read(other).HasLabels.ShouldBeFalse();
        SeriesFile.Read(other, new SeriesFileOptions { LabelFile = folder.Write("given", labels) }).HasLabels.ShouldBeTrue();
        Refusal(folder.Write("few", [0, 0, 8, 1, 0, 0, 0, 1, 9])).ShouldContain("there are 1 labels, but 2 series");
        Refusal(images).ShouldContain("labels have one dimension");
        Refusal(folder.Write("none", "hello")).ShouldContain("no IDX magic number");
        Refusal(folder.File("missing")).ShouldContain("there is no such file");
        Refusal(folder.Write("float", [0, 0, 0x0D, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0])).ShouldContain("labels are integers");

        string Refusal(string labelFile)
            => Should.Throw<DataFormatException>(() => SeriesFile.Read(other, new SeriesFileOptions { LabelFile = labelFile })).Message;
    }

    [TestCase(0x09, new byte[] { 0xFF }, -1f)]
    [TestCase(0x0B, new byte[] { 0xFF, 0xFE }, -2f)]
    [TestCase(0x0C, new byte[] { 0, 1, 0, 0 }, 65536f)]
    [TestCase(0x0D, new byte[] { 0x3F, 0xC0, 0, 0 }, 1.5f)]
    [TestCase(0x0E, new byte[] { 0x3F, 0xF8, 0, 0, 0, 0, 0, 0 }, 1.5f)]
    public void Reads_every_element_type_of_IDX(int type, byte[] element, float expected)
        => Text.Read([0, 0, (byte)type, 2, 0, 0, 0, 1, 0, 0, 0, 1, .. element]).Series(0).ToArray().ShouldBe([expected]);

    [Test]
    public void Refuses_IDX_files_that_are_wrong()
    {
        Text.Refusal([0, 0, 8, 1, 0, 0, 0, 2, 9, 4]).ShouldContain("this is a file of labels");
        Text.Refusal(Images[..^1]).ShouldContain("announces 8 elements, but the file ends before them");
        Text.Refusal([.. Images, 0]).ShouldContain("more follows");
        Text.Refusal(Images[..10]).ShouldContain("ends within its header");
        Text.Refusal([0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255]).ShouldContain("ask for more");
        Text.Refusal([0, 0, 8, 2, 0x40, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3]).ShouldContain("the file ends before them");
        Text.Refusal([0, 0, 7, 3, 0, 0, 0, 1, 1]).ShouldContain("neither text nor");
    }

    private static byte[] Images => [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 255];
}
