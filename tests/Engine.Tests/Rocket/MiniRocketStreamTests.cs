using FastNets.Data;
using FastNets.Kernels;
using FastNets.Random;
using FastNets.Rocket;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Rocket;

public sealed class MiniRocketStreamTests
{
    private static IEnumerable<Isa> AllForms => RocketCases.AllForms;

    [TestCaseSource(nameof(AllForms))]
    public void Features_are_those_of_the_window_after_every_sample(Isa isa)
    {
        // Long enough for steps to be counted one by one, and past the memory that a window moves in.
        MiniRocketParameters parameters = MiniRocket.Fit(RocketCases.RandomWalks(3, 150), new MiniRocketOptions { Features = 1600 }).Parameters;
        AssertFollows(new MiniRocket(parameters, isa), RocketCases.RandomWalks(1, 1500, seed: 5), windowLength: 0, step: _ => 1);
    }

    [TestCaseSource(nameof(AllForms))]
    public void Features_follow_series_with_several_channels(Isa isa)
    {
        MiniRocketParameters parameters = MiniRocket.Fit(RocketCases.Channels(3, 4, 120), new MiniRocketOptions { Features = 900 }).Parameters;
        AssertFollows(new MiniRocket(parameters, isa), RocketCases.Channels(1, 4, 400, seed: 5), windowLength: 0, step: _ => 1);
    }

    [TestCaseSource(nameof(AllForms))]
    public void Where_all_kernels_are_padded_the_window_may_have_another_length(Isa isa)
    {
        MiniRocketParameters parameters = MiniRocket.Fit(RocketCases.Unequal([100, 57]), new MiniRocketOptions { Features = 84 * 9 }).Parameters;
        int longest = (8 * parameters.Dilations[^1]) + 1;
        foreach (int window in new[] { longest, 100, 163 }) AssertFollows(new MiniRocket(parameters, isa), RocketCases.RandomWalks(1, 400, seed: 5), window, step: _ => 1);
    }

    [TestCaseSource(nameof(AllForms))]
    public void Features_follow_whatever_the_number_of_samples_between_two_looks(Isa isa)
    {
        MiniRocketParameters parameters = MiniRocket.Fit(RocketCases.RandomWalks(3, 200), new MiniRocketOptions { Features = 840 }).Parameters;
        AssertFollows(new MiniRocket(parameters, isa), RocketCases.RandomWalks(1, 4000, seed: 5), windowLength: 0, step: i => (i % 7) switch { 0 => 1, 1 => 3, 2 => 200, 3 => 2, 4 => 450, 5 => 1, _ => 17 });
    }

    [TestCaseSource(nameof(AllForms))]
    public void Outputs_equal_to_a_bias_are_counted_as_in_the_transform(Isa isa)
    {
        MiniRocketParameters parameters = MiniRocket.Fit(RocketCases.SmallIntegers(3, 150), new MiniRocketOptions { Features = 1600 }).Parameters;
        AssertFollows(new MiniRocket(parameters, isa), RocketCases.SmallIntegers(1, 700, seed: 5), windowLength: 0, step: _ => 1);
    }

    [TestCaseSource(nameof(AllForms))]
    public void Any_number_of_biases_is_followed(Isa isa)
    {
        SeriesSet stream = RocketCases.RandomWalks(1, 120, seed: 5);
        for (int perKernel = 1; perKernel <= 20; perKernel++)
        {
            MiniRocketParameters parameters = MiniRocket.Fit(RocketCases.RandomWalks(2, 100), new MiniRocketOptions { Features = 84 * perKernel, MaxDilationsPerKernel = 1 }).Parameters;
            AssertFollows(new MiniRocket(parameters, isa), stream, windowLength: 0, step: _ => 1);
        }
    }

    [TestCaseSource(nameof(AllForms))]
    public void Dilations_may_have_any_numbers_of_biases_side_by_side(Isa isa)
    {
        // Pairs of kernels are written eight numbers at a time: less than eight, exactly so many, and more, first and last.
        SeriesSet stream = RocketCases.RandomWalks(1, 160, seed: 5);
        int[][] numbers = [[1], [2, 1], [1, 2, 3, 4], [4, 3, 2, 1], [5, 1, 9, 2], [17, 3], [8, 5, 6, 7], [3, 33, 1, 2]];
        foreach (int[] features in numbers)
        {
            int[] dilations = [.. Enumerable.Range(1, features.Length).Select(i => (3 * i) - 2)];
            foreach (bool alwaysPads in new[] { false, true })
                AssertFollows(new MiniRocket(Parameters(100, alwaysPads, dilations, features), isa), stream, windowLength: 0, step: _ => 1);
        }
    }

    [TestCaseSource(nameof(AllForms))]
    public void Windows_may_be_as_short_as_the_longest_kernel(Isa isa)
    {
        foreach (int dilation in new[] { 1, 2, 3, 4, 11 })
            AssertFollows(new MiniRocket(Parameters((8 * dilation) + 1, false, [1, dilation], [2, 5]), isa), RocketCases.RandomWalks(1, 300, seed: 5), windowLength: 0, step: _ => 1, slides: dilation > 2);
    }

    [TestCaseSource(nameof(AllForms))]
    public void What_is_remembered_of_the_edges_is_forgotten_by_a_new_transform(Isa isa)
    {
        MiniRocketParameters parameters = Parameters(150, false, [1, 4, 18], [3, 2, 5]);
        AssertFollows(new MiniRocket(parameters, isa), RocketCases.RandomWalks(1, 2000, seed: 5), windowLength: 0, step: i => (i % 61) switch { 30 => 100, 60 => 9, _ => 1 });
    }

    [TestCaseSource(nameof(AllForms))]
    public void Edges_are_not_remembered_with_the_largest_dilations(Isa isa)
    {
        int[] dilations = [EdgeHistory.LargestDilation - 1, EdgeHistory.LargestDilation, EdgeHistory.LargestDilation + 1];
        int window = (8 * dilations[^1]) + 1;
        AssertFollows(new MiniRocket(Parameters(window, false, dilations, [2, 2, 2]), isa), RocketCases.RandomWalks(1, window + 1300, seed: 5), windowLength: 0, step: _ => 60);
    }

    [TestCaseSource(nameof(AllForms))]
    public void All_kernels_may_be_padded_with_several_channels(Isa isa)
    {
        MiniRocketParameters parameters = MiniRocket.Fit(RocketCases.Unequal([100, 57], channels: 3), new MiniRocketOptions { Features = 84 * 7 }).Parameters;
        AssertFollows(new MiniRocket(parameters, isa), RocketCases.Channels(1, 3, 300, seed: 5), 110, step: _ => 1);
    }

    [TestCaseSource(nameof(AllForms))]
    public void Nothing_is_written_beyond_the_features(Isa isa)
    {
        for (int last = 1; last <= 5; last++)
        {
            var rocket = new MiniRocket(Parameters(40, false, [1, 2], [2, last]), isa);
            using var stream = new MiniRocketStream(rocket);
            float[] features = [.. Enumerable.Repeat(-7f, rocket.FeatureCount + 16)];
            for (int i = 0; i < 60; i++)
            {
                stream.Push(i % 7);
                if (stream.IsFull) stream.Features(features.AsSpan(0, rocket.FeatureCount));
            }

            features.AsSpan(0, rocket.FeatureCount).ToArray().ShouldAllBe(value => value >= 0);
            features.AsSpan(rocket.FeatureCount).ToArray().ShouldAllBe(value => value == -7f);
        }
    }

    [Test]
    public void Cleared_it_begins_anew()
    {
        MiniRocket rocket = MiniRocket.Fit(RocketCases.RandomWalks(3, 100), new MiniRocketOptions { Features = 84 });
        using var stream = new MiniRocketStream(rocket);
        foreach (float value in RocketCases.RandomWalks(1, 130, seed: 3).Series(0)) stream.Push(value);
        stream.Features(new float[84]);
        stream.Clear();
        stream.Count.ShouldBe(0);
        Should.Throw<InvalidOperationException>(() => stream.Features(new float[84])).Message.ShouldContain("0 samples were taken so far");
        ReadOnlySpan<float> series = RocketCases.RandomWalks(1, 100, seed: 4).Series(0);
        foreach (float value in series) stream.Push(value);
        float[] features = new float[84];
        stream.Features(features);
        features.ShouldBe(RocketCases.Features(rocket.Parameters, CpuIsa.Active, series));
    }

    [Test]
    public void Nothing_is_allocated_once_it_runs()
    {
        using var stream = new MiniRocketStream(MiniRocket.Fit(RocketCases.RandomWalks(3, 150)));
        float[] features = new float[stream.FeatureCount];
        for (int i = 0; i < 2000; i++) stream.Push(i % 13);
        for (int i = 0; i < 3; i++) stream.Features(features);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++)
        {
            stream.Push(i % 11);
            stream.Features(features);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Test]
    public void What_cannot_be_is_refused()
    {
        MiniRocket rocket = MiniRocket.Fit(RocketCases.RandomWalks(3, 100), new MiniRocketOptions { Features = 84 });
        Should.Throw<ArgumentException>(() => new MiniRocketStream(rocket, 99)).Message.ShouldContain("99 time steps was asked for, but the transform was fitted for 100");
        MiniRocket padded = MiniRocket.Fit(RocketCases.Unequal([100, 60]));
        Should.Throw<ArgumentException>(() => new MiniRocketStream(padded, 40)).Message.ShouldContain("shorter than the longest kernel, which spans 97");
        using var stream = new MiniRocketStream(rocket);
        Should.Throw<ArgumentException>(() => stream.Push([1f, 2f])).Message.ShouldContain("2 values, but there are 1 channels");
        Should.Throw<DataFormatException>(() => stream.Push(float.NaN)).Message.ShouldContain("Sample 0, channel 0: the value is missing");
        Should.Throw<DataFormatException>(() => stream.Push(float.NegativeInfinity)).Message.ShouldContain("infinite");
        stream.Count.ShouldBe(0);
        for (int i = 0; i < 99; i++) stream.Push(i);
        stream.IsFull.ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => stream.Features(new float[84])).Message.ShouldContain("99 samples");
        stream.Push(99);
        Should.Throw<ArgumentException>(() => stream.Features(new float[83])).Message.ShouldContain("83 features");
    }

    /// <summary>Parameters with biases of the size of a random walk's outputs.</summary>
    private static MiniRocketParameters Parameters(int length, bool alwaysPads, int[] dilations, int[] features)
    {
        var random = new PhiloxStream(7, 0);
        float[] biases = new float[84 * features.Sum()];
        for (int i = 0; i < biases.Length; i++) biases[i] = 4f * (float)random.NextNormal();
        return new MiniRocketParameters(length, alwaysPads, channels: 1, dilations, features, biases, [], []);
    }

    private static void AssertFollows(MiniRocket rocket, SeriesSet samples, int windowLength, Func<int, int> step, bool slides = true)
    {
        using var stream = new MiniRocketStream(rocket, windowLength);
        int channels = stream.Channels, window = stream.WindowLength, steps = samples.MaxLength;
        float[] sample = new float[channels];
        float[] series = new float[channels * window];
        float[] expected = new float[rocket.FeatureCount];
        float[] features = new float[rocket.FeatureCount];
        int taken = 0, looks = 0;
        for (int t = 0; t < steps; t++)
        {
            for (int channel = 0; channel < channels; channel++) sample[channel] = samples.Channel(0, channel)[t];
            stream.Push(sample);
            if (!stream.IsFull || ++taken < step(looks)) continue;
            taken = 0;
            looks++;
            for (int channel = 0; channel < channels; channel++) samples.Channel(0, channel).Slice(t + 1 - window, window).CopyTo(series.AsSpan(channel * window));
            rocket.Transform(series, expected);
            stream.Features(features);
            int same = features.AsSpan().CommonPrefixLength(expected);
            if (same < features.Length) Assert.Fail($"after {t + 1} samples feature {same} is {features[same]} instead of {expected[same]}.");
        }

        looks.ShouldBeGreaterThan(10);
        if (slides) stream.Slides.ShouldBeGreaterThan(looks / 10);
    }
}
