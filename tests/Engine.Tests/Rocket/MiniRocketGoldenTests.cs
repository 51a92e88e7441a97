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
        => from name in new[] { "gunpoint_9996", "italypowerdemand_9996", "arrowhead_3948" }
           from isa in RocketCases.AllForms
           select new TestCaseData(name, isa);

    [TestCaseSource(nameof(Cases))]
    public void With_its_parameters_the_counts_are_those_of_the_reference(string name, Isa isa)
    {
        string path = SharedData.Path("golden", "minirocket", name + ".safetensors");
        SafetensorsFile golden = SafetensorsFile.Read(path);
        int count = (int)golden.Entry("x").Shape[0];
        int length = (int)golden.Entry("x").Shape[1];
        ReadOnlySpan<float> series = golden.Float32("x");
        ReadOnlySpan<float> expected = golden.Float32("features");
        MiniRocketParameters parameters = MiniRocketParameters.Load(path, length);

        int equal = 0, worst = 0;
        for (int i = 0; i < count; i++)
        {
            float[] features = RocketCases.Features(parameters, isa, series.Slice(i * length, length));
            int feature = 0;
            for (int d = 0; d < parameters.Dilations.Length; d++)
            {
                for (int kernel = 0; kernel < MiniRocketParameters.KernelCount; kernel++)
                {
                    int positions = parameters.PositionsOf(d, kernel);
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

        double share = equal / ((double)count * parameters.FeatureCount);
        TestContext.Out.WriteLine($"{name}: {share:P4} of the counts equal, the worst {worst} apart");
        share.ShouldBeGreaterThanOrEqualTo(LeastEqual);
        worst.ShouldBeLessThanOrEqualTo(1);
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
        float[] alpha = new float[length];
        float[] output = new float[length];
        int first = 0;
        for (int d = 0; d < dilations.Length; d++)
        {
            for (int kernel = 0; kernel < MiniRocketKernels.Count; kernel++, first += features[d])
            {
                bool found = false;
                for (int i = 0; i < train && !found; i++)
                {
                    MiniRocketScalar.Alpha(series.AsSpan(i * length, length), dilations[d], alpha);
                    MiniRocketScalar.Convolve(series.AsSpan(i * length, length), dilations[d], kernel, alpha, output);
                    Array.Sort(output);
                    found = true;
                    for (int j = 0; j < features[d] && found; j++)
                        found = Math.Abs(MiniRocketQuantiles.Take(output, MiniRocketQuantiles.Of(first + j)) - biases[first + j]) < 1e-5f;
                }

                found.ShouldBeTrue($"dilation {dilations[d]}, kernel {kernel}: no training series has these quantiles");
            }
        }
    }
}
