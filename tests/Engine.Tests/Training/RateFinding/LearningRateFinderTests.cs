using FastNets.Memory;
using FastNets.Training;
using FastNets.Training.Optimizers;
using FastNets.Training.RateFinding;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Training.TrainingCases;

namespace FastNets.Engine.Tests.Training.RateFinding;

public sealed class LearningRateFinderTests
{
    private static IEnumerable<Func<Optimizer>> Rules()
    {
        yield return () => new Adam(0.02f) { Clipping = GradientClipping.ByTensorNorm(1) };
        yield return () => new Sgd(0.02f, 0.9f);
        yield return () => new Sgd(0.02f);
    }

    [TestCaseSource(nameof(Rules))]
    public void Afterwards_everything_is_as_before_bit_by_bit(Func<Optimizer> rule)
    {
        using var searched = Normalized();
        using var plain = Normalized();
        Optimizer one = rule(), two = rule();
        var options = new TrainerOptions { Epochs = 2, BatchSize = 8 };
        Trainer.Fit(searched, Source(40), null, one, options);
        Trainer.Fit(plain, Source(40), null, two, options);
        float[] gradients = [.. searched.Parameters.SelectMany(p => p.Gradient.ToArray())];

        LearningRateFinder.Run(searched, Source(40), one);
        LearningRateFinder.Run(searched, Source(40), new RmsProp(momentum: 0.5f, centered: true), new LearningRateFinderOptions { Steps = 30, BatchSize = 16 });
        Weights(searched).ShouldBe(Weights(plain));
        searched.Steps.ShouldBe(plain.Steps);
        searched.Parameters.SelectMany(p => p.Gradient.ToArray()).ShouldBe(gradients);
        one.LearningRate.ShouldBe(0.02f);

        // The moments and dropout's counter too: training goes on the same way.
        Trainer.Fit(searched, Source(40), null, one, options);
        Trainer.Fit(plain, Source(40), null, two, options);
        Weights(searched).ShouldBe(Weights(plain));
    }

    [Test]
    public void Rates_grow_evenly_in_logarithm_and_the_sweep_ends_where_the_loss_diverges()
    {
        (FeatureMatrix x, _) = Clouds(64);
        var targets = new FeatureMatrix(64, 1);
        for (int i = 0; i < 64; i++) targets.Row(i)[0] = (2 * x.Row(i)[0]) - x.Row(i)[3] + 3f;
        using var network = new Regression(Features, seed: 2);
        LearningRateCurve curve = LearningRateFinder.Run(
            network, TrainingSource.FromFeatures(x, targets), new Sgd(), new LearningRateFinderOptions { StartRate = 1e-5, EndRate = 100, Steps = 71, BatchSize = 16, Smoothing = 0.9 });
        curve.Diverged.ShouldBeTrue();
        curve.Points.Count.ShouldBeInRange(20, 70);
        for (int i = 0; i < curve.Points.Count; i++) ((double)curve.Points[i].Rate).ShouldBe(Math.Pow(10, -5 + (i / 10.0)), 1e-5 * curve.Points[i].Rate);
        curve.Points[0].SmoothedLoss.ShouldBe(curve.Points[0].Loss, 1e-6);

        // A squared loss of inputs around 1 diverges above some tenths; the fall is before.
        curve.Steepest!.Value.ShouldBeInRange(1e-3f, 0.3f);
        curve.TenthOfMinimum!.Value.ShouldBeInRange(1e-3f, 0.1f);
    }

    [Test]
    public void The_same_seed_gives_the_same_curve_and_a_found_rate_trains()
    {
        using var network = Softmax();
        LearningRateCurve first = LearningRateFinder.Run(network, Source(120), new Adam());
        LearningRateFinder.Run(network, Source(120), new Adam()).Points.ShouldBe(first.Points);
        TrainingHistory history = Trainer.Fit(network, Source(120), null, new Adam(first.TenthOfMinimum!.Value), new TrainerOptions { Epochs = 20, BatchSize = 16 });
        history.Epochs[^1].Accuracy!.Value.ShouldBeGreaterThan(0.9);
    }

    [Test]
    public void A_first_loss_that_is_no_number_is_an_error_and_leaves_the_network_as_it_was()
    {
        (FeatureMatrix x, int[] labels) = Clouds(8);
        for (int i = 0; i < 8; i++) x.Row(i)[0] = float.NaN;
        using var network = Softmax();
        float[] before = Weights(network);
        Should.Throw<TrainingDivergedException>(() => LearningRateFinder.Run(network, TrainingSource.FromFeatures(x, labels), new Adam()));
        Weights(network).ShouldBe(before);
        network.Steps.ShouldBe(0);
    }

    [Test]
    public void Options_without_sense_are_refused()
    {
        using var network = Softmax();
        void Refused(LearningRateFinderOptions options, string text) => Should.Throw<ArgumentException>(() => LearningRateFinder.Run(network, Source(9), new Adam(), options)).Message.ShouldContain(text);
        Refused(new LearningRateFinderOptions { StartRate = 0 }, "StartRate");
        Refused(new LearningRateFinderOptions { StartRate = 1, EndRate = 0.5 }, "not from 1 to 0.5");
        Refused(new LearningRateFinderOptions { Steps = 1 }, "Steps");
        Refused(new LearningRateFinderOptions { BatchSize = 0 }, "BatchSize");
        Refused(new LearningRateFinderOptions { Smoothing = 1 }, "Smoothing");
        Refused(new LearningRateFinderOptions { DivergenceFactor = 1 }, "DivergenceFactor");
        Should.Throw<ArgumentException>(() => LearningRateFinder.Run(network, Source(0), new Adam())).Message.ShouldContain("there are no samples");
    }
}
