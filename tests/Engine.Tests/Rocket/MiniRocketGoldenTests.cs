using FastNets.Data;
using FastNets.Kernels;
using FastNets.Rocket;
using FastNets.Serialization;
using FastNets.Tests.Shared;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Rocket;

/// <summary>Agreement with what the paper's own code computed (golden files).</summary>
public sealed class MiniRocketGoldenTests
{
    private const double LeastEqual = 0.999;

    private static IEnumerable<TestCaseData> Cases()
        => from name in new[] { "gunpoint_9996", "italypowerdemand_9996", "arrowhead_3948", "gunpoint_deterministic", "basicmotions_multivariate", "japanesevowels_variable" }
           from isa in RocketCases.AllForms
           select new TestCaseData(name, isa);

    [TestCaseSource(nameof(Cases))]
    public void With_its_parameters_the_counts_are_those_of_the_reference(string name, Isa isa)
    {
        SeriesSet set = Series(name, "x");
        MiniRocketParameters parameters = MiniRocketParameters.LoadFor(GoldenPath(name), set);
        ReadOnlySpan<float> expected = SafetensorsFile.Read(GoldenPath(name)).Float32("features");

        int equal = 0, worst = 0;
        for (int i = 0; i < set.Count; i++)
        {
            float[] features = RocketCases.Features(parameters, isa, set.Series(i));
            int feature = 0;
            for (int d = 0; d < parameters.Dilations.Length; d++)
            {
                for (int kernel = 0; kernel < MiniRocketParameters.KernelCount; kernel++)
                {
                    int positions = parameters.PositionsOf(d, kernel, set.LengthOf(i));
                    for (int j = 0; j < parameters.FeaturesPerDilation[d]; j++, feature++)
                    {
                        double actual = Math.Round((double)features[feature] * positions);
                        double wanted = Math.Round((double)expected[(i * parameters.FeatureCount) + feature] * positions);
                        if (actual == wanted) equal++;
                        worst = Math.Max(worst, (int)Math.Abs(actual - wanted));
                    }
                }
            }
        }

        double share = equal / ((double)set.Count * parameters.FeatureCount);
        TestContext.Out.WriteLine($"{name}: {share:P4} of the counts equal, the worst {worst} apart");
        share.ShouldBeGreaterThanOrEqualTo(LeastEqual);
        worst.ShouldBeLessThanOrEqualTo(1);
    }

    [Test]
    public void The_deterministic_variant_has_the_references_biases()
    {
        SeriesSet train = Series("gunpoint_deterministic", "x");
        ReadOnlySpan<float> expected = SafetensorsFile.Read(GoldenPath("gunpoint_deterministic")).Float32("biases");
        ReadOnlySpan<float> actual = MiniRocket.Fit(train, new MiniRocketOptions { Deterministic = true, Seed = 7 }).Parameters.Biases;
        actual.Length.ShouldBe(expected.Length);
        for (int i = 0; i < expected.Length; i++) actual[i].ShouldBe(expected[i], 1e-5f + (1e-5f * Math.Abs(expected[i])), $"bias {i}");
    }

    [Test]
    public void The_references_channels_are_as_many_as_ours_would_be()
    {
        // Both draw the number of channels evenly on a logarithmic scale: of six, 1 with probability 1/log2 7, and so on.
        MiniRocketParameters ours = MiniRocket.Fit(Series("basicmotions_multivariate", "x_train")).Parameters;
        MiniRocketParameters theirs = MiniRocketParameters.LoadFor(GoldenPath("basicmotions_multivariate"), Series("basicmotions_multivariate", "x"));
        ours.Dilations.ToArray().ShouldBe(theirs.Dilations.ToArray());
        ours.FeaturesPerDilation.ToArray().ShouldBe(theirs.FeaturesPerDilation.ToArray());
        foreach (MiniRocketParameters parameters in new[] { ours, theirs })
        {
            int[] numbers = parameters.ChannelsPerCombination.ToArray();
            for (int count = 1; count <= 6; count++)
            {
                double expected = Math.Log2((count + 1.0) / count) / Math.Log2(7);
                // Four standard deviations of a share among 1008.
                (numbers.Count(n => n == count) / (double)numbers.Length).ShouldBe(expected, 4 * Math.Sqrt(expected * (1 - expected) / numbers.Length));
            }
        }
    }

    [Test]
    public void The_reference_chose_the_same_dilations_and_its_biases_are_our_quantiles_of_some_training_series()
    {
        SafetensorsFile golden = SafetensorsFile.Read(SharedData.Path("golden", "minirocket", "gunpoint_9996.safetensors"));
        int length = (int)golden.Entry("x_train").Shape[1];
        int train = (int)golden.Entry("x_train").Shape[0];
        float[] series = golden.Float32("x_train").ToArray();
        (int[] dilations, int[] features) = MiniRocketDilations.Choose(length, 119, 32);
        dilations.ShouldBe(golden.Int32("dilations").ToArray());
        features.ShouldBe(golden.Int32("num_features_per_dilation").ToArray());

        ReadOnlySpan<float> biases = golden.Float32("biases");
        int first = 0;
        for (int d = 0; d < dilations.Length; d++)
        {
            for (int kernel = 0; kernel < MiniRocketKernels.Count; kernel++, first += features[d])
            {
                bool found = false;
                for (int i = 0; i < train && !found; i++)
                {
                    float[] output = RocketCases.Outputs(series.AsSpan(i * length, length), 1, [0], dilations[d], kernel);
                    Array.Sort(output);
                    found = true;
                    for (int j = 0; j < features[d] && found; j++)
                        found = Math.Abs(MiniRocketQuantiles.Take(output, MiniRocketQuantiles.Of(first + j)) - biases[first + j]) < 1e-5f;
                }

                found.ShouldBeTrue($"dilation {dilations[d]}, kernel {kernel}: no training series has these quantiles");
            }
        }
    }

    private static string GoldenPath(string name) => SharedData.Path("golden", "minirocket", name + ".safetensors");

    // The layouts that the files' README describes: [n, length], [n, channels, length], or [channels, sum of lengths] with lengths.
    private static SeriesSet Series(string name, string tensor)
    {
        SafetensorsFile golden = SafetensorsFile.Read(GoldenPath(name));
        long[] shape = [.. golden.Entry(tensor).Shape];
        float[] values = golden.Float32(tensor).ToArray();
        if (!golden.Contains("lengths"))
            return new SeriesSet(name, shape.Length == 3 ? (int)shape[1] : 1, [.. Enumerable.Repeat((int)shape[^1], (int)shape[0])], values, [], []);

        int channels = (int)shape[0], steps = (int)shape[1];
        int[] lengths = golden.Int32("lengths", -1).ToArray();
        float[] ordered = new float[values.Length];
        int to = 0, from = 0;
        foreach (int length in lengths)
        {
            for (int channel = 0; channel < channels; channel++, to += length) values.AsSpan((channel * steps) + from, length).CopyTo(ordered.AsSpan(to));
            from += length;
        }

        return new SeriesSet(name, channels, lengths, ordered, [], []);
    }
}
