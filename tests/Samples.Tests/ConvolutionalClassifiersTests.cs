using System.Globalization;
using System.Text.RegularExpressions;
using ConvolutionalClassifiers;
using FastNets.Tests.Shared;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Samples.Tests;

public partial class ConvolutionalClassifiersTests
{
    private static readonly Sample Sample = new(typeof(Fcn));

    [Test]
    [Category("Slow")]
    public void Each_network_learns_the_synthetic_set()
    {
        string[] lines = Sample.Run();
        lines.Length.ShouldBe(4);
        foreach (string line in lines[1..])
        {
            Match result = ResultLine().Match(line);
            result.Success.ShouldBeTrue(line);
            Number(2).ShouldBeLessThan(Number(1) / 2, line);
            Number(3).ShouldBeGreaterThan(95, line);

            double Number(int group) => double.Parse(result.Groups[group].Value, CultureInfo.InvariantCulture);
        }
    }

    [Test]
    [Category("Slow")]
    public void It_takes_a_set_of_files()
    {
        string[] lines = Sample.Run(SharedData.Path("data", "GunPoint", "GunPoint_TRAIN.ts"), SharedData.Path("data", "GunPoint", "GunPoint_TEST.ts"));
        lines.Length.ShouldBe(4);
        lines[0].ShouldEndWith(": 50 series to train on, 150 to test, 150 steps, 2 classes");
    }

    [GeneratedRegex(@"loss (\d+\.\d{3}) to (\d+\.\d{3}), accuracy (\d+\.\d) %")]
    private static partial Regex ResultLine();
}
