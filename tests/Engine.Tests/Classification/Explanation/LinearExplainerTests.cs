using FastNets.Classification.Explanation;
using FastNets.Data;
using FastNets.Engine.Tests.Rocket;
using FastNets.Rocket;
using FastNets.Threading;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Classification.Explanation;

public sealed class LinearExplainerTests
{
    // Sums of a few thousand terms of size one in double precision, in another order.
    private const double Rounding = 1e-11;

    // Each of a thousand features is rounded to single precision, 6e-8 of a value up to 1, and times a weight of size one.
    private const double FeatureRounding = 1e-5;

    private static IEnumerable<TestCaseData> Cases => ExplanationReference.Cases().Select(c => new TestCaseData(c.Parameters, c.Series).SetArgDisplayNames(c.Name));

    [TestCaseSource(nameof(Cases))]
    public void Contributions_are_those_of_the_definition(MiniRocketParameters parameters, float[] series)
    {
        LinearDecision decision = ExplanationReference.RandomDecision(parameters.FeatureCount);
        PredictionExplanation explanation = LinearExplainer.Explain(parameters, decision, series, 0);
        ExplanationReference expected = ExplanationReference.Of(parameters, decision, series);
        ShouldBeNear(explanation.Contributions, expected.Contributions);
        ShouldBeNear(explanation.ByKernel, expected.ByKernel);
        ShouldBeNear(explanation.ByDilation, expected.ByDilation);
        ShouldBeNear(explanation.ByChannel, expected.ByChannel);
        ShouldBeNear(explanation.ByDilationAndTime, expected.ByDilationAndTime);
        explanation.Dilations.SequenceEqual(parameters.Dilations).ShouldBeTrue();
        explanation.Channels.ShouldBe(parameters.Channels);
        explanation.Length.ShouldBe(series.Length / parameters.Channels);
        explanation.OfChannel(parameters.Channels - 1).ToArray().ShouldBe(explanation.Contributions[^explanation.Length..].ToArray());
    }

    [TestCaseSource(nameof(Cases))]
    public void The_decision_is_the_baseline_and_all_contributions(MiniRocketParameters parameters, float[] series)
    {
        LinearDecision decision = ExplanationReference.RandomDecision(parameters.FeatureCount);
        PredictionExplanation explanation = LinearExplainer.Explain(parameters, decision, series, 0);
        explanation.Decision.ShouldBe(ExplanationReference.Value(parameters, decision, series), FeatureRounding);
        double contribution = explanation.Decision - explanation.Baseline;
        Sum(explanation.Contributions).ShouldBe(contribution, Rounding);
        Sum(explanation.ByKernel).ShouldBe(contribution, Rounding);
        Sum(explanation.ByDilation).ShouldBe(contribution, Rounding);
        Sum(explanation.ByChannel).ShouldBe(contribution, Rounding);
        Sum(explanation.ByDilationAndTime).ShouldBe(contribution, Rounding);
    }

    [Test]
    public void The_same_bits_with_any_number_of_threads()
    {
        SeriesSet set = RocketCases.Channels(3, 3, 300);
        MiniRocketParameters parameters = MiniRocket.Fit(set).Parameters;
        parameters.Dilations.Length.ShouldBeGreaterThan(8, "more than go at a time");
        LinearDecision decision = ExplanationReference.RandomDecision(parameters.FeatureCount);
        int before = WorkerPool.Threads;
        try
        {
            WorkerPool.Threads = 1;
            PredictionExplanation one = LinearExplainer.Explain(parameters, decision, set.Series(1), 0);
            WorkerPool.Threads = 4;
            PredictionExplanation four = LinearExplainer.Explain(parameters, decision, set.Series(1), 0);
            four.Decision.ShouldBe(one.Decision);
            four.Baseline.ShouldBe(one.Baseline);
            four.Contributions.SequenceEqual(one.Contributions).ShouldBeTrue();
            four.ByKernel.SequenceEqual(one.ByKernel).ShouldBeTrue();
            four.ByDilation.SequenceEqual(one.ByDilation).ShouldBeTrue();
            four.ByDilationAndTime.SequenceEqual(one.ByDilationAndTime).ShouldBeTrue();
        }
        finally
        {
            WorkerPool.Threads = before;
        }
    }

    [Test]
    public void Features_at_their_references_contribute_nothing()
    {
        SeriesSet set = RocketCases.RandomWalks(2, 60);
        MiniRocket rocket = MiniRocket.Fit(set, new MiniRocketOptions { Features = 840 });
        float[] features = new float[rocket.FeatureCount];
        rocket.Transform(set.Series(0), features);
        double[] weights = ExplanationReference.RandomDecision(features.Length).Weights;
        PredictionExplanation explanation = LinearExplainer.Explain(rocket.Parameters, new LinearDecision(weights, [.. features.Select(f => (double)f)], 0), set.Series(0), 0);
        explanation.Decision.ShouldBe(explanation.Baseline, FeatureRounding);
        foreach (double kernel in explanation.ByKernel) kernel.ShouldBe(0, FeatureRounding);
    }

    [Test]
    public void Expected_features_are_those_of_the_series_that_the_biases_come_from()
    {
        // With one series there is no draw: the padded kernels' features are the quantiles themselves, but for the interpolation between two of 200 outputs.
        SeriesSet set = RocketCases.RandomWalks(1, 200);
        MiniRocket rocket = MiniRocket.Fit(set, new MiniRocketOptions { Features = 840, AlwaysPads = true });
        float[] features = new float[rocket.FeatureCount];
        rocket.Transform(set.Series(0), features);
        ShouldBeNear([.. features.Select(f => (double)f)], LinearDecision.ExpectedFeatures(features.Length), 0.01);
    }

    [Test]
    public void The_strongest_stretch_has_the_sum_farthest_from_0()
    {
        var explanation = new PredictionExplanation(0, 0, 0, [1, 0, -2, 0, 0, 0, 0, -3, 2, 2], [-1, 1], [0], new double[5], new double[84], [1]);
        explanation.StrongestStretch(1).ShouldBe(new TimeStretch(2, 1, -5));
        explanation.StrongestStretch(2).ShouldBe(new TimeStretch(1, 2, -5));
        explanation.StrongestStretch(5).ShouldBe(new TimeStretch(0, 5, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => explanation.StrongestStretch(6));
        Should.Throw<ArgumentOutOfRangeException>(() => explanation.StrongestStretch(0));
        Should.Throw<ArgumentOutOfRangeException>(() => explanation.OfChannel(2));
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value;
        return sum;
    }

    private static void ShouldBeNear(ReadOnlySpan<double> actual, double[] expected, double tolerance = Rounding)
    {
        actual.Length.ShouldBe(expected.Length);
        for (int i = 0; i < expected.Length; i++) actual[i].ShouldBe(expected[i], tolerance, $"element {i}");
    }
}
