using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Training.Optimizers.OptimizerCases;

namespace FastNets.Engine.Tests.Training.Optimizers;

public sealed class ParameterGroupTests
{
    private static IEnumerable<Func<GradientClipping, ParameterGroup[], Optimizer>> AllRules => Rules;

    [TestCaseSource(nameof(AllRules))]
    public void Frozen_parameters_are_not_touched(Func<GradientClipping, ParameterGroup[], Optimizer> rule)
    {
        (float[] x, int[] labels) = Batch(16);
        using Penalised network = Network();
        Optimizer optimizer = rule(GradientClipping.ByGlobalNorm(0.1f), [ParameterGroup.Frozen(p => p.Name.StartsWith("Hidden", StringComparison.Ordinal))]);
        float[][] before = Weights(network);
        StepResult result = default;
        for (int i = 0; i < 3; i++) result = network.TrainStep(x, labels, optimizer);
        float[][] after = Weights(network);
        for (int p = 0; p < before.Length; p++)
        {
            if (network.Parameters[p].Name.StartsWith("Hidden", StringComparison.Ordinal)) after[p].ShouldBe(before[p]);
            else after[p].ShouldNotBe(before[p]);
        }

        // The penalties are the frozen layer's.
        result.Penalty.ShouldBe(0);
        network.Penalty.ShouldBeGreaterThan(0);
    }

    [Test]
    public void The_norm_is_of_what_moves()
    {
        (float[] x, int[] labels) = Batch(16);
        using Penalised network = Network();
        double[][] g = Gradients(network, x, labels);
        double expected = Norm(g.Where((_, p) => network.Parameters[p].Shape.Count == 1).SelectMany(v => v));
        network.TrainStep(x, labels, new Sgd { Clipping = GradientClipping.ByGlobalNorm(9), Groups = [ParameterGroup.Frozen(p => p.Shape.Count > 1)] })
            .GradientNorm.ShouldBe((float)expected, (float)expected * 1e-5f);
    }

    [Test]
    public void Factors_change_rate_and_decay_of_their_parameters_alone()
    {
        (float[] x, int[] labels) = Batch(16);
        using Penalised network = Network();
        foreach (Parameter parameter in network.Parameters) if (parameter.Shape.Count == 1) parameter.Values.Fill(0.5f);
        double[][] g = Gradients(network, x, labels);
        float[][] before = Weights(network);
        var slow = new ParameterGroup("scores", p => p.Name == "Scores.kernel", learningRateFactor: 0.5f, weightDecayFactor: 2);
        network.TrainStep(x, labels, new Sgd(0.1f, weightDecay: 0.2f) { Groups = [ParameterGroup.NoDecayOnBiasesAndNorms(), slow] });
        float[][] after = Weights(network);
        for (int p = 0; p < before.Length; p++)
        {
            Parameter parameter = network.Parameters[p];
            double decay = parameter.Shape.Count == 1 ? 0 : parameter.Name == "Scores.kernel" ? 0.4 : 0.2;
            double rate = parameter.Name == "Scores.kernel" ? 0.05 : 0.1;
            for (int i = 0; i < before[p].Length; i++) ((double)after[p][i]).ShouldBe(before[p][i] - (rate * (g[p][i] + (decay * before[p][i]))), 1e-6);
        }
    }

    [Test]
    public void The_first_group_that_a_parameter_belongs_to_counts()
    {
        (float[] x, int[] labels) = Batch(16);
        using Penalised network = Network();
        using Penalised plain = Network();
        network.TrainStep(x, labels, new Sgd(0.1f) { Groups = [new("all", _ => true), ParameterGroup.Frozen(_ => true)] });
        plain.TrainStep(x, labels, new Sgd(0.1f));
        Weights(network).ShouldBe(Weights(plain));
    }

    [Test]
    public void Groups_without_a_difference_change_no_bit()
    {
        (float[] x, int[] labels) = Batch(16);
        using Penalised apart = Network();
        using Penalised joined = Network();
        for (int i = 0; i < 3; i++)
        {
            // A norm for each tensor keeps them apart.
            apart.TrainStep(x, labels, Apart);
            joined.TrainStep(x, labels, Joined);
        }

        Weights(apart).ShouldBe(Weights(joined));
    }

    private static readonly Optimizer Apart = new Adam { Clipping = GradientClipping.ByTensorNorm(1e9f) };
    private static readonly Optimizer Joined = new Adam { Clipping = GradientClipping.ByGlobalNorm(1e9f) };

    [Test]
    public void All_parameters_frozen_is_a_step_without_change()
    {
        (float[] x, int[] labels) = Batch(16);
        using Penalised network = Network();
        float[][] before = Weights(network);
        network.TrainStep(x, labels, new Adam { Clipping = GradientClipping.ByGlobalNorm(1), Groups = [ParameterGroup.Frozen(_ => true)] }).GradientNorm.ShouldBe(0);
        Weights(network).ShouldBe(before);
    }

    [TestCase(-0.1f)]
    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    public void Factors_that_are_negative_or_infinite_are_refused(float factor)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new ParameterGroup("g", _ => true, learningRateFactor: factor)).Message.ShouldContain("0 or more");
        Should.Throw<ArgumentOutOfRangeException>(() => new ParameterGroup("g", _ => true, weightDecayFactor: factor));
    }
}
