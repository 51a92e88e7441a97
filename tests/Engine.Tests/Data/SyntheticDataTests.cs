using FastNets.Data;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Data;

public class SyntheticDataTests
{
    [Test]
    public void Makes_cylinders_bells_and_funnels_of_their_shape()
    {
        SeriesSet set = SyntheticData.CylinderBellFunnel(perClass: 2000, length: 128, seed: 1);
        set.Count.ShouldBe(6000);
        set.Classes.ShouldBe(["bell", "cylinder", "funnel"]);
        set.RequireTrainable();

        // What is certain of every series: noise of mean 0 before a >= 16, and the shape between a <= 32 and b >= 48.
        for (int shape = 0; shape < 3; shape++)
        {
            double[] mean = MeanOf(set, shape);
            mean[..15].Average().ShouldBe(0, 0.05);
            double early = mean[32..36].Average();
            double late = mean[44..48].Average();
            switch (set.Classes[shape])
            {
                case "cylinder":
                    mean[32..48].Average().ShouldBe(6, 0.15);
                    break;
                case "bell":
                    late.ShouldBeGreaterThan(early + 0.5);
                    early.ShouldBeInRange(0.5, 2.5);
                    break;
                default:
                    late.ShouldBeLessThan(early - 0.5);
                    early.ShouldBeInRange(3.5, 5.5);
                    break;
            }
        }
    }

    [Test]
    public void Makes_control_charts_of_their_pattern()
    {
        SeriesSet set = SyntheticData.ControlCharts(perClass: 500, seed: 1);
        set.MaxLength.ShouldBe(60);
        set.Classes.Count.ShouldBe(6);
        Dictionary<string, double[]> mean = set.Classes.Select((name, i) => (name, i)).ToDictionary(c => c.name, c => MeanOf(set, c.i));
        mean["normal"].Average().ShouldBe(30, 0.1);
        (mean["increasing-trend"][59] - mean["increasing-trend"][0]).ShouldBe(59 * 0.35, 1.5);
        (mean["decreasing-trend"][59] - mean["decreasing-trend"][0]).ShouldBe(-59 * 0.35, 1.5);
        mean["upward-shift"][..19].Average().ShouldBe(30, 0.5);
        mean["upward-shift"][40..].Average().ShouldBe(30 + 13.75, 0.7);
        mean["downward-shift"][40..].Average().ShouldBe(30 - 13.75, 0.7);

        // A sine of amplitude 12.5 over noise of variance 12: mean square 12.5^2 / 2 (and the variance of the amplitude) above it.
        int cyclic = set.Classes.ToList().IndexOf("cyclic");
        double variance = Members(set, cyclic).SelectMany(i => set.Series(i).ToArray()).Average(v => (v - 30.0) * (v - 30));
        variance.ShouldBe(12 + (158.3 / 2), 5);
        double normal = Members(set, set.Classes.ToList().IndexOf("normal")).SelectMany(i => set.Series(i).ToArray()).Average(v => (v - 30.0) * (v - 30));
        normal.ShouldBe(12, 0.3);
    }

    [Test]
    public void Depends_on_the_seed_alone_whatever_the_number_of_series()
    {
        SeriesSet few = SyntheticData.CylinderBellFunnel(2, 64, seed: 9);
        SeriesSet many = SyntheticData.CylinderBellFunnel(5, 64, seed: 9);
        for (int i = 0; i < few.Count; i++) few.Series(i).ToArray().ShouldBe(many.Series(i).ToArray());
        SyntheticData.CylinderBellFunnel(2, 64, seed: 10).Series(0).ToArray().ShouldNotBe(few.Series(0).ToArray());
        SyntheticData.ControlCharts(1, 3).Values.ToArray().ShouldBe(SyntheticData.ControlCharts(1, 3).Values.ToArray());
    }

    [Test]
    public void Refuses_sizes_that_make_no_sense()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => SyntheticData.CylinderBellFunnel(0, 128, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => SyntheticData.CylinderBellFunnel(1, 15, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => SyntheticData.ControlCharts(0, 1));
        SyntheticData.CylinderBellFunnel(1, SyntheticData.MinCylinderBellFunnelLength, 1).Count.ShouldBe(3);
    }

    private static IEnumerable<int> Members(SeriesSet set, int label) => Enumerable.Range(0, set.Count).Where(i => set.Labels[i] == label);

    private static double[] MeanOf(SeriesSet set, int label)
    {
        double[] mean = new double[set.MaxLength];
        int count = 0;
        foreach (int i in Members(set, label))
        {
            for (int t = 0; t < mean.Length; t++) mean[t] += set.Series(i)[t];
            count++;
        }

        return Array.ConvertAll(mean, m => m / count);
    }
}
