using System.Globalization;
using System.Text.RegularExpressions;
using FirstNetwork;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Samples.Tests;

public partial class FirstNetworkTests
{
    private static readonly Sample Sample = new(typeof(Moons));

    [Test]
    public void It_learns_the_two_moons()
    {
        string[] lines = Sample.Run();
        lines.Length.ShouldBe(5);
        Match result = ResultLine().Match(lines[^1]);
        result.Success.ShouldBeTrue(lines[^1]);
        double.Parse(result.Groups[1].Value, CultureInfo.InvariantCulture).ShouldBeGreaterThan(98);
    }

    [Test]
    public void It_prints_the_same_each_time() => Sample.Run().ShouldBe(Sample.Run());

    [Test]
    public void The_generated_files_that_it_shows_are_those_that_are_written_now() => Sample.ShouldShowWhatIsWritten();

    [GeneratedRegex(@"^Accuracy on 500 unseen points: (\d+\.\d) %$")]
    private static partial Regex ResultLine();
}
