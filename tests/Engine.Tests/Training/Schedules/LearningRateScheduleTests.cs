using FastNets.Training;
using FastNets.Training.Optimizers;
using FastNets.Training.Schedules;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Training.TrainingCases;

namespace FastNets.Engine.Tests.Training.Schedules;

public sealed class LearningRateScheduleTests
{
    private const int StepsPerEpoch = 10;
    private const int Steps = 100;

    [Test]
    public void Step_decay_falls_every_few_epochs_or_steps()
    {
        var epochs = new StepDecay(3, 0.5);
        new[] { 0, 29, 30, 59, 60, 99 }.Select(s => Rate(epochs, s)).ShouldBe([0.8f, 0.8f, 0.4f, 0.4f, 0.2f, 0.1f]);
        var steps = new StepDecay(25, 0.5, ScheduleUnit.Steps);
        new[] { 0, 24, 25, 75 }.Select(s => Rate(steps, s)).ShouldBe([0.8f, 0.8f, 0.4f, 0.1f]);
    }

    [Test]
    public void Multi_step_decay_falls_at_its_milestones()
        => new[] { 0, 19, 20, 69, 70, 99 }.Select(s => Rate(new MultiStepDecay([2, 7], 0.5), s)).ShouldBe([0.8f, 0.8f, 0.4f, 0.4f, 0.2f, 0.2f]);

    [Test]
    public void Exponential_decay_falls_each_time()
    {
        Rate(new ExponentialDecay(0.5), 39).ShouldBe(0.1f);
        Rate(new ExponentialDecay(0.99, ScheduleUnit.Steps), 50).ShouldBe((float)(0.8 * Math.Pow(0.99, 50)), 1e-7f);
        Rate(new ConstantRate(), 50).ShouldBe(0.8f);
    }

    [Test]
    public void A_cosine_goes_from_the_rate_to_the_minimum()
    {
        var cosine = new CosineAnnealing(0.2);
        Rate(cosine, 0).ShouldBe(0.8f);
        Rate(cosine, 25).ShouldBe((float)(0.5 + (0.3 * Math.Sqrt(0.5))), 1e-6f);
        Rate(cosine, 50).ShouldBe(0.5f, 1e-6f);
        Rate(cosine, 99).ShouldBe(0.2f, 2e-4f);
        Rate(new CosineAnnealing(), 99).ShouldBeInRange(1e-5f, 1e-3f);
    }

    // fastai: SchedCos(max / 25, max) for a quarter, SchedCos(max, max / 1e5) for the rest; position = step / steps.
    [TestCase(0, 0.032, 0.95)]
    [TestCase(25, 0.8, 0.85)]
    [TestCase(10, 0.032 + (0.768 * 0.34549150281252629), 0.95 - (0.1 * 0.34549150281252629))]
    [TestCase(55, 8e-6 + ((0.8 - 8e-6) * 0.65450849718747371), 0.95 - (0.1 * 0.65450849718747371))]
    [TestCase(99, 8e-6 + ((0.8 - 8e-6) * 0.0004385849505708084), 0.95 - (0.1 * 0.0004385849505708084))]
    public void One_cycle_has_the_numbers_of_fastai(int step, double rate, double momentum)
    {
        var cycle = new OneCycle();
        ((double)Rate(cycle, step)).ShouldBe(rate, (1e-6 * rate) + 1e-8);
        ((double)cycle.Momentum(At(step))!.Value).ShouldBe(momentum, 1e-6);
    }

    // OneCycleLR(max_lr=0.8, total_steps=100): phases end at steps 29 and 99, the last rate is max / 25 / 1e4.
    [TestCase(0, 0.032)]
    [TestCase(29, 0.8)]
    [TestCase(64, (0.8 + 3.2e-6) / 2)]
    [TestCase(99, 3.2e-6)]
    public void One_cycle_can_have_the_numbers_of_PyTorch(int step, double rate) => ((double)Rate(OneCycle.PyTorch(), step)).ShouldBe(rate, 1e-6 * rate);

    [Test]
    public void One_cycle_of_a_single_step_runs_at_the_first_rate()
    {
        new OneCycle().Rate(0.01f, new TrainingProgress(0, 1, 1)).ShouldBe(4e-4f, 1e-9f);
        for (int steps = 1; steps < 12; steps++)
        {
            for (int s = 0; s < steps; s++) OneCycle.PyTorch().Rate(1, new TrainingProgress(s, steps, 1)).ShouldBeInRange(3.99e-6f, 1f);
        }
    }

    [Test]
    public void A_warm_up_grows_in_a_straight_line_and_then_hands_over()
    {
        var warmUp = new WarmUp(20, new CosineAnnealing(), startFactor: 0.25);
        new[] { 0, 10, 20 }.Select(s => Rate(warmUp, s)).ShouldBe([0.2f, 0.5f, 0.8f]);
        Rate(warmUp, 60).ShouldBe(0.4f, 1e-6f);
        new WarmUp(20, new StepDecay(3, 0.5)).Rate(0.8f, At(49)).ShouldBe(0.8f);
        new WarmUp(20, new StepDecay(3, 0.5)).Rate(0.8f, At(50)).ShouldBe(0.4f);
        new WarmUp(500).Rate(0.8f, At(99)).ShouldBeLessThan(0.8f);
    }

    [Test]
    public void A_rate_too_small_for_single_precision_stays_above_zero()
        => new ExponentialDecay(1e-10).Rate(0.1f, new TrainingProgress(50, 100, 1)).ShouldBe(float.Epsilon);

    [Test]
    public void Settings_and_places_out_of_range_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new StepDecay(0));
        Should.Throw<ArgumentOutOfRangeException>(() => new StepDecay(1, 1.1)).Message.ShouldContain("multiplies");
        Should.Throw<ArgumentException>(() => new MultiStepDecay([]));
        Should.Throw<ArgumentException>(() => new MultiStepDecay([3, 3])).Message.ShouldContain("3 comes after 3");
        Should.Throw<ArgumentOutOfRangeException>(() => new CosineAnnealing(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => new OneCycle(startFraction: 1));
        Should.Throw<ArgumentOutOfRangeException>(() => new OneCycle(division: 0.5));
        Should.Throw<ArgumentOutOfRangeException>(() => new WarmUp(0));
        Should.Throw<ArgumentOutOfRangeException>(() => Rate(new ConstantRate(), Steps)).Message.ShouldContain("0 to 99");
        Should.Throw<ArgumentOutOfRangeException>(() => Rate(new ConstantRate(), -1));
    }

    [Test]
    public void A_trainer_sets_rate_and_momentum_before_each_step_and_puts_them_back()
    {
        using var network = Softmax();
        var adam = new Adam(0.1f);
        var betas = new List<float>();
        var recorder = new Recorder { EachBatch = (c, _) => betas.Add(((Adam)c.Optimizer).Beta1) };
        var options = new TrainerOptions { Epochs = 4, BatchSize = 8, Schedule = new OneCycle(), Callbacks = [recorder] };
        TrainingHistory history = Trainer.Fit(network, Source(16), null, adam, options);
        recorder.Rates.ShouldBe(Enumerable.Range(0, 8).Select(s => new OneCycle().Rate(0.1f, new TrainingProgress(s, 8, 2))));
        betas.ShouldBe(Enumerable.Range(0, 8).Select(s => new OneCycle().Momentum(new TrainingProgress(s, 8, 2))!.Value));
        history.Epochs[0].LearningRate.ShouldBe(recorder.Rates[1]);
        recorder.Rates[0].ShouldBe(0.1f / 25, 1e-8f);
        adam.LearningRate.ShouldBe(0.1f);
        adam.Beta1.ShouldBe(0.9f);
    }

    [Test]
    public void An_optimizer_without_momentum_keeps_none()
    {
        using var network = Softmax();
        var sgd = new Sgd(0.1f);
        Trainer.Fit(network, Source(16), null, sgd, new TrainerOptions { Epochs = 2, BatchSize = 8, Schedule = new OneCycle() });
        sgd.Momentum.ShouldBe(0);
    }

    [Test]
    public void Training_that_goes_on_has_the_bits_of_training_in_one_go()
    {
        using var whole = Softmax();
        using var parts = Softmax();
        var options = new TrainerOptions { Epochs = 5, BatchSize = 8, AccumulationSteps = 2, Schedule = new WarmUp(3, new OneCycle()) };
        TrainingHistory expected = Trainer.Fit(whole, Source(40), null, new Adam(0.1f), options);
        var adam = new Adam(0.1f);
        var stopper = new Recorder { EachEpoch = (c, r) => { if (r.Epoch == 2) c.Stop("enough for today"); } };
        Trainer.Fit(parts, Source(40), null, adam, options with { Callbacks = [stopper] }).StopReason.ShouldBe("enough for today");
        TrainingHistory rest = Trainer.Fit(parts, Source(40), null, adam, options with { FirstEpoch = 3 });
        Weights(parts).ShouldBe(Weights(whole));
        rest.Epochs.Select(e => e.Epoch).ShouldBe([3, 4, 5]);
        rest.Epochs[^1].Loss.ShouldBe(expected.Epochs[^1].Loss);
        rest.Cancelled.ShouldBeFalse();
    }

    private static TrainingProgress At(long step) => new(step, Steps, StepsPerEpoch);

    private static float Rate(LearningRateSchedule schedule, long step) => schedule.Rate(0.8f, At(step));
}
