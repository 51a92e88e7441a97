using FastNets.Data;
using FastNets.Kernels;
using FastNets.Memory;
using FastNets.Rocket;
using FastNets.Threading;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Rocket;

public sealed class MiniRocketTransformTests
{
    private static IEnumerable<Isa> AllForms => RocketCases.AllForms;

    private static IEnumerable<Isa> VectorForms => RocketCases.VectorForms;

    // Lengths around every vector and block boundary, primes, and the longest dilation's smallest interior.
    private static int[] Lengths => [.. Enumerable.Range(9, 292), 511, 512, 513, 777];

    private static int[] LengthsOfManyFeatures => [9, 16, 24, 33, 64, 97, 140, 150, 256, 257, 300, 513];

    [TestCaseSource(nameof(AllForms))]
    public void Sums_of_small_integers_are_exact_so_the_features_are(Isa isa)
    {
        foreach (int length in new[] { 9, 17, 33, 64, 100, 150, 300 })
        {
            SeriesSet set = RocketCases.SmallIntegers(3, length);
            MiniRocketParameters parameters = MiniRocket.Fit(set).Parameters;
            RocketCases.Features(parameters, isa, set.Series(2)).ShouldBe(ByDefinition(parameters, set.Series(2)), $"length {length}");
        }
    }

    [TestCaseSource(nameof(VectorForms))]
    public void All_forms_give_the_same_bits(Isa isa)
    {
        foreach (int length in Lengths)
        {
            SeriesSet set = RocketCases.RandomWalks(2, length, seed: (ulong)length);
            int features = 84 * (1 + (length % 9));
            AssertSameBits(MiniRocket.Fit(set, new MiniRocketOptions { Features = features }).Parameters, isa, set.Series(1), $"length {length}, {features} features");
        }

        foreach (int length in LengthsOfManyFeatures)
        {
            SeriesSet set = RocketCases.RandomWalks(2, length, seed: (ulong)length);
            AssertSameBits(MiniRocket.Fit(set).Parameters, isa, set.Series(1), $"length {length}, 9996 features");
        }
    }

    [TestCaseSource(nameof(VectorForms))]
    public void All_forms_give_the_same_bits_whatever_the_number_of_biases(Isa isa)
    {
        SeriesSet set = RocketCases.RandomWalks(2, 75);
        for (int perKernel = 1; perKernel <= 70; perKernel++)
        {
            MiniRocketParameters parameters = MiniRocket.Fit(set, new MiniRocketOptions { Features = 84 * perKernel, MaxDilationsPerKernel = 1 }).Parameters;
            AssertSameBits(parameters, isa, set.Series(1), $"{perKernel} biases a kernel");
        }
    }

    [TestCaseSource(nameof(VectorForms))]
    public void Equal_biases_and_outputs_equal_to_a_bias_count_alike_in_all_forms(Isa isa)
    {
        // Small integers: outputs meet biases exactly, and quantiles coincide.
        foreach (int length in new[] { 9, 24, 70, 140 })
        {
            SeriesSet set = RocketCases.SmallIntegers(2, length);
            AssertSameBits(MiniRocket.Fit(set).Parameters, isa, set.Series(1), $"length {length}");
        }
    }

    [TestCaseSource(nameof(VectorForms))]
    public void Sums_that_overflow_count_alike_in_all_forms(Isa isa)
    {
        MiniRocketParameters parameters = MiniRocket.Fit(RocketCases.RandomWalks(2, 60)).Parameters;
        float[] series = [.. Enumerable.Range(0, 60).Select(i => (i % 3) switch { 0 => 3e38f, 1 => -3e38f, _ => 1f })];
        AssertSameBits(parameters, isa, series, "huge values");
    }

    /// <summary>Outputs and biases whose difference is denormal, of all values or of a few, or because a bias is tiny.</summary>
    [TestCaseSource(nameof(VectorForms))]
    public void Differences_too_small_for_a_normal_number_count_alike_in_all_forms(Isa isa)
    {
        float[] integers = RocketCases.SmallIntegers(2, 96).Values.ToArray();
        foreach (float scale in new[] { 1e-45f, 3e-44f, 1e-39f, 1e-37f, 1e-31f, 1e-29f })
        {
            SeriesSet tiny = RocketCases.Univariate([.. integers.Select(value => value * scale)], 96);
            AssertSameBits(MiniRocket.Fit(tiny).Parameters, isa, tiny.Series(1), $"all values times {scale}");

            // Zeros between large values, and of the zeros some are not quite.
            float[] few = [.. integers.Select((value, i) => i % 48 < 30 ? (i % 5 == 0 ? value * scale : 0f) : value)];
            SeriesSet mixed = RocketCases.Univariate(few, 96);
            AssertSameBits(MiniRocket.Fit(mixed).Parameters, isa, mixed.Series(1), $"some values times {scale}");

            MiniRocketParameters fitted = MiniRocket.Fit(RocketCases.SmallIntegers(2, 96)).Parameters;
            float[] biases = [.. fitted.Biases.ToArray().Select((bias, i) => i % 3 == 0 ? -scale : i % 3 == 1 ? -0f : bias)];
            var parameters = new MiniRocketParameters(96, fitted.Dilations, fitted.FeaturesPerDilation, biases);
            AssertSameBits(parameters, isa, integers.AsSpan(0, 96), $"biases of {scale}");
        }
    }

    /// <summary>Of undefined numbers with either sign: what lies beyond a block of outputs must not be counted.</summary>
    [Test]
    public unsafe void What_the_memory_held_before_makes_no_difference([ValueSource(nameof(VectorForms))] Isa isa, [Values(1, 3)] int channels, [Values(0x7FC00000, 0xFFC00000, 0x7F800000)] long bits)
    {
        const int Memory = 1 << 20;
        foreach (int length in new[] { 9, 23, 50, 64, 97, 385, 777 })
        {
            SeriesSet set = RocketCases.Channels(2, channels, length);
            MiniRocketParameters parameters = MiniRocket.Fit(set, new MiniRocketOptions { Features = 840 }).Parameters;
            float[] expected = RocketCases.Features(parameters, Isa.Scalar, set.Series(1));
            new Span<uint>(MiniRocketScratch.Take(Memory), Memory).Fill((uint)bits);
            RocketCases.Features(parameters, isa, set.Series(1)).ShouldBe(expected, $"length {length}");
        }
    }

    [Test]
    public void A_set_gives_the_same_bits_with_any_number_of_threads()
    {
        SeriesSet set = RocketCases.RandomWalks(23, 150);
        MiniRocket rocket = MiniRocket.Fit(set);
        int before = WorkerPool.Threads;
        try
        {
            WorkerPool.Threads = 1;
            using FeatureMatrix one = rocket.Transform(set);
            WorkerPool.Threads = 5;
            using FeatureMatrix five = rocket.Transform(set);
            for (int i = 0; i < set.Count; i++) five.Row(i).SequenceEqual(one.Row(i)).ShouldBeTrue($"row {i}");
            float[] alone = new float[rocket.FeatureCount];
            rocket.Transform(set.Series(22), alone);
            one.Row(22).SequenceEqual(alone).ShouldBeTrue();
        }
        finally
        {
            WorkerPool.Threads = before;
        }
    }

    [Test]
    public void Features_go_into_memory_that_is_there_and_nowhere_else()
    {
        SeriesSet set = RocketCases.RandomWalks(5, 50);
        MiniRocket rocket = MiniRocket.Fit(set, new MiniRocketOptions { Features = 168 });
        using FeatureMatrix expected = rocket.Transform(set);
        using var features = new FeatureMatrix(5, rocket.FeatureCount);
        rocket.Transform(set, features);
        for (int i = 0; i < 5; i++) features.Row(i).SequenceEqual(expected.Row(i)).ShouldBeTrue($"series {i}");
        using var other = new FeatureMatrix(4, rocket.FeatureCount);
        Should.Throw<ArgumentException>(() => rocket.Transform(set, other)).Message.ShouldContain("[4, 168]");
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(5)]
    [TestCase(23)]
    [TestCase(1000)]
    public void Chunks_come_in_order_and_equal_the_whole(int rowsPerChunk)
    {
        SeriesSet set = RocketCases.RandomWalks(23, 50);
        MiniRocket rocket = MiniRocket.Fit(set, new MiniRocketOptions { Features = 840 });
        using FeatureMatrix whole = rocket.Transform(set);
        int next = 0;
        rocket.TransformChunks(
            set,
            (first, rows, features) =>
            {
                first.ShouldBe(next);
                features.Length.ShouldBe(rows * rocket.FeatureCount);
                if (rowsPerChunk > 0) rows.ShouldBe(Math.Min(rowsPerChunk, set.Count - first));
                for (int i = 0; i < rows; i++)
                    features.Slice(i * rocket.FeatureCount, rocket.FeatureCount).SequenceEqual(whole.Row(first + i)).ShouldBeTrue($"row {first + i}");
                next += rows;
            },
            rowsPerChunk);
        next.ShouldBe(set.Count);
    }

    [Test]
    public void The_npy_file_holds_the_features()
    {
        SeriesSet set = RocketCases.RandomWalks(3, 50);
        MiniRocket rocket = MiniRocket.Fit(set, new MiniRocketOptions { Features = 84 });
        using FeatureMatrix whole = rocket.Transform(set);
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "features.npy");
        rocket.TransformToNpy(set, path);
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
        File.Delete(path);
        bytes[^(3 * 84 * sizeof(float))..].SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(whole.Buffer.Span(0, 3 * 84))).ShouldBeTrue();
    }

    [Test]
    public void Counts_divided_are_the_features()
    {
        foreach (SeriesSet set in new[] { RocketCases.RandomWalks(3, 70), RocketCases.Channels(20, 2, 50), RocketCases.Unequal([40, 3, 90]) })
        {
            MiniRocket rocket = MiniRocket.Fit(set, new MiniRocketOptions { Features = 84 * 7 });
            using FeatureMatrix expected = rocket.Transform(set);
            using MiniRocketCounts counts = rocket.TransformCounts(set);
            float[] features = new float[rocket.FeatureCount];
            ushort[] alone = new ushort[rocket.FeatureCount];
            for (int i = 0; i < set.Count; i++)
            {
                counts.CopyTo(i, features);
                features.AsSpan().SequenceEqual(expected.Row(i)).ShouldBeTrue($"series {i}");
                rocket.TransformCounts(set.Series(i), alone);
                counts.Row(i).SequenceEqual(alone).ShouldBeTrue($"series {i}");
            }
        }
    }

    [Test]
    public void Counts_of_series_too_long_for_16_bits_are_refused()
    {
        MiniRocket rocket = MiniRocket.Fit(RocketCases.Unequal([20, 10]), new MiniRocketOptions { Features = 84 });
        float[] longest = new float[65535];
        longest.AsSpan().Fill(1);
        rocket.TransformCounts(longest, new ushort[84]);
        Should.Throw<ArgumentException>(() => rocket.TransformCounts(new float[65536], new ushort[84])).Message.ShouldContain("65536 time steps");
        Should.Throw<DataFormatException>(() => rocket.TransformCounts(RocketCases.Univariate(new float[65536], 65536))).Message.ShouldContain("transform to proportions");
    }

    [Test]
    public void An_empty_set_gives_no_rows()
    {
        MiniRocket rocket = MiniRocket.Fit(RocketCases.RandomWalks(2, 20), new MiniRocketOptions { Features = 84 });
        var empty = new SeriesSet("empty", 1, [], [], [], []);
        using FeatureMatrix features = rocket.Transform(empty);
        features.Rows.ShouldBe(0);
        features.Columns.ShouldBe(84);
        rocket.TransformChunks(empty, (_, _, _) => Assert.Fail("there is nothing to give"));
    }

    [TestCaseSource(nameof(AllForms))]
    public void A_series_is_transformed_without_allocating(Isa isa)
    {
        SeriesSet set = RocketCases.RandomWalks(2, 140);
        var rocket = new MiniRocket(MiniRocket.Fit(set).Parameters, isa);
        float[] features = new float[rocket.FeatureCount];
        for (int i = 0; i < 3; i++) rocket.Transform(set.Series(0), features);
        Allocations.Of(() => rocket.Transform(set.Series(1), features)).ShouldBe(0);
    }

    [TestCaseSource(nameof(AllForms))]
    public void Nothing_is_written_beyond_the_features(Isa isa)
    {
        foreach (int perKernel in new[] { 1, 2, 3, 4, 7, 9, 17, 33, 119 })
        {
            SeriesSet set = RocketCases.RandomWalks(2, 140);
            var rocket = new MiniRocket(MiniRocket.Fit(set, new MiniRocketOptions { Features = 84 * perKernel }).Parameters, isa);
            const int Guard = 64;
            float[] room = new float[rocket.FeatureCount + (2 * Guard)];
            Array.Fill(room, -7f);
            rocket.Transform(set.Series(0), room.AsSpan(Guard, rocket.FeatureCount));
            room.AsSpan(0, Guard).ContainsAnyExcept(-7f).ShouldBeFalse();
            room.AsSpan(Guard + rocket.FeatureCount).ContainsAnyExcept(-7f).ShouldBeFalse();
            room.AsSpan(Guard, rocket.FeatureCount).Contains(-7f).ShouldBeFalse();
        }
    }

    [Test]
    public void A_series_of_another_length_is_refused()
    {
        MiniRocket rocket = MiniRocket.Fit(RocketCases.RandomWalks(2, 20), new MiniRocketOptions { Features = 84 });
        Should.Throw<ArgumentException>(() => rocket.Transform(new float[21], new float[84])).Message.ShouldContain("21 time steps");
        Should.Throw<ArgumentException>(() => rocket.Transform(new float[20], new float[85])).Message.ShouldContain("85 features");
        var error = Should.Throw<DataFormatException>(() => rocket.Transform(RocketCases.RandomWalks(2, 21)));
        error.Message.ShouldContain("21 time steps");
        error.Message.ShouldContain("fitted for 20");
    }

    [Test]
    public void Sets_of_other_channels_and_unequal_lengths_are_refused()
    {
        MiniRocket rocket = MiniRocket.Fit(RocketCases.RandomWalks(2, 20), new MiniRocketOptions { Features = 84 });
        Should.Throw<DataFormatException>(() => rocket.Transform(new SeriesSet("m", 3, [20], new float[60], [], []))).Message.ShouldContain("m: the series have 3 channels, but the transform was fitted for 1");
        Should.Throw<DataFormatException>(() => rocket.Transform(new SeriesSet("u", 1, [20, 19], new float[39], [], []))).Message.ShouldContain("u: series 1 has 19 time steps, but series 0 has 20");
        MiniRocket several = MiniRocket.Fit(RocketCases.Channels(2, 3, 20), new MiniRocketOptions { Features = 84 });
        Should.Throw<DataFormatException>(() => several.Transform(RocketCases.RandomWalks(2, 20))).Message.ShouldContain("have 1 channel, but the transform was fitted for 3");
        Should.Throw<ArgumentException>(() => several.Transform(new float[20], new float[84])).Message.ShouldContain("20 values, but the transform was fitted for 3 channels of 20");
    }

    [TestCaseSource(nameof(VectorForms))]
    public void All_forms_give_the_same_bits_for_several_channels(Isa isa)
    {
        foreach ((int channels, int length) in new[] { (2, 9), (2, 31), (3, 64), (5, 100), (6, 257), (24, 51), (3, 600) })
        {
            SeriesSet set = RocketCases.Channels(2, channels, length, seed: (ulong)length);
            foreach (int features in new[] { 84, 84 * 7, 9996 })
                AssertSameBits(MiniRocket.Fit(set, new MiniRocketOptions { Features = features }).Parameters, isa, set.Series(1), $"{channels} channels, length {length}, {features} features");
        }
    }

    [TestCaseSource(nameof(VectorForms))]
    public void All_forms_give_the_same_bits_for_series_of_any_length(Isa isa)
    {
        MiniRocketParameters one = MiniRocket.Fit(RocketCases.Unequal([120, 60]), new MiniRocketOptions { Features = 2000 }).Parameters;
        MiniRocketParameters three = MiniRocket.Fit(RocketCases.Unequal([120, 60], channels: 3), new MiniRocketOptions { Features = 2000 }).Parameters;
        for (int length = 1; length <= 300; length += length < 40 ? 1 : 13)
        {
            AssertSameBits(one, isa, RocketCases.RandomWalks(1, length).Series(0), $"length {length}");
            AssertSameBits(three, isa, RocketCases.Channels(1, 3, length).Series(0), $"3 channels, length {length}");
        }
    }

    [TestCaseSource(nameof(AllForms))]
    public void Features_of_several_channels_and_unequal_lengths_are_those_of_the_definition(Isa isa)
    {
        SeriesSet unequal = RocketCases.SmallIntegers(3, 60);
        foreach (int channels in new[] { 1, 3 })
        {
            var set = new SeriesSet("integers", channels, [40 / channels, 5, 60 - 5 - (40 / channels)], unequal.Values.ToArray()[..(channels * 60)], [], []);
            MiniRocketParameters parameters = MiniRocket.Fit(set, new MiniRocketOptions { Features = 1000 }).Parameters;
            for (int i = 0; i < 3; i++) RocketCases.Features(parameters, isa, set.Series(i)).ShouldBe(ByDefinition(parameters, set.Series(i)), $"{channels} channels, series {i}");
        }
    }

    [TestCaseSource(nameof(AllForms))]
    public void Dilations_far_beyond_a_series_see_zeros_and_take_no_memory(Isa isa)
    {
        SeriesSet set = RocketCases.SmallIntegers(3, 20);
        foreach (int reference in new[] { 200, 100_000, int.MaxValue })
        {
            MiniRocketParameters parameters = MiniRocket.Fit(set, new MiniRocketOptions { Features = 84 * 6, AlwaysPads = true, ReferenceLength = reference }).Parameters;
            parameters.Dilations[^1].ShouldBeGreaterThan(20);
            RocketCases.Features(parameters, isa, set.Series(1)).ShouldBe(ByDefinition(parameters, set.Series(1)), $"reference length {reference}");
        }
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(15)]
    [TestCase(16)]
    [TestCase(17)]
    public void Few_series_cut_into_kernels_give_the_same_bits_as_many(int count)
    {
        SeriesSet set = RocketCases.Channels(count, 2, 70);
        MiniRocket rocket = MiniRocket.Fit(set, new MiniRocketOptions { Features = 84 * 11 });
        using FeatureMatrix features = rocket.Transform(set);
        float[] alone = new float[rocket.FeatureCount];
        for (int i = 0; i < count; i++)
        {
            rocket.Transform(set.Series(i), alone);
            features.Row(i).SequenceEqual(alone).ShouldBeTrue($"series {i}");
        }
    }

    [Test]
    public void Shares_are_counts_divided_and_rounded_once()
    {
        foreach (int positions in new[] { 1, 3, 7, 140, 1023, 2844, 65535, 236784, (1 << 24) - 1 })
        {
            ShareOutput shares = ShareOutput.Over(positions);
            float[] row = new float[4];
            for (int step = 0; step < 4000; step++)
            {
                int count = (int)((long)positions * step / 3999);
                unsafe
                {
                    fixed (float* to = row) shares.Write(System.Runtime.Intrinsics.Vector128.Create(count, positions - count, count / 2, positions), to);
                }

                row.ShouldBe([(float)count / positions, (float)(positions - count) / positions, (float)(count / 2) / positions, 1f]);
            }
        }
    }

    [Test]
    public void A_missing_value_is_named_by_series_and_position()
    {
        MiniRocket rocket = MiniRocket.Fit(RocketCases.RandomWalks(2, 20), new MiniRocketOptions { Features = 84 });
        float[] values = new float[5 * 20];
        values[63] = float.NaN;
        Should.Throw<DataFormatException>(() => rocket.Transform(RocketCases.Univariate(values, 20, "gap.ts"))).Message.ShouldContain("gap.ts: series 3, position 3");
        Should.Throw<DataFormatException>(() => rocket.Transform(values.AsSpan(60, 20), new float[84])).Message.ShouldContain("position 3");
    }

    private static void AssertSameBits(MiniRocketParameters parameters, Isa isa, ReadOnlySpan<float> series, string what)
    {
        float[] expected = RocketCases.Features(parameters, Isa.Scalar, series);
        float[] actual = RocketCases.Features(parameters, isa, series);
        int at = expected.AsSpan().CommonPrefixLength(actual);
        if (at < expected.Length) Assert.Fail($"{what}: feature {at} is {actual[at]} instead of {expected[at]}.");
    }

    // Straight from the papers' definition: a dilated convolution with weights -1 and 2 summed over some channels, in double precision.
    private static float[] ByDefinition(MiniRocketParameters parameters, ReadOnlySpan<float> series)
    {
        float[] features = new float[parameters.FeatureCount];
        int length = series.Length / parameters.Channels;
        int feature = 0;
        for (int d = 0; d < parameters.Dilations.Length; d++)
        {
            int dilation = parameters.Dilations[d];
            int kernel = 0;
            for (int a = 0; a < 9; a++)
            {
                for (int b = a + 1; b < 9; b++)
                {
                    for (int c = b + 1; c < 9; c++, kernel++)
                    {
                        bool padded = parameters.AlwaysPads || (d + kernel) % 2 == 0;
                        for (int j = 0; j < parameters.FeaturesPerDilation[d]; j++, feature++)
                        {
                            int above = 0, positions = 0;
                            for (int t = 0; t < length; t++)
                            {
                                if (!padded && (t < 4 * dilation || t >= length - (4 * dilation))) continue;
                                double sum = 0.0;
                                for (int tap = 0; tap < 9; tap++)
                                {
                                    int at = t + ((tap - 4) * dilation);
                                    double weight = tap == a || tap == b || tap == c ? 2.0 : -1.0;
                                    if (at < 0 || at >= length) continue;
                                    foreach (int channel in parameters.ChannelsOf(d, kernel)) sum += weight * series[(channel * length) + at];
                                }

                                positions++;
                                if (sum > parameters.Biases[feature]) above++;
                            }

                            features[feature] = (float)above / positions;
                        }
                    }
                }
            }
        }

        return features;
    }
}
