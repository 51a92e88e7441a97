using FastNets.Cuda.Driver;
using FastNets.Cuda.Rocket;
using FastNets.Data;
using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Memory;
using FastNets.Rocket;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Cuda.Tests.Rocket;

/// <summary>How series go through the GPU in chunks.</summary>
public sealed unsafe class CudaMiniRocketChunksTests
{
    // From a chunk a series, also where one has more than a chunk's bytes, to one for all.
    [TestCase(1)]
    [TestCase(3 * 168 * sizeof(float))]
    [TestCase(1 << 20)]
    public void Chunks_of_any_size_give_the_same_rows(long chunkBytes)
    {
        foreach (SeriesSet set in new[] { GpuSeries.RandomWalks(23, 1, 40), GpuSeries.Unequal([.. Enumerable.Range(1, 23)], 2) })
        {
            MiniRocket cpu = GpuSeries.OnCpu(MiniRocket.Fit(set, new MiniRocketOptions { Features = 168 }).Parameters);
            using FeatureMatrix expected = cpu.Transform(set);
            using CudaMiniRocket gpu = GpuSeries.OnGpu(cpu.Parameters, chunkBytes);
            using var actual = new FeatureMatrix(20, 168);

            // Twice, since the second call finds the first one's memory; from the third series on.
            for (int call = 0; call < 2; call++)
            {
                actual.Buffer.Span(0, 20 * 168).Clear();
                gpu.Transform(set, 2, 20, actual.Buffer.Pointer);
                for (int row = 0; row < 20; row++) actual.Row(row).SequenceEqual(expected.Row(2 + row)).ShouldBeTrue($"series {2 + row}, call {call}");
            }
        }
    }

    [Test]
    public void Some_series_in_any_order()
    {
        SeriesSet set = GpuSeries.Unequal([12, 40, 7, 30, 25]);
        MiniRocket cpu = GpuSeries.OnCpu(MiniRocket.Fit(set, new MiniRocketOptions { Features = 84 }).Parameters);
        using FeatureMatrix expected = cpu.Transform(set);
        using CudaMiniRocket gpu = GpuSeries.OnGpu(cpu.Parameters, 2 * 84 * sizeof(float));
        int[] chosen = [4, 0, 0, 3, 1, 4, 2];
        using var actual = new FeatureMatrix(chosen.Length, 84);
        gpu.TransformSome(set, chosen, actual.Buffer.Pointer);
        for (int row = 0; row < chosen.Length; row++) actual.Row(row).SequenceEqual(expected.Row(chosen[row])).ShouldBeTrue($"row {row}");
    }

    [Test]
    public void No_series_are_no_work()
    {
        SeriesSet set = GpuSeries.RandomWalks(2, 1, 20);
        using CudaMiniRocket gpu = GpuSeries.OnGpu(MiniRocket.Fit(set, new MiniRocketOptions { Features = 84 }).Parameters);
        gpu.Transform<float>(set, 2, 0, null);
    }

    [Test]
    public void Calls_at_the_same_time_do_not_disturb_each_other()
    {
        SeriesSet set = GpuSeries.RandomWalks(30, 1, 40);
        MiniRocket cpu = GpuSeries.OnCpu(MiniRocket.Fit(set, new MiniRocketOptions { Features = 168 }).Parameters);
        using FeatureMatrix expected = cpu.Transform(set);
        using CudaMiniRocket gpu = GpuSeries.OnGpu(cpu.Parameters, 4 * 168 * sizeof(float));
        Task<bool>[] calls = [.. Enumerable.Range(0, 4).Select(first => Task.Run(() =>
        {
            using var actual = new FeatureMatrix(26, 168);
            bool same = true;
            for (int call = 0; call < 5; call++)
            {
                gpu.Transform(set, first, 26, actual.Buffer.Pointer);
                same &= actual.Buffer.Span(0, 26 * 168).SequenceEqual(expected.Buffer.Span(first * 168, 26 * 168));
            }

            return same;
        }))];
        Task.WaitAll(calls);
        calls.ShouldAllBe(call => call.Result);
    }

    [Test]
    public void Features_can_stay_on_the_device()
    {
        SeriesSet set = GpuSeries.RandomWalks(9, 1, 40);
        MiniRocket cpu = GpuSeries.OnCpu(MiniRocket.Fit(set, new MiniRocketOptions { Features = 168 }).Parameters);
        using FeatureMatrix expected = cpu.Transform(set);
        using CudaMiniRocket gpu = GpuSeries.OnGpu(cpu.Parameters, 2 * 168 * sizeof(float));
        CudaContext context = CudaContext.Get(TestGpu.Require().Ordinal);
        using var memory = new DeviceMemory(context, 9 * 168 * sizeof(float));
        gpu.TransformOnDevice(set, 0, 9, memory.Address);
        float[] actual = new float[9 * 168];
        using var stream = new CudaStream(context);
        fixed (float* target = actual) stream.CopyToHost(memory.Address, target, memory.Bytes);
        stream.Synchronize();
        actual.AsSpan().SequenceEqual(expected.Buffer.Span(0, actual.Length)).ShouldBeTrue();
    }
}
