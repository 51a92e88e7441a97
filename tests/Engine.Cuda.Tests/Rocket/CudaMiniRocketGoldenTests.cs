using FastNets.Cuda.Rocket;
using FastNets.Data;
using FastNets.Memory;
using FastNets.Rocket;
using FastNets.Serialization;
using FastNets.Tests.Shared;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Cuda.Tests.Rocket;

/// <summary>Agreement with what the paper's own code computed (golden files), on some series of each file.</summary>
public sealed unsafe class CudaMiniRocketGoldenTests
{
    private const double LeastEqual = 0.999;
    private const int MostSeries = 40;

    [TestCase("gunpoint_9996")]
    [TestCase("italypowerdemand_9996")]
    [TestCase("arrowhead_3948")]
    [TestCase("gunpoint_deterministic")]
    [TestCase("basicmotions_multivariate")]
    [TestCase("japanesevowels_variable")]
    public void With_its_parameters_the_counts_are_those_of_the_reference(string name)
    {
        string path = SharedData.Path("golden", "minirocket", name + ".safetensors");
        SeriesSet set = Series(path);
        MiniRocketParameters parameters = MiniRocketParameters.LoadFor(path, set);
        ReadOnlySpan<float> expected = SafetensorsFile.Read(path).Float32("features");
        int rows = Math.Min(MostSeries, set.Count), equal = 0, worst = 0;
        using CudaMiniRocket gpu = GpuSeries.OnGpu(parameters);
        using var features = new FeatureMatrix(rows, parameters.FeatureCount);
        gpu.Transform(set, 0, rows, features.Buffer.Pointer);
        float[] cpu = new float[parameters.FeatureCount];
        for (int i = 0; i < rows; i++)
        {
            GpuSeries.OnCpu(parameters).Transform(set.Series(i), cpu);
            features.Row(i).SequenceEqual(cpu).ShouldBeTrue($"series {i}: not the processor's features");
            for (int d = 0, feature = 0; d < parameters.Dilations.Length; d++)
            {
                for (int kernel = 0; kernel < MiniRocketParameters.KernelCount; kernel++)
                {
                    int positions = parameters.PositionsOf(d, kernel, set.LengthOf(i));
                    for (int j = 0; j < parameters.FeaturesPerDilation[d]; j++, feature++)
                    {
                        double actual = Math.Round((double)features.Row(i)[feature] * positions);
                        double wanted = Math.Round((double)expected[(i * parameters.FeatureCount) + feature] * positions);
                        if (actual == wanted) equal++;
                        worst = Math.Max(worst, (int)Math.Abs(actual - wanted));
                    }
                }
            }
        }

        (equal / ((double)rows * parameters.FeatureCount)).ShouldBeGreaterThanOrEqualTo(LeastEqual);
        worst.ShouldBeLessThanOrEqualTo(1);
    }

    // The layouts that the files' README describes: [n, length], [n, channels, length], or [channels, sum of lengths] with lengths.
    private static SeriesSet Series(string path)
    {
        SafetensorsFile golden = SafetensorsFile.Read(path);
        long[] shape = [.. golden.Entry("x").Shape];
        float[] values = golden.Float32("x").ToArray();
        if (!golden.Contains("lengths"))
            return new SeriesSet(path, shape.Length == 3 ? (int)shape[1] : 1, [.. Enumerable.Repeat((int)shape[^1], (int)shape[0])], values, [], []);

        int channels = (int)shape[0], steps = (int)shape[1], from = 0;
        int[] lengths = golden.Int32("lengths", -1).ToArray();
        var ordered = new List<float>(values.Length);
        foreach (int length in lengths)
        {
            for (int channel = 0; channel < channels; channel++) ordered.AddRange(values.AsSpan((channel * steps) + from, length));
            from += length;
        }

        return new SeriesSet(path, channels, lengths, [.. ordered], [], []);
    }
}
