using FastNets.Data;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Data;

public class SeriesSetTests
{
    private static SeriesSet Three() => Text.Read("@data\n1,2:3,4:b\n5,6,7:8,9,10:a\n\n11:12:b\n");

    [Test]
    public void Gives_some_of_the_series_with_their_labels_and_lines()
    {
        SeriesSet set = Three().Subset([2, 1, 2]);
        set.Count.ShouldBe(3);
        Text.Names(set).ShouldBe(["b", "a", "b"]);
        set.Classes.ShouldBe(["a", "b"]);
        set.LengthOf(0).ShouldBe(1);
        set.Channel(1, 1).ToArray().ShouldBe([8f, 9f, 10f]);
        set.Channel(2, 1).ToArray().ShouldBe([12f]);
        set.LineOf(0).ShouldBe(5);
        set.LineOf(1).ShouldBe(3);
        Three().Subset([]).Count.ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => Three().Subset([3])).Message.ShouldContain("There is no series 3: the set has 3");
        Should.Throw<ArgumentOutOfRangeException>(() => Three().Subset([-1]));
    }

    [Test]
    public void Aligns_labels_to_the_classes_of_training()
    {
        SeriesSet set = Three().WithClasses(["z", "b", "a"]);
        set.Labels.ToArray().ShouldBe([1, 2, 1]);
        set.Classes.ShouldBe(["z", "b", "a"]);
        set.LineOf(2).ShouldBe(5);
        Refusal(() => Three().WithClasses(["b", "c"]))
            .ShouldBe("data(3): series 1 has the label 'a', which did not occur in training; the classes are b, c.");
        Three().Subset([0]).WithClasses(["b"]).Labels.ToArray().ShouldBe([0]);
    }

    [Test]
    public void Takes_labels_by_name()
    {
        SeriesSet set = Three().WithLabels(["2", "1.0", "10"]);
        set.Classes.ShouldBe(["1", "2", "10"]);
        set.Labels.ToArray().ShouldBe([1, 0, 2]);
        Should.Throw<ArgumentException>(() => Three().WithLabels(["1"]));
    }

    [Test]
    public void Names_the_place_of_a_missing_or_infinite_value()
    {
        Refusal(() => Text.Read("1,2,3\n2,?,3\n").RequireFinite()).ShouldStartWith("data(2): series 1, position 0: the value is missing (NaN)");
        Refusal(() => Text.Read("1,2,3\n2,3,-inf\n").RequireFinite()).ShouldStartWith("data(2): series 1, position 1: the value is -infinite");
        Refusal(() => Text.Read("@data\n1,2:3,1e99:b\n").RequireFinite()).ShouldStartWith("data(2): series 0, channel 1, position 1: the value is infinite");
        Three().RequireFinite().Count.ShouldBe(3);
    }

    [Test]
    public void Says_why_a_classifier_cannot_be_trained()
    {
        Refusal(() => Text.Read("1,2,3\n1,2,3\n").RequireTrainable()).ShouldBe("data: all 2 series are of the class '1'; a classifier needs two or more classes.");
        Refusal(() => Text.Read("1,2\n1,2\n", new CsvOptions { Label = LabelColumn.None }).RequireTrainable()).ShouldContain("no labels");
        Refusal(() => Text.Read("1,2,3\n2,?,3\n").RequireTrainable()).ShouldContain("missing");
        Refusal(() => Three().WithLabels(["q", "q", "q"]).RequireTrainable()).ShouldContain("class 'q'");
        Three().RequireTrainable();
    }

    [Test]
    public void Says_which_series_has_the_wrong_length()
    {
        Refusal(() => Three().RequireMinLength(3)).ShouldBe("data(2): series 0 has 2 time steps, but at least 3 are needed; pad it or leave it out.");
        Refusal(() => Three().RequireEqualLength()).ShouldStartWith("data(3): series 1 has 3 time steps, but series 0 has 2");
        Three().RequireMinLength(1);
        Three().Subset([1, 1]).RequireEqualLength();
    }

    [Test]
    public void Interpolates_between_neighbours_and_holds_the_ends()
    {
        SeriesSet set = Text.Read("@data\n?,2,?,?,8,?:1,1,1,1,1,1:b\n").InterpolateMissing();
        set.Channel(0, 0).ToArray().ShouldBe([2f, 2f, 4f, 6f, 8f, 8f]);
        set.Channel(0, 1).ToArray().ShouldBe([1f, 1f, 1f, 1f, 1f, 1f]);
        SeriesSet whole = Three();
        whole.InterpolateMissing().ShouldBeSameAs(whole);
        Refusal(() => Text.Read("@data\n1,2:?,?:b\n").InterpolateMissing()).ShouldBe("data(2): series 0, channel 1 has no value at all; leave it out.");
    }

    private static string Refusal(Action action) => Should.Throw<DataFormatException>(action).Message;
}
