using FastNets.Data;
using FastNets.Generators.Tests.Harness;
using FastNets.Rocket;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Generators.Tests.Running;

/// <summary>A network whose first layer is a transform that is fitted, not trained.</summary>
public class MiniRocketNetworkTests
{
    private const int Length = 24;

    [Test]
    public void Features_are_the_transforms_and_an_unfitted_layer_is_refused()
    {
        using var program = new LoadedProgram(Verify.Clean(Networks.Declare(
            $"Length = {Length}, Loss = Loss.MeanSquaredError", "Features = 168, MaxDilations = 4 -> MiniRocketLayer Rocket", "Activation = Activation.Linear -> ActivationLayer Same")));
        using Network net = program.New("Net", 5UL, 8);
        SeriesSet series = SyntheticData.CylinderBellFunnel(4, Length, 3);
        float[] x = [.. Enumerable.Range(0, 8).SelectMany(i => series.Channel(i, 0).ToArray())];
        float[] features = new float[8 * 168];
        Should.Throw<InvalidOperationException>(() => net.Predict(x, features)).Message.ShouldContain("Rocket.Fit");

        var layer = (MiniRocketLayer)net.Layers[0];
        layer.Fit(series);
        layer.IsFitted.ShouldBeTrue();
        net.Predict(x, features);
        MiniRocket transform = MiniRocket.Fit(series, new MiniRocketOptions { Features = 168, MaxDilationsPerKernel = 4, Seed = 5 });
        for (int i = 0; i < 8; i++)
        {
            float[] expected = new float[168];
            transform.Transform(series.Channel(i, 0), expected);
            features.AsSpan(i * 168, 168).ToArray().ShouldBe(expected);
        }
    }
}
