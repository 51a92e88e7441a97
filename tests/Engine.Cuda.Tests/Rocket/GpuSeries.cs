using System.Runtime.InteropServices;
using FastNets.Cuda.Driver;
using FastNets.Cuda.Rocket;
using FastNets.Data;
using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Memory;
using FastNets.Random;
using FastNets.Rocket;
using NUnit.Framework;

namespace FastNets.Engine.Cuda.Tests.Rocket;

/// <summary>Series, and a transform of them on both devices.</summary>
internal static unsafe class GpuSeries
{
    public static SeriesSet RandomWalks(int count, int channels, int length, ulong seed = 1) => Unequal([.. Enumerable.Repeat(length, count)], channels, seed);

    public static SeriesSet Unequal(int[] lengths, int channels = 1, ulong seed = 1)
    {
        var random = new PhiloxStream(seed, 0);
        float[] values = new float[channels * lengths.Sum()];
        for (int i = 0; i < values.Length; i++) values[i] = (float)random.NextNormal() + (i % 50 == 0 ? 0f : values[i - 1]);
        return new SeriesSet("made", channels, lengths, values, [], []);
    }

    public static SeriesSet SmallIntegers(int count, int channels, int length)
    {
        var random = new PhiloxStream(3, 0);
        float[] values = new float[count * channels * length];
        for (int i = 0; i < values.Length; i++) values[i] = random.NextInt32(9) - 4;
        return new SeriesSet("integers", channels, [.. Enumerable.Repeat(length, count)], values, [], []);
    }

    /// <summary>A transform on the device that the tests run on.</summary>
    public static CudaMiniRocket OnGpu(MiniRocketParameters parameters, long chunkBytes = 1 << 20) => new(parameters, CudaContext.Get(TestGpu.Require().Ordinal), chunkBytes);

    /// <summary>A transform on the processor.</summary>
    public static MiniRocket OnCpu(MiniRocketParameters parameters)
    {
        var cpu = new MiniRocket(parameters);
        cpu.MoveTo(Device.Cpu);
        return cpu;
    }

    /// <summary>Fails where a feature of a set is not the processor's, bit by bit, as a proportion and, where it fits, as a count.</summary>
    public static void AssertSame(MiniRocketParameters parameters, SeriesSet set, string what)
    {
        using CudaMiniRocket gpu = OnGpu(parameters);
        MiniRocket cpu = OnCpu(parameters);
        using FeatureMatrix expected = cpu.Transform(set);
        using var actual = new FeatureMatrix(set.Count, parameters.FeatureCount);
        actual.Buffer.Span(0, set.Count * parameters.FeatureCount).Fill(-1);
        gpu.Transform(set, 0, set.Count, actual.Buffer.Pointer);
        for (int row = 0; row < set.Count; row++) AssertEqual<float>(expected.Row(row), actual.Row(row), $"{what}, series {row}");

        if (set.MaxLength > MiniRocketCounts.MaxLength) return;
        using MiniRocketCounts expectedCounts = cpu.TransformCounts(set);
        ushort[] counts = new ushort[set.Count * parameters.FeatureCount];
        fixed (ushort* target = counts) gpu.Transform(set, 0, set.Count, target);
        for (int row = 0; row < set.Count; row++)
            AssertEqual<ushort>(expectedCounts.Row(row), counts.AsSpan(row * parameters.FeatureCount, parameters.FeatureCount), $"{what}, counts of series {row}");
    }

    private static void AssertEqual<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, string what)
        where T : unmanaged
    {
        if (MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual))) return;
        int at = 0;
        while (expected[at].Equals(actual[at])) at++;
        Assert.Fail($"{what}: feature {at} of {expected.Length} is {actual[at]} instead of {expected[at]}.");
    }
}
