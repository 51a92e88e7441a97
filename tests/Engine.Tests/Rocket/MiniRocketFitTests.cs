using FastNets.Data;
using FastNets.Kernels;
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
    public void Kernels_of_several_channels_add_up_some_of_them_each_once()
    {
        MiniRocketParameters parameters = MiniRocket.Fit(RocketCases.Channels(3, 12, 60)).Parameters;
        parameters.Channels.ShouldBe(12);
        parameters.ChannelsPerCombination.Length.ShouldBe(84 * parameters.Dilations.Length);
        // Nine at most, as many as a kernel has taps.
        parameters.ChannelsPerCombination.ToArray().Distinct().Order().ShouldBe([1, 2, 3, 4, 5, 6, 7, 8, 9]);
        for (int d = 0; d < parameters.Dilations.Length; d++)
        {
            for (int kernel = 0; kernel < 84; kernel++) parameters.ChannelsOf(d, kernel).ToArray().ShouldBeUnique();
        }

        parameters.ChannelIndices.ToArray().Distinct().Order().ShouldBe(Enumerable.Range(0, 12));
    }

    [Test]
    public void One_channel_given_as_several_are_gives_the_parameters_of_univariate_series()
    {
        MiniRocketParameters fitted = MiniRocket.Fit(RocketCases.RandomWalks(4, 60), new MiniRocketOptions { Features = 840 }).Parameters;
        int combinations = 84 * fitted.Dilations.Length;
        var parameters = new MiniRocketParameters(
            60, alwaysPads: false, channels: 1, fitted.Dilations, fitted.FeaturesPerDilation, fitted.Biases, [.. Enumerable.Repeat(1, combinations)], new int[combinations]);
        parameters.ChannelsPerCombination.Length.ShouldBe(0);
        ReadOnlySpan<float> series = RocketCases.RandomWalks(1, 60, seed: 9).Series(0);
        RocketCases.Features(parameters, CpuIsa.Active, series).ShouldBe(RocketCases.Features(fitted, CpuIsa.Active, series));
    }

    [Test]
    public void Of_unequal_lengths_all_kernels_are_padded_and_the_longest_series_chooses_the_dilations()
    {
        MiniRocketParameters parameters = MiniRocket.Fit(RocketCases.Unequal([30, 7, 1, 80])).Parameters;
        parameters.AlwaysPads.ShouldBeTrue();
        parameters.InputLength.ShouldBe(80);
        parameters.Dilations.ToArray().ShouldBe(MiniRocketDilations.Choose(80, 119, 32).Dilations);
        MiniRocketParameters shorter = MiniRocket.Fit(RocketCases.Unequal([30, 7, 1, 80]), new MiniRocketOptions { ReferenceLength = 30 }).Parameters;
        shorter.InputLength.ShouldBe(30);
        shorter.Dilations.ToArray().ShouldBe(MiniRocketDilations.Choose(30, 119, 32).Dilations);
    }

    [Test]
    public void Unequal_lengths_are_refused_where_half_of_the_kernels_is_not_to_be_padded()
        => Should.Throw<DataFormatException>(() => MiniRocket.Fit(RocketCases.Unequal([10, 12]), new MiniRocketOptions { AlwaysPads = false }))
            .Message.ShouldContain("series 1 has 12 time steps, but series 0 has 10");

    [Test]
    public void Unequal_series_that_are_all_shorter_than_a_kernel_are_refused_with_the_remedy()
    {
        Should.Throw<DataFormatException>(() => MiniRocket.Fit(RocketCases.Unequal([8, 5]))).Message.ShouldContain("set ReferenceLength");
        MiniRocket.Fit(RocketCases.Unequal([8, 5]), new MiniRocketOptions { ReferenceLength = 9 }).Parameters.Dilations.ToArray().ShouldBe([1]);
    }

    [Test]
    public void A_reference_length_goes_with_padding_only_and_is_at_least_a_kernels()
    {
        SeriesSet train = RocketCases.RandomWalks(2, 20);
        Should.Throw<ArgumentException>(() => MiniRocket.Fit(train, new MiniRocketOptions { ReferenceLength = 20 })).Message.ShouldContain("AlwaysPads");
        Should.Throw<ArgumentException>(() => MiniRocket.Fit(train, new MiniRocketOptions { AlwaysPads = true, ReferenceLength = 8 })).Message.ShouldContain("9 or more");
    }

    [Test]
    public void The_deterministic_variant_does_not_depend_on_the_seed_and_is_not_that_of_one_series()
    {
        SeriesSet train = RocketCases.RandomWalks(6, 40);
        float[] zero = MiniRocket.Fit(train, new MiniRocketOptions { Deterministic = true }).Parameters.Biases.ToArray();
        MiniRocket.Fit(train, new MiniRocketOptions { Deterministic = true, Seed = 5 }).Parameters.Biases.ToArray().ShouldBe(zero);
        MiniRocket.Fit(train).Parameters.Biases.ToArray().ShouldNotBe(zero);
    }

    [Test]
    public void Biases_of_the_deterministic_variant_are_quantiles_over_all_series()
    {
        SeriesSet train = RocketCases.Unequal([40, 25, 9]);
        MiniRocketParameters parameters = MiniRocket.Fit(train, new MiniRocketOptions { Features = 84, Deterministic = true }).Parameters;
        for (int kernel = 0; kernel < 84; kernel++)
        {
            float[] all = [.. Enumerable.Range(0, 3).SelectMany(i => RocketCases.Outputs(train.Series(i), 1, [0], 1, kernel)).Order()];
            parameters.Biases[kernel].ShouldBe(MiniRocketQuantiles.Take(all, MiniRocketQuantiles.Of(kernel)), $"kernel {kernel}");
        }
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
