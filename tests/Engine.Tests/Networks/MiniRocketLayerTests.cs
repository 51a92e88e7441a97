using FastNets.Data;
using FastNets.Engine.Tests.Serialization;
using FastNets.Engine.Tests.Training;
using FastNets.Rocket;
using FastNets.Serialization;
using FastNets.Training;
using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Networks;

/// <summary>MiniRocket as a network's first layer.</summary>
public sealed class MiniRocketLayerTests
{
    private static readonly SeriesSet Train = SyntheticData.CylinderBellFunnel(10, 40, seed: 1);

    [Test]
    public void A_pass_before_fitting_is_refused()
    {
        using var network = new OnlineRocket();
        network.Rocket.IsFitted.ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => network.Predict(new float[40], new float[3])).Message.ShouldBe(
            "OnlineRocket: layer 'Rocket' was not fitted; call Rocket.Fit with the training series first.");
    }

    [Test]
    public void It_learns_from_the_features_of_the_transform()
    {
        using var network = new OnlineRocket(seed: 4, maxBatch: 30);
        network.Rocket.Fit(Train);
        MiniRocket transform = MiniRocket.Fit(Train, new MiniRocketOptions { Features = 168, MaxDilationsPerKernel = 4, Seed = 4 });
        network.Rocket.Transform.Parameters.Biases.ToArray().ShouldBe(transform.Parameters.Biases.ToArray());
        TrainingHistory history = Trainer.Fit(network, TrainingSource.FromSeries(Train), null, new Adam(0.01f), new TrainerOptions { Epochs = 20, BatchSize = 15 });
        history.Epochs[^1].Accuracy!.Value.ShouldBe(1.0);
    }

    [Test]
    public void What_was_fitted_is_saved_and_loaded()
    {
        using var folder = new TemporaryFolder();
        using var fitted = new OnlineRocket(seed: 4);
        fitted.Rocket.Fit(Train);
        NetworkFile.Save(fitted, folder.File("a"));
        using var loaded = new OnlineRocket(seed: 5);
        NetworkFile.Load(loaded, folder.File("a"));
        float[] expected = new float[3], actual = new float[3];
        fitted.Predict(Train.Series(0), expected);
        loaded.Predict(Train.Series(0), actual);
        actual.ShouldBe(expected);

        // And once more over another fit: the transform follows the parameters.
        loaded.Rocket.Fit(SyntheticData.CylinderBellFunnel(5, 40, seed: 9));
        loaded.Predict(Train.Series(0), actual);
        actual.ShouldNotBe(expected);
        NetworkFile.Load(loaded, folder.File("a"));
        loaded.Predict(Train.Series(0), actual);
        actual.ShouldBe(expected);
    }

    [Test]
    public void Damaged_parameters_are_refused_while_loading()
    {
        using var folder = new TemporaryFolder();
        using var network = new OnlineRocket(seed: 4);
        network.Rocket.Fit(Train);
        network.Parameters.Single(p => p.Name == "Rocket.dilations").Values[0] = 99;
        NetworkFile.Save(network, folder.File("a"));
        using var other = new OnlineRocket();
        Should.Throw<DataFormatException>(() => NetworkFile.Load(other, folder.File("a"))).Message.ShouldContain("what layer 'Rocket' was fitted is damaged. Dilation 99 does not fit series of length 40");
        other.Rocket.IsFitted.ShouldBeFalse();
    }

    [Test]
    public void Series_and_parameters_that_do_not_fit_are_refused()
    {
        using var network = new OnlineRocket();
        Should.Throw<DataFormatException>(() => network.Rocket.Fit(SyntheticData.CylinderBellFunnel(2, 50, seed: 1))).Message.ShouldContain("have 50 time steps, but layer 'Rocket' takes 40");
        MiniRocketParameters more = MiniRocket.Fit(Train, new MiniRocketOptions { Features = 252 }).Parameters;
        Should.Throw<ArgumentException>(() => network.Rocket.Set(more)).Message.ShouldContain("252 features");
        network.Rocket.Fit(Train);
        float[] missing = Train.Series(0).ToArray();
        missing[3] = float.NaN;
        Should.Throw<DataFormatException>(() => network.Predict(missing, new float[3])).Message.ShouldContain("position 3");
    }
}
