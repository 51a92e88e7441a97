using FastNets.Data;
using FastNets.Rocket;
using NUnit.Framework;

namespace FastNets.Engine.Cuda.Tests.Rocket;

/// <summary>MiniRocket on the GPU gives the bits that it gives on the processor.</summary>
public sealed class CudaMiniRocketTests
{
    // One series alone, and so many that blocks take three at a time and the last block has one or two.
    private static readonly int[] Counts = [1, 2, 121];

    [TestCase(9, 17)]
    [TestCase(17, 30)]
    [TestCase(30, 48)]
    public void Series_of_any_length(int first, int end)
    {
        for (int length = first; length < end; length++)
        {
            foreach (int count in Counts)
            {
                SeriesSet set = GpuSeries.RandomWalks(count, 1, length, (ulong)length);
                GpuSeries.AssertSame(MiniRocket.Fit(set, new MiniRocketOptions { Features = 84 * (1 + (length % 9)) }).Parameters, set, $"{count} series of length {length}");
            }
        }
    }

    [TestCase(64)]
    [TestCase(97)]
    [TestCase(140)]
    [TestCase(150)]
    [TestCase(257)]
    [TestCase(513)]
    public void Ten_thousand_features(int length)
    {
        SeriesSet set = GpuSeries.RandomWalks(4, 1, length);
        GpuSeries.AssertSame(MiniRocket.Fit(set).Parameters, set, $"length {length}");
    }

    // Blocks of one series lay out at most 812 steps at a time, blocks of three 268. So many series are taken by three on any GPU.
    [TestCase(1, 812)]
    [TestCase(1, 813)]
    [TestCase(2, 2501)]
    [TestCase(201, 268)]
    [TestCase(201, 269)]
    [TestCase(200, 700)]
    public void Series_longer_than_what_is_laid_out_at_a_time(int count, int length)
    {
        SeriesSet set = GpuSeries.RandomWalks(count, 1, length);
        GpuSeries.AssertSame(MiniRocket.Fit(set, new MiniRocketOptions { Features = 84 * 5 }).Parameters, set, $"{count} series of length {length}");
    }

    [Test]
    public void Any_number_of_biases()
    {
        SeriesSet set = GpuSeries.RandomWalks(2, 1, 75);
        for (int perKernel = 1; perKernel <= 34; perKernel++)
        {
            var options = new MiniRocketOptions { Features = 84 * perKernel, MaxDilationsPerKernel = 1 };
            GpuSeries.AssertSame(MiniRocket.Fit(set, options).Parameters, set, $"{perKernel} biases a kernel");
        }
    }

    [Test]
    public void Outputs_equal_to_a_bias_do_not_exceed_it([Values(1, 3)] int channels)
    {
        foreach (int length in new[] { 9, 24, 70, 140 })
        {
            SeriesSet set = GpuSeries.SmallIntegers(3, channels, length);
            GpuSeries.AssertSame(MiniRocket.Fit(set, new MiniRocketOptions { Features = 2000 }).Parameters, set, $"length {length}");
        }
    }

    [Test]
    public void Sums_that_overflow_count_as_on_the_processor([Values(1, 2)] int channels)
    {
        MiniRocketParameters parameters = MiniRocket.Fit(GpuSeries.RandomWalks(2, channels, 60), new MiniRocketOptions { Features = 2000 }).Parameters;
        float[] values = [.. Enumerable.Range(0, 60 * channels).Select(i => (i % 3) switch { 0 => 3e38f, 1 => -3e38f, _ => 1f })];
        GpuSeries.AssertSame(parameters, new SeriesSet("huge", channels, [60], values, [], []), "huge values");
    }

    [Test]
    public void Subnormal_numbers_are_not_taken_for_zero()
    {
        SeriesSet walks = GpuSeries.RandomWalks(3, 1, 50);
        float[] tiny = [.. walks.Values.ToArray().Select(v => v * 1e-40f)];
        var set = new SeriesSet("tiny", 1, [50, 50, 50], tiny, [], []);
        GpuSeries.AssertSame(MiniRocket.Fit(set, new MiniRocketOptions { Features = 840 }).Parameters, set, "tiny values");
    }

    [TestCase(2, 1, 60)]
    [TestCase(2, 70, 60)]
    [TestCase(5, 2, 33)]
    [TestCase(6, 180, 100)]
    [TestCase(24, 3, 51)]
    [TestCase(24, 60, 51)]
    [TestCase(60, 2, 40)]
    [TestCase(61, 30, 20)]
    [TestCase(200, 2, 30)]
    public void Several_channels(int channels, int count, int length)
    {
        SeriesSet set = GpuSeries.RandomWalks(count, channels, length);
        GpuSeries.AssertSame(MiniRocket.Fit(set, new MiniRocketOptions { Features = 84 * 13 }).Parameters, set, $"{count} series of {channels} channels");
    }

    // Parameters of other sources may add up any number of channels: here 1, 60, 61 or all 70, in no order.
    [Test]
    public void Kernels_of_more_channels_than_terms_have_room_for()
    {
        const int Channels = 70;
        SeriesSet set = GpuSeries.RandomWalks(2, Channels, 21);
        int[] dilations = [1, 2];
        int[] perCombination = [.. Enumerable.Range(0, 2 * 84).Select(i => (i / 5 % 4) switch { 0 => 1, 1 => 60, 2 => 61, _ => Channels })];
        int[] channels = [.. perCombination.SelectMany((n, i) => Enumerable.Range(0, n).Select(j => ((j * 29) + i) % Channels))];
        float[] biases = [.. Enumerable.Range(0, 84 * 5).Select(i => (i % 11) - 5f)];
        foreach (bool pads in new[] { false, true })
            GpuSeries.AssertSame(new MiniRocketParameters(21, pads, Channels, dilations, [2, 3], biases, perCombination, channels), set, $"padded everywhere: {pads}");
    }

    [Test]
    public void Series_of_unequal_lengths([Values(1, 3)] int channels, [Values(5, 100)] int count)
    {
        SeriesSet set = GpuSeries.Unequal([.. Enumerable.Range(0, count).Select(i => i == 3 ? 900 : 1 + ((i * 23) % 61))], channels);
        GpuSeries.AssertSame(MiniRocket.Fit(set, new MiniRocketOptions { Features = 84 * 7 }).Parameters, set, $"{count} series of {channels} channels");
    }

    [Test]
    public void Dilations_far_beyond_a_series([Values(1, 2)] int channels, [Values(200, 100_000, int.MaxValue)] int reference)
    {
        SeriesSet set = GpuSeries.RandomWalks(3, channels, 20);
        var options = new MiniRocketOptions { Features = 84 * 6, AlwaysPads = true, ReferenceLength = reference };
        GpuSeries.AssertSame(MiniRocket.Fit(set, options).Parameters, set, $"reference length {reference}");
    }
}
