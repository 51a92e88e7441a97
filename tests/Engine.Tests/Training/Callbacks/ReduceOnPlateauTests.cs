using FastNets.Training;
using FastNets.Training.Callbacks;
using FastNets.Training.Optimizers;
using FastNets.Training.Schedules;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Training.Callbacks.CallbackCases;
using static FastNets.Engine.Tests.Training.TrainingCases;

namespace FastNets.Engine.Tests.Training.Callbacks;

public sealed class ReduceOnPlateauTests
{
    [Test]
    public void The_rate_falls_after_more_than_patience_epochs_without_a_gain()
        => Tell(new ReduceOnPlateau(factor: 0.5f, patience: 1), 0.8f, 3, 2, 2, 2, 1, 1, 1).Rates.ShouldBe([0.8f, 0.8f, 0.8f, 0.4f, 0.4f, 0.4f, 0.2f]);

    [Test]
    public void Accuracy_must_grow()
        => Tell(new ReduceOnPlateau(MonitoredFigure.ValidationAccuracy, 0.5f, patience: 0), 0.8f, 0.5, 0.6, 0.6, 0.7, 0.1).Rates.ShouldBe([0.8f, 0.8f, 0.4f, 0.4f, 0.2f]);

    [Test]
    public void A_gain_below_the_threshold_does_not_count()
        => Tell(new ReduceOnPlateau(factor: 0.5f, patience: 0, threshold: 0.1), 0.8f, 1, 0.95, 0.85, 0.84).Rates.ShouldBe([0.8f, 0.4f, 0.4f, 0.2f]);

    [Test]
    public void Epochs_of_cooling_down_do_not_count()
        => Tell(new ReduceOnPlateau(factor: 0.5f, patience: 0, cooldown: 2), 0.8f, 1, 1, 1, 1, 1, 1).Rates.ShouldBe([0.8f, 0.4f, 0.4f, 0.4f, 0.2f, 0.2f]);

    [Test]
    public void The_rate_does_not_fall_below_the_minimum_nor_grow_to_it()
    {
        Tell(new ReduceOnPlateau(factor: 0.5f, patience: 0, minimum: 0.3f), 0.8f, 1, 1, 1, 1).Rates.ShouldBe([0.8f, 0.4f, 0.3f, 0.3f]);
        Tell(new ReduceOnPlateau(factor: 0.5f, patience: 0, minimum: 0.3f), 0.1f, 1, 1).Rates.ShouldBe([0.1f, 0.1f]);
    }

    [TestCase(1f)]
    [TestCase(2f)]
    [TestCase(10f)]
    [TestCase(0f)]
    [TestCase(-0.5f)]
    [TestCase(float.NaN)]
    public void A_factor_that_does_not_make_the_rate_smaller_is_refused(float factor)
        => Should.Throw<ArgumentOutOfRangeException>(() => new ReduceOnPlateau(factor: factor)).Message.ShouldContain("multiplied by: above 0 and below 1");

    [Test]
    public void Settings_out_of_range_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new ReduceOnPlateau(patience: -1));
        Should.Throw<ArgumentOutOfRangeException>(() => new ReduceOnPlateau(threshold: 1));
        Should.Throw<ArgumentOutOfRangeException>(() => new ReduceOnPlateau(cooldown: -1));
        Should.Throw<ArgumentOutOfRangeException>(() => new ReduceOnPlateau(minimum: -1));
        Should.Throw<ArgumentOutOfRangeException>(() => new ReduceOnPlateau((MonitoredFigure)9));
    }

    [Test]
    public void Together_with_a_schedule_it_is_refused()
    {
        using var network = Softmax();
        var options = new TrainerOptions { Schedule = new CosineAnnealing(), Callbacks = [new ReduceOnPlateau()] };
        Should.Throw<ArgumentException>(() => Trainer.Fit(network, Source(20), Source(20), new Adam(), options)).Message.ShouldContain("no effect");
    }

    [Test]
    public void Without_the_figure_it_is_refused_before_any_step()
    {
        using var network = Softmax();
        Should.Throw<ArgumentException>(() => Trainer.Fit(network, Source(20), null, new Adam(), new TrainerOptions { Callbacks = [new ReduceOnPlateau()] }))
            .Message.ShouldContain("there are no validation samples");
        network.Steps.ShouldBe(0);
    }
}
