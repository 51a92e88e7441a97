using FastNets.Data;
using FastNets.Kernels;
using FastNets.Memory;
using FastNets.Random;
using FastNets.Rocket;

namespace FastNets.Engine.Tests.Rocket;

/// <summary>Series and transforms that several tests use.</summary>
internal static class RocketCases
{
    public static IEnumerable<Isa> VectorForms => new[] { Isa.Vector128, Isa.Vector256, Isa.Vector512 }.Where(CpuIsa.IsSupported);

    public static IEnumerable<Isa> AllForms => VectorForms.Prepend(Isa.Scalar);

    public static SeriesSet RandomWalks(int count, int length, ulong seed = 1)
    {
        var random = new PhiloxStream(seed, 0);
        float[] values = new float[count * length];
        for (int i = 0; i < values.Length; i++) values[i] = (float)random.NextNormal() + (i % length == 0 ? 0f : values[i - 1]);
        return Univariate(values, length);
    }

    public static SeriesSet SmallIntegers(int count, int length, ulong seed = 1)
    {
        var random = new PhiloxStream(seed, 0);
        float[] values = new float[count * length];
        for (int i = 0; i < values.Length; i++) values[i] = random.NextInt32(9) - 4;
        return Univariate(values, length);
    }

    public static SeriesSet Channels(int count, int channels, int length, ulong seed = 1)
        => new("several channels", channels, [.. Enumerable.Repeat(length, count)], RandomWalks(count * channels, length, seed).Values.ToArray(), [], []);

    public static SeriesSet Unequal(int[] lengths, int channels = 1, ulong seed = 1)
        => new("unequal", channels, lengths, RandomWalks(1, lengths.Sum() * channels, seed).Values.ToArray(), [], []);

    public static SeriesSet Univariate(float[] values, int length, string name = "made")
        => new(name, 1, [.. Enumerable.Repeat(length, values.Length / length)], values, [], []);

    public static float[] Features(MiniRocketParameters parameters, Isa isa, ReadOnlySpan<float> series)
    {
        float[] features = new float[parameters.FeatureCount];
        new MiniRocket(parameters, isa).Transform(series, features);
        return features;
    }

    /// <summary>A kernel's outputs at all positions of a series, with padding, as the scalar form computes them.</summary>
    public static unsafe float[] Outputs(ReadOnlySpan<float> series, int channels, ReadOnlySpan<int> combination, int dilation, int kernel)
    {
        float[] output = new float[series.Length / channels];
        using var buffer = new AlignedBuffer(PaddedSeries.ScratchLength(channels, output.Length, dilation));
        PaddedSeries padded = PaddedSeries.Write(series, channels, dilation, buffer.Pointer);
        MiniRocketScalar.Convolve(padded, combination, dilation, kernel, 0, output);
        return output;
    }
}
