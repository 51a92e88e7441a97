using FastNets.Data;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Data;

public class ArffFileTests
{
    private const string Univariate = "% about\n@relation Test\n\n@attribute att0 numeric\n@ATTRIBUTE 'att 1' REAL\n@attribute target {1,2,'c d'}\n@data\n";

    private const string Relational =
        "@relation Test\n@attribute rel relational\n@attribute t0 numeric\n@attribute t1 numeric\n@attribute t2 numeric\n@end rel\n@attribute activity {Standing,Running}\n@data\n";

    [Test]
    public void Reads_a_univariate_file()
    {
        SeriesSet set = Text.Read(Univariate + "1.5,-2,1\n% comment\n?,4, 'c d'\n");
        set.Channels.ShouldBe(1);
        set.Classes.ShouldBe(["1", "c d"]);
        set.Labels.ToArray().ShouldBe([0, 1]);
        set.Series(0).ToArray().ShouldBe([1.5f, -2f]);
        set.Series(1).ToArray().ShouldBe([float.NaN, 4f]);
        set.LineOf(1).ShouldBe(10);
    }

    [TestCase('"')]
    [TestCase('\'')]
    public void Reads_a_relational_file(char quote)
    {
        SeriesSet set = Text.Read(Relational + $"{quote}1,2,3\\n4,5,6{quote},Standing\n{quote}7,8,?\\n9,10,?{quote},Running\n");
        set.Channels.ShouldBe(2);
        set.Classes.ShouldBe(["Running", "Standing"]);
        set.Channel(0, 1).ToArray().ShouldBe([4f, 5f, 6f]);
        set.LengthOf(1).ShouldBe(2);
        set.Channel(1, 1).ToArray().ShouldBe([9f, 10f]);
    }

    [Test]
    public void Reads_a_file_without_classes_and_one_with_the_class_first()
    {
        Text.Read("@relation r\n@attribute a real\n@attribute b real\n@data\n1,2\n").HasLabels.ShouldBeFalse();
        Text.Read("@relation r\n@attribute k {x,y}\n@attribute b real\n@data\ny,2\n").Classes.ShouldBe(["y"]);
    }

    [TestCase(Univariate + "1,2\n", "(8): the line has only 2 fields, but the header declares 3 attributes")]
    [TestCase(Univariate + "1,2,1,4\n", "(8): the line has more than 3 fields")]
    [TestCase(Univariate + "1,x,1\n", "(8): value 2 is 'x'")]
    [TestCase(Univariate + "1,2,3\n", "(8): the label '3' is not among the classes")]
    [TestCase(Univariate + "1,2,'c d\n", "(8): a quoted field does not end")]
    [TestCase(Univariate + "{0 1, 2 1}\n", "(8): sparse ARFF")]
    [TestCase(Univariate + "?,?,1\n", "(8): the series holds no value")]
    [TestCase(Univariate, "there is no series")]
    [TestCase("@relation r\n@attribute a string\n@data\nx\n", "(2): attribute 'a' has the type 'STRING'")]
    [TestCase("@relation r\n@attribute a real\n@attribute class numeric\n@data\n1,2\n", "(3): attribute 'class' is numeric: a regression problem")]
    [TestCase("@relation r\n@attribute a\n@data\n", "(2): an attribute needs a name and a type")]
    [TestCase("@relation r\n@attribute a {x,y}\n@attribute b {x,y}\n@data\n", "(3): a second list of classes")]
    [TestCase("@relation r\n@attribute a {x,y\n@data\n", "(2): the list of classes does not end")]
    [TestCase("@relation r\n@attribute a {x,y}\n@data\n", "(3): the header declares no attribute that holds values")]
    [TestCase("@relation r\nhello\n@data\n", "(2): 'hello' is no header line")]
    [TestCase("@relation r\n@attribute a real\n", "ends without a line @data")]
    [TestCase(Relational + "1,2,3,Standing\n", "(9): the relational attribute's values are not in quotes")]
    [TestCase(Relational + "\"1,2,3\\n4,5\",Standing\n", "(9): channel 1 has 2 values, but the header declares 3")]
    [TestCase(Relational + "\"1,2,3\\n4,5,6\",Standing\n\"1,2,3\",Standing\n", "(10): the series has 1 channels, but the series before have 2")]
    [TestCase(Relational + "\"\",Standing\n", "(9): the series holds no value")]
    public void Refuses_what_is_wrong(string text, string message) => Text.Refusal(text).ShouldContain(message);
}
