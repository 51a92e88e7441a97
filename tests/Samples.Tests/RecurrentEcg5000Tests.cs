using System.Globalization;
using System.Text.RegularExpressions;
using FastNets.Tests.Shared;
using NUnit.Framework;
using RecurrentEcg5000;
using Shouldly;

namespace FastNets.Samples.Tests;

public partial class RecurrentEcg5000Tests
{
    private static readonly Sample Sample = new(typeof(RnnClassifier));

    [Test]
    [Category("Slow")]
    public void Each_kind_of_layer_learns_the_official_split()
    {
        string[] lines = Sample.Run(SharedData.Path("data", "ECG5000", "ECG5000_TRAIN.txt"), SharedData.Path("data", "ECG5000", "ECG5000_TEST.txt"));
        lines.Length.ShouldBe(4);
        lines[0].ShouldBe("500 series to train on, 4500 to test");
        Accuracy("RnnClassifier", lines[1]).ShouldBeGreaterThanOrEqualTo(0.90);
        Accuracy("LstmClassifier", lines[2]).ShouldBeGreaterThanOrEqualTo(0.93);
        Accuracy("GruClassifier", lines[3]).ShouldBeGreaterThanOrEqualTo(0.93);
    }

    [Test]
    public void It_says_what_it_needs() => Sample.Run().ShouldHaveSingleItem().ShouldStartWith("Give the training and the test file");

    private static double Accuracy(string network, string line)
    {
        line.ShouldStartWith(network);
        return double.Parse(AccuracyIn().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"accuracy (\d\.\d{4})")]
    private static partial Regex AccuracyIn();
}
