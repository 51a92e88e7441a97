using FastNets.Data;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Data;

public class DelimitedFileTests
{
    [TestCase("   1.0000000e+00  1.5000000e+00  -2.0\n   2.0000000e+00   3   4\n")]
    [TestCase("1\t1.5\t-2\n2\t3\t4")]
    [TestCase("1,1.5,-2\n2,3,4")]
    [TestCase("1; 1.5; -2\r\n\r\n# comment\r\n2; 3; 4\r\n")]
    [TestCase("\uFEFF1, 1.5, -2\n2, 3, 4")]
    [TestCase("label,t0,t1\n1,1.5,-2\n2,3,4")]
    [TestCase("a,b,class\n1.5,-2,1\n3,4,2")]
    [TestCase("\"1\",\"1.5\",-2\n\"2\",3,4")]
    [TestCase("1 \t 1.5 \t-2\n2\t3\t4")]
    public void Reads_the_same_set_however_it_is_written(string text)
    {
        SeriesSet set = Text.Read(text);
        set.Count.ShouldBe(2);
        set.Classes.ShouldBe(["1", "2"]);
        set.Labels.ToArray().ShouldBe([0, 1]);
        set.Series(0).ToArray().ShouldBe([1.5f, -2f]);
        set.Series(1).ToArray().ShouldBe([3f, 4f]);
    }

    [Test]
    public void Finds_a_label_of_text_in_the_last_column()
    {
        SeriesSet set = Text.Read("1,2,\"a, \"\"b\"\"\"\n3,4,c\n");
        set.Classes.ShouldBe(["a, \"b\"", "c"]);
        set.Series(1).ToArray().ShouldBe([3f, 4f]);
    }

    [Test]
    public void Does_as_the_options_say()
    {
        Text.Read("1,2,3\n4,5,6", new CsvOptions { Label = LabelColumn.Last }).Classes.ShouldBe(["3", "6"]);
        SeriesSet unlabelled = Text.Read("1,2,3\n4,5,6", new CsvOptions { Label = LabelColumn.None });
        unlabelled.HasLabels.ShouldBeFalse();
        unlabelled.MaxLength.ShouldBe(3);
        Text.Read("0,a,1,2\n1,b,3,4", new CsvOptions { SkipColumns = 1 }).Classes.ShouldBe(["a", "b"]);
        Text.Read("a|1|2", new CsvOptions { Delimiter = '|' }).Series(0).ToArray().ShouldBe([1f, 2f]);
        Text.Read("1,2,3\n4,5,6", new CsvOptions { HasHeader = true }).Count.ShouldBe(1);
    }

    [Test]
    public void Reads_several_channels_one_after_another()
    {
        SeriesSet set = Text.Read("a,1,2,3,4,NaN,NaN\nb,1,2,3,4,5,6", new CsvOptions { Channels = 3 });
        set.Channels.ShouldBe(3);
        set.LengthOf(0).ShouldBe(2);
        set.Channel(1, 2).ToArray().ShouldBe([5f, 6f]);

        SeriesSet padded = Text.Read("a,1,2,NaN,4,5,NaN\nb,1,2,3,4,5,6", new CsvOptions { Channels = 2 });
        padded.LengthOf(0).ShouldBe(2);
        padded.Channel(0, 1).ToArray().ShouldBe([4f, 5f]);
        padded.LengthOf(1).ShouldBe(3);

        // Only what is missing in all channels is padding.
        SeriesSet half = Text.Read("a,1,2,NaN,4,NaN,NaN\nb,1,NaN,NaN,4,5,NaN\nc,1,2,3,4,NaN,NaN", new CsvOptions { Channels = 2 });
        half.LengthOf(0).ShouldBe(2);
        half.LengthOf(1).ShouldBe(2);
        half.LengthOf(2).ShouldBe(3);
        half.Channel(1, 0).ToArray().ShouldBe([1f, float.NaN]);
    }

    [Test]
    public void Takes_missing_values_at_the_end_for_padding_unless_told_otherwise()
    {
        const string Unequal = "1\t1\t2\tNaN\tNaN\n2\t1\tNaN\t3\t4\n";
        SeriesSet set = Text.Read(Unequal);
        set.LengthOf(0).ShouldBe(2);
        set.LengthOf(1).ShouldBe(4);
        float.IsNaN(set.Series(1)[1]).ShouldBeTrue();

        SeriesSet kept = Text.Read(Unequal, new CsvOptions { TrailingMissingIsPadding = false });
        kept.IsEqualLength.ShouldBeTrue();
        Text.Read("a,1,2,,\nb,1,2,3,4\n").LengthOf(0).ShouldBe(2);
    }

    [TestCase("1,2,3\n1,2\n", "data(2): the line has 2 fields, but line 1 has 3")]
    [TestCase("1 2 3\n1 2 3 4\n", "data(2): the line has 4 fields, but line 1 has 3")]
    [TestCase("1,2,3\n1,two,3\n", "data(2): field 2 is 'two' where a number belongs")]
    [TestCase("1,2,x,4\n2,3,4,5\n", "data(1): field 3 is 'x' where a number belongs")]
    [TestCase("1 1 oops 3\n2 3 4 5\n", "data(1): field 3 is 'oops' where a number belongs")]
    [TestCase("a;1,5;2\nb;1,5;2\n", "data(1): field 2 is '1,5' where a number belongs; numbers have a decimal point")]
    [TestCase("1\n2\n", "data(1): the line has 1 fields, too few for a series")]
    [TestCase("1,NaN,NaN\n", "data(1): the line holds no value")]
    [TestCase("1,\"2,3\n", "data(1): the quoted field that begins with \"2,3 does not end")]
    [TestCase("1,\"2\"3,4\n", "data(1): something follows the quoted field")]
    [TestCase("?,1,2\n", "data(1): series 0 has no label")]
    [TestCase(",1,2\n", "data(1): series 0 has no label")]
    [TestCase(",t0,t1,class\n0,1,2,a\n", "data(1): the header leaves the first column without a name")]
    [TestCase("class,t0,label\n0,1,2\n", "data(1): both the first and the last column are named as labels")]
    [TestCase("label,t0,t1\n", "there is no series")]
    [TestCase("\n\n# nothing\n", "nothing but blank lines")]
    [TestCase("hello\n", "too few")]
    public void Refuses_what_is_wrong(string text, string message) => Text.Refusal(text).ShouldContain(message);

    [Test]
    public void Refuses_options_that_make_no_sense()
    {
        Should.Throw<ArgumentException>(() => Text.Read("1,2,3", new CsvOptions { Delimiter = '1' }));
        Should.Throw<ArgumentException>(() => Text.Read("1,2,3", new CsvOptions { Channels = 0 }));
        Should.Throw<ArgumentException>(() => Text.Read("1,2,3", new CsvOptions { SkipColumns = -1 }));
        Should.Throw<DataFormatException>(() => Text.Read("1,2,3,4", new CsvOptions { Channels = 2 })).Message.ShouldContain("3 values do not make 2 channels");
        Should.Throw<DataFormatException>(() => Text.Read("1,2,3", new CsvOptions { SkipColumns = 7 })).Message.ShouldContain("too few");
    }
}
