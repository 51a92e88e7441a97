using FastNets.Data;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Data;

public class TsFileTests
{
    private const string Header = "@problemName P\n@timeStamps false\n@univariate true\n";

    [Test]
    public void Reads_a_univariate_file_with_comments_blank_lines_and_windows_line_ends()
    {
        SeriesSet set = Text.Read("# about\r\n\r\n" + Header + "@classLabel true b a\r\n@data\r\n1,2.5,-3e-1:b\r\n\r\n# between\r\n 4 , 5 ,6 : a \r\n");
        set.Count.ShouldBe(2);
        set.Channels.ShouldBe(1);
        set.Classes.ShouldBe(["a", "b"]);
        set.Labels.ToArray().ShouldBe([1, 0]);
        set.Series(0).ToArray().ShouldBe([1f, 2.5f, -0.3f]);
        set.Series(1).ToArray().ShouldBe([4f, 5f, 6f]);
        set.LineOf(0).ShouldBe(8);
        set.LineOf(1).ShouldBe(11);
    }

    [Test]
    public void Reads_channels_of_unequal_series_and_missing_values()
    {
        SeriesSet set = Text.Read("@univariate false\n@dimensions 2\n@equalLength false\n@missing true\n@classLabel true 1 2\n@data\n1,?:3,4:1\n5,6,7:8,NaN,?:2.0");
        set.Channels.ShouldBe(2);
        set.MinLength.ShouldBe(2);
        set.MaxLength.ShouldBe(3);
        set.Classes.ShouldBe(["1", "2"]);
        set.Channel(0, 0).ToArray().ShouldBe([1f, float.NaN]);
        set.Channel(1, 1).ToArray().ShouldBe([8f, float.NaN, float.NaN]);
    }

    [TestCase("@data\n1,2,3:a\n4,5,6:b", 1, 2, true)]
    [TestCase("@data\n1,2,3:1,2,3:a\n1,2,3:1,2,3:b", 2, 2, true)]
    [TestCase("@data\n1,2,3\n1,2", 1, 2, false)]
    [TestCase("@data\n1,2:3,4\n1,2:3,4", 2, 2, false)]
    [TestCase("@univariate true\n@data\n1:1\n2:2", 1, 2, true)]
    [TestCase("@univariate true\n@data\n1,2\n2,2", 1, 2, false)]
    [TestCase("@dimensions 2\n@data\n1,2:3,4\n1,2:3,4", 2, 2, false)]
    [TestCase("@classLabel false\n@data\n1:2", 2, 1, false)]
    [TestCase("@targetlabel false\n@data\n1:2", 2, 1, false)]
    [TestCase("@unknownWord x y\n@DATA\n1,2:x", 1, 1, true)]
    public void Finds_out_what_the_header_leaves_open(string text, int channels, int count, bool labelled)
    {
        SeriesSet set = Text.Read(text);
        set.Channels.ShouldBe(channels);
        set.Count.ShouldBe(count);
        set.HasLabels.ShouldBe(labelled);
    }

    [TestCase("@timestamps true\n@data\n", "data(1): series with time stamps are not read")]
    [TestCase("@data\n(0,1),(1,2):a\n", "data(2): the values have time stamps")]
    [TestCase("@targetlabel true\n@data\n", "data(1): this is a regression problem")]
    [TestCase("@univariate maybe\n@data\n", "data(1): @univariate needs 'true' or 'false' after it, not 'maybe'")]
    [TestCase("@dimensions\n@data\n", "data(1): @dimensions needs a whole number")]
    [TestCase("@dimensions -3\n@data\n", "not '-3'")]
    [TestCase("@univariate true\n@dimensions 2\n@data\n1:2\n", "both @univariate true and @dimensions 2")]
    [TestCase("@problemName x\n1,2:a\n", "data(2): '1,2:a' stands before the line @data")]
    [TestCase("@problemName x\n", "ends without a line @data")]
    [TestCase("@data\n", "there is no series")]
    [TestCase("@classLabel true a b\n@data\n1,2:a\n1,2:c\n", "data(4): the label 'c' is not among the classes")]
    [TestCase("@classLabel true a b\n@data\n1,2:\n", "data(3): series 0 has no label")]
    [TestCase("@classLabel true a\n@dimensions 2\n@data\n1,2:a\n", "data(4): the line has 1 channels and a label, but 2 are expected")]
    [TestCase("@classLabel true a\n@data\n1,2:a\n1:2:a\n", "data(4): the line has 2 channels")]
    [TestCase("@classLabel true a\n@data\n1,2:1,2,3:a\n", "data(3): channel 1 has 3 values, but channel 0 has 2")]
    [TestCase("@equalLength true\n@data\n1,2:a\n1,2,3:a\n", "data(4): the series has 3 values, but 2 are expected")]
    [TestCase("@equalLength true\n@seriesLength 3\n@data\n1,2:a\n", "data(4): the series has 2 values, but 3 are expected")]
    [TestCase("@data\n1,x,3:a\n", "data(2): value 2 is 'x' where a number belongs")]
    [TestCase("@classLabel true a\n@data\n:a\n", "data(3): a channel is empty")]
    public void Refuses_what_is_wrong(string text, string message) => Text.Refusal(text).ShouldContain(message);
}
