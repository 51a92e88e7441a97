using FastNets.Data;
using FastNets.Rocket;
using FastNets.Threading;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Rocket;

public sealed class MiniRocketFitTests
{
    [TestCase(10000, 9996)]
    [TestCase(9996, 9996)]
    [TestCase(168, 168)]
    [TestCase(167, 84)]
    [TestCase(1, 84)]
    public void The_number_of_features_is_a_multiple_of_84(int asked, int got)
        => MiniRocket.Fit(RocketCases.RandomWalks(3, 40), new MiniRocketOptions { Features = asked }).FeatureCount.ShouldBe(got);

    [Test]
    public void The_same_seed_gives_the_same_parameters_with_any_number_of_threads()
    {
        SeriesSet train = RocketCases.RandomWalks(20, 100);
        int before = WorkerPool.Threads;
        try
        {
            WorkerPool.Threads = 1;
            float[] one = MiniRocket.Fit(train).Parameters.Biases.ToArray();
            WorkerPool.Threads = 4;
            float[] four = MiniRocket.Fit(train).Parameters.Biases.ToArray();
            four.ShouldBe(one);
        }
        finally
        {
            WorkerPool.Threads = before;
        }
    }

    [Test]
    public void Another_seed_draws_other_series()
    {
        SeriesSet train = RocketCases.RandomWalks(20, 100);
        float[] zero = MiniRocket.Fit(train).Parameters.Biases.ToArray();
        float[] one = MiniRocket.Fit(train, new MiniRocketOptions { Seed = 1 }).Parameters.Biases.ToArray();
        one.Zip(zero).Count(pair => pair.First == pair.Second).ShouldBeLessThan(one.Length / 4);
    }

    [Test]
    public void Biases_of_a_single_training_series_split_it_at_their_quantiles()
    {
        SeriesSet train = RocketCases.RandomWalks(1, 200);
        MiniRocket rocket = MiniRocket.Fit(train);
        float[] features = new float[rocket.FeatureCount];
        rocket.Transform(train.Series(0), features);
        int feature = 0;
        for (int d = 0; d < rocket.Parameters.Dilations.Length; d++)
        {
            for (int kernel = 0; kernel < MiniRocketParameters.KernelCount; kernel++)
            {
                for (int j = 0; j < rocket.Parameters.FeaturesPerDilation[d]; j++, feature++)
                {
                    if (!MiniRocketKernels.IsPadded(d, kernel)) continue;
                    (1.0 - features[feature]).ShouldBe(MiniRocketQuantiles.Of(feature), 0.011, $"feature {feature}");
                }
            }
        }
    }

    [TestCase(8)]
    [TestCase(1)]
    public void Series_under_nine_are_refused_with_the_remedy(int length)
    {
        var error = Should.Throw<DataFormatException>(() => MiniRocket.Fit(RocketCases.RandomWalks(2, length)));
        error.Message.ShouldContain($"{length} time steps");
        error.Message.ShouldContain("at least 9");
        error.Message.ShouldContain("pad it");
    }

    [Test]
    public void Series_of_nine_are_enough()
        => MiniRocket.Fit(RocketCases.RandomWalks(2, 9)).Parameters.Dilations.ToArray().ShouldBe([1]);

    [Test]
    public void Multivariate_series_are_refused()
    {
        var set = new SeriesSet("two channels", 2, [10], new float[20], [], []);
        Should.Throw<DataFormatException>(() => MiniRocket.Fit(set)).Message.ShouldContain("2 channels");
    }

    [Test]
    public void Unequal_lengths_are_refused()
    {
        var set = new SeriesSet("unequal", 1, [10, 12], new float[22], [], []);
        Should.Throw<DataFormatException>(() => MiniRocket.Fit(set)).Message.ShouldContain("unequal: series 1 has 12 time steps, but series 0 has 10");
    }

    [Test]
    public void An_empty_set_is_refused()
        => Should.Throw<DataFormatException>(() => MiniRocket.Fit(new SeriesSet("empty", 1, [], [], [], []))).Message.ShouldContain("empty: there is no series");

    [TestCase(float.NaN, "missing")]
    [TestCase(float.PositiveInfinity, "infinite")]
    public void A_value_that_is_no_number_is_named(float value, string what)
    {
        float[] values = new float[3 * 20];
        values[47] = value;
        var error = Should.Throw<DataFormatException>(() => MiniRocket.Fit(RocketCases.Univariate(values, 20, "gap.ts")));
        error.Message.ShouldContain("gap.ts: series 2, position 7");
        error.Message.ShouldContain(what);
    }

    [Test]
    public void Values_whose_sums_overflow_are_refused()
    {
        float[] values = [.. Enumerable.Repeat(2e38f, 20)];
        Should.Throw<DataFormatException>(() => MiniRocket.Fit(RocketCases.Univariate(values, 20))).Message.ShouldContain("scale the data down");
    }

    [TestCase(0, 32)]
    [TestCase(-1, 32)]
    [TestCase(84, 0)]
    public void Options_out_of_range_are_refused(int features, int maxDilations)
        => Should.Throw<ArgumentException>(() => MiniRocket.Fit(RocketCases.RandomWalks(2, 20), new MiniRocketOptions { Features = features, MaxDilationsPerKernel = maxDilations }));
}
