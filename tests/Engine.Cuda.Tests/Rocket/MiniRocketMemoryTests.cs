using FastNets.Classification;
using FastNets.Cuda.Rocket;
using FastNets.Data;
using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Memory;
using FastNets.Rocket;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Cuda.Tests.Rocket;

/// <summary>What a transform has on the GPU is given back when it moves away, without the collector's help.</summary>
[NonParallelizable]
public sealed class MiniRocketMemoryTests
{
    private static readonly SeriesSet Set = GpuSeries.RandomWalks(20, 1, 40);

    private string _before = "";

    [SetUp]
    public void RequireEmulator()
    {
        TestGpu.RequireEmulator();

        // The collector runs here and not later: it would give back what was forgotten.
        Emulator.Held();
        _before = Held();
    }

    [Test]
    public void Moving_to_the_processor_frees_it_and_moving_back_takes_it_again()
    {
        MiniRocket rocket = Fitted();
        using FeatureMatrix expected = rocket.Transform(Set);
        for (int i = 0; i < 2; i++)
        {
            rocket.MoveTo(Device.Cuda(0));
            ShouldGive(rocket, expected);
            Held().ShouldNotBe(_before);
            rocket.MoveTo(Device.Cpu);
            Held().ShouldBe(_before);
            ShouldGive(rocket, expected);
        }
    }

    [Test]
    public void A_call_keeps_it_until_its_end()
    {
        MiniRocket rocket = Fitted();
        using FeatureMatrix expected = rocket.Transform(Set);
        CudaMiniRocket gpu = GpuSeries.OnGpu(rocket.Parameters);
        CudaMiniRocket call = gpu.Hold();
        gpu.Dispose();
        Held().ShouldNotBe(_before);
        ShouldGive(call, expected);
        call.Dispose();
        Held().ShouldBe(_before);
    }

    [Test]
    public void Threads_that_share_a_transform_do_not_notice_that_it_moves()
    {
        MiniRocket rocket = Fitted();
        using FeatureMatrix expected = rocket.Transform(Set);
        using var ended = new CancellationTokenSource();
        Task[] users = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!ended.IsCancellationRequested) ShouldGive(rocket, expected);
        }))];
        for (int i = 0; i < 30; i++)
        {
            rocket.MoveTo(Device.Cuda(0));
            ShouldGive(rocket, expected);
            rocket.MoveTo(Device.Cpu);
        }

        ended.Cancel();
        Task.WaitAll(users);
        Held().ShouldBe(_before);
    }

    [Test]
    public void A_classifier_that_is_disposed_of_has_nothing_left()
    {
        SeriesSet set = SyntheticData.CylinderBellFunnel(6, 64, seed: 1);
        using (TimeSeriesClassifier classifier = TimeSeriesClassifier.Train(set, null, new ClassifierOptions { Features = 84 }).Classifier)
        {
            classifier.MoveTo(Device.Cuda(0));
            classifier.Predict(set);
            Held().ShouldNotBe(_before);
        }

        Held().ShouldBe(_before);
    }

    private static MiniRocket Fitted()
    {
        MiniRocket rocket = MiniRocket.Fit(Set, new MiniRocketOptions { Features = 168 });
        rocket.MoveTo(Device.Cpu);
        return rocket;
    }

    private static void ShouldGive(MiniRocket rocket, FeatureMatrix expected)
    {
        using FeatureMatrix features = rocket.Transform(Set);
        for (int i = 0; i < Set.Count; i++) features.Row(i).SequenceEqual(expected.Row(i)).ShouldBeTrue();
    }

    private static unsafe void ShouldGive(CudaMiniRocket gpu, FeatureMatrix expected)
    {
        float[] features = new float[Set.Count * expected.Columns];
        fixed (float* first = features) gpu.Transform(Set, 0, Set.Count, first);
        for (int i = 0; i < Set.Count; i++) features.AsSpan(i * expected.Columns, expected.Columns).SequenceEqual(expected.Row(i)).ShouldBeTrue();
    }

    private static string Held() => string.Join(
        ", ",
        ((EmulatorCount[])[EmulatorCount.DeviceAllocations, EmulatorCount.DeviceBytes, EmulatorCount.HostAllocations, EmulatorCount.Streams]).Select(c => $"{Emulator.Count(c)} {c}"));
}
