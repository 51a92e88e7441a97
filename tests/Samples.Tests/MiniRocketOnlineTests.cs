using System.Globalization;
using System.Text.RegularExpressions;
using FastNets.Tests.Shared;
using MiniRocketOnline;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Samples.Tests;

public partial class MiniRocketOnlineTests
{
    private static readonly Sample Sample = new(typeof(RocketNetwork));

    [Test]
    public void One_step_fails_as_in_the_document_and_more_steps_do_not()
    {
        string[] lines = Sample.Run(SharedData.Path("data", "ECGFiveDays", "ECGFiveDays_TRAIN.txt"), SharedData.Path("data", "ECGFiveDays", "ECGFiveDays_TEST.txt"));
        lines.Length.ShouldBe(5);

        // With weights of zero: ln 2, whatever the features.
        foreach (int line in new[] { 0, 1, 2, 4 }) lines[line].ShouldContain("first loss 0.693147,");

        // 0.7526 and 0.5029 there.
        Accuracy(lines[0]).ShouldBeInRange(0.65, 0.85);
        Accuracy(lines[2]).ShouldBeInRange(0.45, 0.55);

        Accuracy(lines[1]).ShouldBeGreaterThan(0.98);
        Accuracy(lines[3]).ShouldBeGreaterThan(0.65);
        Accuracy(lines[4]).ShouldBeGreaterThan(0.98);
    }

    [Test]
    public void It_says_what_it_needs() => Sample.Run().ShouldHaveSingleItem().ShouldStartWith("Give the training and the test file");

    private static double Accuracy(string line) => double.Parse(AccuracyIn().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"accuracy (\d\.\d{4})")]
    private static partial Regex AccuracyIn();
}
