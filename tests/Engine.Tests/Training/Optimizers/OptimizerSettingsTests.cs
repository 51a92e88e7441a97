using FastNets.Tests.Shared.Reference;
using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Training.Optimizers.OptimizerCases;

namespace FastNets.Engine.Tests.Training.Optimizers;

public sealed class OptimizerSettingsTests
{
    [Test]
    public void An_averaged_momentum_is_the_summed_one_at_a_rate_times_one_minus_momentum()
    {
        using Penalised averaged = Network();
        using Penalised summed = Network();
        (float[] x, int[] labels) = Batch(16);
        Sgd average = Sgd.Averaged(0.5f, 0.75f);
        var sum = new Sgd(0.125f, 0.75f);
        for (int i = 0; i < 10; i++)
        {
            averaged.TrainStep(x, labels, average);
            summed.TrainStep(x, labels, sum);
        }

        for (int p = 0; p < averaged.Parameters.Count; p++)
            Close.ShouldBeCloseTo(averaged.Parameters[p].Values, Array.ConvertAll(summed.Parameters[p].Values.ToArray(), v => (double)v), 1e-5, 1e-6, averaged.Parameters[p].Name);
    }

    [Test]
    public void Dampening_alone_takes_the_first_gradient_whole_and_a_zero_start_does_not()
    {
        (float[] x, int[] labels) = Batch(16);
        using Penalised whole = Network();
        using Penalised part = Network();
        double[][] g = Gradients(whole, x, labels);
        float before = whole.Parameters[0].Values[0];
        whole.TrainStep(x, labels, new Sgd(0.1f, 0.9f, dampening: 0.9f));
        part.TrainStep(x, labels, Sgd.Averaged(0.1f, 0.9f));
        ((double)whole.Parameters[0].Values[0]).ShouldBe(before - (0.1 * g[0][0]), 1e-6);
        ((double)part.Parameters[0].Values[0]).ShouldBe(before - (0.1 * 0.1 * g[0][0]), 1e-6);
    }

    [Test]
    public void Adam_is_corrected_for_its_start_from_zero_by_either_form([Values] bool epsilonHat)
    {
        const double Epsilon = 0.01;
        (float[] x, int[] labels) = Batch(16);
        using Penalised network = Network();
        var adam = new Adam(0.001f, 0.9f, 0.999f, (float)Epsilon, epsilonHat: epsilonHat);
        double w = network.Parameters[0].Values[4], m = 0, v = 0;
        for (int t = 1; t <= 100; t++)
        {
            double g = Gradients(network, x, labels)[0][4];
            network.TrainStep(x, labels, adam);
            m = (0.9 * m) + (0.1 * g);
            v = (0.999 * v) + (0.001 * g * g);
            (double one, double two) = (1 - Math.Pow(0.9, t), 1 - Math.Pow(0.999, t));
            w -= epsilonHat ? 0.001 * Math.Sqrt(two) / one * m / (Math.Sqrt(v) + Epsilon) : 0.001 * (m / one) / (Math.Sqrt(v / two) + Epsilon);
            ((double)network.Parameters[0].Values[4]).ShouldBe(w, 1e-6 * t);
        }
    }

    [Test]
    public void The_corrected_rate_at_step_100_is_the_known_one()
        => (0.001 * Math.Sqrt(1 - Math.Pow(0.999, 100)) / (1 - Math.Pow(0.9, 100))).ShouldBe(3.0857e-4, 1e-8);

    [Test]
    public void Another_optimizer_object_starts_anew()
    {
        (float[] x, int[] labels) = Batch(16);
        using Penalised network = Network();
        float[][] start = Weights(network);
        var first = new RmsProp(momentum: 0.5f, centered: true);
        network.TrainStep(x, labels, first);
        float[][] once = Weights(network);
        for (int p = 0; p < start.Length; p++) start[p].CopyTo(network.Parameters[p].Values);
        network.TrainStep(x, labels, new RmsProp(momentum: 0.5f, centered: true));
        Weights(network).ShouldBe(once);
        for (int p = 0; p < start.Length; p++) start[p].CopyTo(network.Parameters[p].Values);
        network.TrainStep(x, labels, first);
        Weights(network).ShouldBe(once);
    }

    [Test]
    public void Descriptions_state_every_setting()
    {
        new Sgd().Description.ShouldBe("sgd(lr 0.01, momentum 0, dampening 0, weight decay 0)");
        Sgd.Averaged().Description.ShouldBe("sgd(lr 0.1, momentum 0.9, dampening 0.9, zero start, weight decay 0)");
        new Sgd(0.1f, 0.9f, nesterov: true, weightDecay: 0.1f, decoupledDecay: true).Description.ShouldBe("sgdw(lr 0.1, momentum 0.9, nesterov, dampening 0, weight decay 0.1)");
        new Adam { Clipping = GradientClipping.ByGlobalNorm(1.5f) }.Description.ShouldBe("adam(lr 0.001, betas 0.9 and 0.999, epsilon 1E-08, weight decay 0, clipping global norm 1.5)");
        new AdamW(amsGrad: true, epsilonHat: true) { Groups = [ParameterGroup.NoDecayOnBiasesAndNorms(), ParameterGroup.Frozen(_ => false)] }.Description.ShouldBe(
            "adamw(lr 0.001, betas 0.9 and 0.999, epsilon-hat 1E-08, weight decay 0.01, amsgrad, groups [biases and norms: lr x 1, weight decay x 0; frozen: lr x 0, weight decay x 1])");
        new RmsProp(momentum: 0.9f, centered: true).Description.ShouldBe("rmsprop(lr 0.01, alpha 0.99, epsilon 1E-08, momentum 0.9, centered, weight decay 0)");
    }

    [Test]
    public void Momentum_moves_between_steps_within_its_range()
    {
        var sgd = new Sgd(momentum: 0.9f) { Momentum = 0.8f };
        sgd.Momentum.ShouldBe(0.8f);
        sgd.Dampening.ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => sgd.Momentum = 1);
        Should.Throw<ArgumentOutOfRangeException>(() => sgd.Momentum = 0).Message.ShouldContain("make another optimizer");
        Should.Throw<ArgumentOutOfRangeException>(() => new Sgd().Momentum = 0.9f).Message.ShouldContain("without momentum");
        Sgd averaged = Sgd.Averaged();
        averaged.Momentum = 0.7f;
        averaged.Dampening.ShouldBe(0.7f);
        var adam = new Adam { Beta1 = 0.85f };
        adam.Beta1.ShouldBe(0.85f);
        Should.Throw<ArgumentOutOfRangeException>(() => adam.Beta1 = -0.1f);
        Should.Throw<ArgumentOutOfRangeException>(() => new RmsProp().Momentum = 0.5f);
    }

    [Test]
    public void Settings_out_of_range_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new RmsProp(alpha: 1));
        Should.Throw<ArgumentOutOfRangeException>(() => new RmsProp(epsilon: 0));
        Should.Throw<ArgumentOutOfRangeException>(() => new RmsProp(weightDecay: -1));
        Should.Throw<ArgumentOutOfRangeException>(() => new Sgd(momentum: 1));
        Should.Throw<ArgumentException>(() => new Sgd(nesterov: true));
        Should.Throw<ArgumentOutOfRangeException>(() => new Adam(beta2: float.NaN));
        Should.Throw<ArgumentOutOfRangeException>(() => new Adam(learningRate: 0));
        Should.Throw<ArgumentNullException>(() => new Adam { Groups = [null!] });
    }
}
