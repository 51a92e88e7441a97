using FastNets.Memory;
using FastNets.Training;
using FastNets.Training.Callbacks;
using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Training.Callbacks.CallbackCases;
using static FastNets.Engine.Tests.Training.TrainingCases;

namespace FastNets.Engine.Tests.Training.Callbacks;

public sealed class EarlyStoppingTests
{
    [Test]
    public void It_stops_after_patience_epochs_without_a_gain()
    {
        var stopping = new EarlyStopping(patience: 2);
        (List<float> rates, string? reason) = Tell(stopping, 0.1f, 3, 2, 2.5, 1, 1, 1.5, 0.1);
        rates.Count.ShouldBe(6);
        (stopping.Best, stopping.BestEpoch).ShouldBe((1, 4));
        reason.ShouldBe("ValidationLoss 1.5 in epoch 6: no better than ValidationLoss 1 of epoch 4 for 2 epochs");
    }

    [Test]
    public void A_gain_must_be_above_the_smallest_that_counts()
    {
        var stopping = new EarlyStopping(MonitoredFigure.TrainingAccuracy, patience: 2, minDelta: 0.125);
        Tell(stopping, 0.1f, 0.5, 0.6, 0.625, 0.9).Rates.Count.ShouldBe(3);
        stopping.BestEpoch.ShouldBe(1);
    }

    [Test]
    public void The_best_weights_and_statistics_come_back_bit_by_bit([Values] bool restoreBest)
    {
        using var network = Normalized();
        var weights = new List<float[]>();
        var recorder = new Recorder { EachEpoch = (_, _) => weights.Add(Weights(network)) };
        var stopping = new EarlyStopping(MonitoredFigure.ValidationLoss, patience: 3, restoreBest: restoreBest);

        // A rate at which the loss soon rises again.
        TrainingHistory history = Trainer.Fit(
            network, Source(30), Source(30, seed: 9), new Adam(0.2f), new TrainerOptions { Epochs = 200, BatchSize = 8, Callbacks = [recorder, stopping] });
        history.StopReason.ShouldNotBeNull();
        history.Cancelled.ShouldBeFalse();
        history.Epochs.Count.ShouldBe(stopping.BestEpoch + 3);
        history.Epochs.MinBy(e => e.ValidationLoss)!.Epoch.ShouldBe(stopping.BestEpoch);
        Weights(network).ShouldBe(weights[restoreBest ? stopping.BestEpoch - 1 : ^1]);
        if (restoreBest) Trainer.Evaluate(network, Source(30, seed: 9)).Loss.ShouldBe(stopping.Best, 1e-6);
    }

    [Test]
    public void The_best_weights_come_back_after_divergence_too()
    {
        (FeatureMatrix x, _) = Clouds(20);
        var targets = new FeatureMatrix(20, 1);
        using var network = new Regression(Features, seed: 1);
        float[] best = [];
        var recorder = new Recorder { EachEpoch = (c, _) => best = best.Length == 0 ? Weights(c.Network) : best };
        var stopping = new EarlyStopping(MonitoredFigure.TrainingLoss, patience: 50);
        var options = new TrainerOptions { BatchSize = 20, Epochs = 50, Callbacks = [stopping, recorder] };
        Should.Throw<TrainingDivergedException>(() => Trainer.Fit(network, TrainingSource.FromFeatures(x, targets), null, new Sgd(1e10f), options));
        stopping.BestEpoch.ShouldBe(1);
        Weights(network).ShouldBe(best);
        (recorder.Begun, recorder.Ended).ShouldBe((1, 1));
    }

    [Test]
    public void A_figure_that_is_not_measured_is_refused()
    {
        using var network = new Regression(Features);
        (FeatureMatrix x, _) = Clouds(20);
        var source = TrainingSource.FromFeatures(x, new FeatureMatrix(20, 1));
        Should.Throw<ArgumentException>(() => Trainer.Fit(network, source, source, new Adam(), new TrainerOptions { Callbacks = [new EarlyStopping(MonitoredFigure.ValidationAccuracy)] }))
            .Message.ShouldContain("has no accuracy");
        Should.Throw<ArgumentException>(() => Trainer.Fit(network, source, null, new Adam(), new TrainerOptions { Callbacks = [new EarlyStopping()] }))
            .Message.ShouldContain("give some to the trainer, or look at TrainingLoss");
        Should.Throw<ArgumentOutOfRangeException>(() => new EarlyStopping(patience: 0));
        Should.Throw<ArgumentOutOfRangeException>(() => new EarlyStopping(minDelta: -1));
    }

    [Test]
    public void A_callback_can_stop_within_an_epoch()
    {
        using var network = Softmax();
        var recorder = new Recorder { EachBatch = (c, b) => { if (b is { Epoch: 2, Batch: 2 }) c.Stop("seen enough"); } };
        TrainingHistory history = Trainer.Fit(network, Source(24), null, new Adam(), new TrainerOptions { Epochs = 5, BatchSize = 8, Callbacks = [recorder] });
        (history.Steps, history.Epochs.Count, history.StopReason, history.Cancelled).ShouldBe((5, 1, "seen enough", false));
        recorder.Ended.ShouldBe(1);
    }

    [Test]
    public void Options_without_sense_are_refused()
    {
        using var network = Softmax();
        void Refused(TrainerOptions options, string text) => Should.Throw<ArgumentException>(() => Trainer.Fit(network, Source(24), null, new Adam(), options)).Message.ShouldContain(text);
        Refused(new TrainerOptions { AccumulationSteps = 0 }, "AccumulationSteps");
        Refused(new TrainerOptions { FirstEpoch = 0 }, "FirstEpoch must be from 1 to 10");
        Refused(new TrainerOptions { FirstEpoch = 11 }, "FirstEpoch must be from 1 to 10");
        Refused(new TrainerOptions { Callbacks = null! }, "leave the list empty");
        Refused(new TrainerOptions { Callbacks = [null!] }, "null");
    }
}
