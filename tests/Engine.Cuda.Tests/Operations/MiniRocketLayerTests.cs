using FastNets.Backends;
using FastNets.Data;
using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Engine.Cuda.Tests.Rocket;
using FastNets.Rocket;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Cuda.Tests.Operations;

/// <summary>MiniRocket as a layer of a network.</summary>
public sealed class MiniRocketLayerTests
{
    [Test]
    public void Features_are_the_processors([Values(1, 3)] int channels, [Values(1, 40)] int batch, [Values(Arena.Input, Arena.Activations)] Arena arena, [Values] bool pads)
    {
        SeriesSet set = GpuSeries.RandomWalks(batch, channels, 33);
        MiniRocket transform = MiniRocket.Fit(set, new MiniRocketOptions { Features = 84 * 11, AlwaysPads = pads });
        using var pair = new BackendPair();
        Slot x = pair.Take(arena, set.Values.ToArray(), "x");
        Slot y = pair.Output(Arena.Activations, batch * transform.FeatureCount, "y");
        pair.Run(new Layer(x, transform, y, batch, channels * 33, transform.FeatureCount), 0, PassKind.Inference);

        // Again, though not recorded.
        pair.Run(new Layer(x, transform, y, batch, channels * 33, transform.FeatureCount), 0, PassKind.Inference);
        pair.Gpu.Recordings.ShouldBe(0);
    }

    [Test]
    public void A_missing_value_is_refused([Values(Arena.Input, Arena.Activations)] Arena arena, [Values(float.NaN, float.PositiveInfinity)] float value)
    {
        SeriesSet set = GpuSeries.RandomWalks(3, 1, 20);
        MiniRocket transform = MiniRocket.Fit(set, new MiniRocketOptions { Features = 84 });
        using var pair = new BackendPair();
        float[] values = set.Values.ToArray();
        values[20 + 7] = value;
        Slot x = pair.Take(arena, values, "x");
        Slot y = pair.Output(Arena.Activations, 3 * 84, "y");
        Should.Throw<DataFormatException>(() => pair.RunOnGpu(new Layer(x, transform, y, 3, 20, 84))).Message.ShouldContain("position 7");
        pair.Cuda(y)[0].ShouldBe(-12345.5f);
    }

    [Test]
    public void Series_of_another_length_are_refused()
    {
        MiniRocket transform = MiniRocket.Fit(GpuSeries.RandomWalks(3, 1, 20), new MiniRocketOptions { Features = 84 });
        using var pair = new BackendPair();
        Slot x = pair.Normal(Arena.Input, 3 * 21, "x");
        Slot y = pair.Output(Arena.Activations, 3 * 84, "y");
        Should.Throw<ArgumentException>(() => pair.RunOnGpu(new Layer(x, transform, y, 3, 21, 84))).Message.ShouldContain("21 time steps");
    }

    private readonly struct Layer(Slot x, MiniRocket transform, Slot y, int batch, int length, int features) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend => backend.MiniRocket(x, transform, y, batch, length, features);
    }
}
