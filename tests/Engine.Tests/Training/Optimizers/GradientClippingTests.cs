using FastNets.Tests.Shared.Reference;
using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Training.Optimizers.OptimizerCases;

namespace FastNets.Engine.Tests.Training.Optimizers;

public sealed class GradientClippingTests
{
    // w - g / 4 keeps six digits of g.
    private const float Rate = 0.25f;

    [Test]
    public void A_global_norm_above_the_maximum_scales_loss_and_penalty_together()
    {
        (float[] x, int[] labels) = Batch(16);
        using Penalised network = Network();
        double[][] g = Gradients(network, x, labels);
        double norm = Norm(g.SelectMany(v => v));
        float maximum = (float)norm / 3;
        Step(network, GradientClipping.ByGlobalNorm(maximum), g, (v, _) => v * maximum / (norm + 1e-6)).GradientNorm.ShouldBe((float)norm, (float)norm * 1e-5f);
    }

    [Test]
    public void A_tensor_norm_scales_each_tensor_that_is_above_the_maximum()
    {
        (float[] x, int[] labels) = Batch(16);
        using Penalised network = Network();
        double[][] g = Gradients(network, x, labels);
        double[] norms = [.. g.Select(Norm)];
        float maximum = (float)norms.Order().ElementAt(norms.Length / 2) * 0.99f;
        StepResult result = Step(network, GradientClipping.ByTensorNorm(maximum), g, (v, p) => norms[p] > maximum ? v * maximum / (norms[p] + 1e-6) : v);
        result.GradientNorm.ShouldBe((float)Norm(g.SelectMany(v => v)), 1e-5f);
        norms.Count(n => n > maximum).ShouldBeInRange(1, norms.Length - 1);
    }

    [Test]
    public void A_value_limits_each_element()
    {
        (float[] x, int[] labels) = Batch(16);
        using Penalised network = Network();
        double[][] g = Gradients(network, x, labels);
        const float Maximum = 0.02f;
        g.SelectMany(v => v).Count(v => Math.Abs(v) > Maximum).ShouldBeGreaterThan(5);
        float.IsNaN(Step(network, GradientClipping.ByValue(Maximum), g, (v, _) => Math.Clamp(v, -Maximum, Maximum)).GradientNorm).ShouldBeTrue();
    }

    [Test]
    public void A_norm_at_the_maximum_or_below_changes_no_bit([Values(1f, 1.5f)] float times)
    {
        (float[] x, int[] labels) = Batch(16);
        using Penalised measured = Network();
        float norm = measured.TrainStep(x, labels, new Sgd(Rate) { Clipping = GradientClipping.ByGlobalNorm(1e6f) }).GradientNorm;
        using Penalised clipped = Network();
        clipped.TrainStep(x, labels, new Sgd(Rate) { Clipping = GradientClipping.ByGlobalNorm(norm * times) });
        using Penalised plain = Network();
        plain.TrainStep(x, labels, new Sgd(Rate));
        Weights(clipped).ShouldBe(Weights(plain));
        using Penalised tighter = Network();
        tighter.TrainStep(x, labels, new Sgd(Rate) { Clipping = GradientClipping.ByGlobalNorm(norm * 0.999f) });
        Weights(tighter).ShouldNotBe(Weights(plain));
    }

    [Test]
    public void A_gradient_of_zero_stays_zero([Values] GradientClippingKind kind)
    {
        // Zero inputs and weights: no gradient but the bias of the scores', and that is 0 with a target of thirds.
        using Penalised network = Network();
        foreach (Parameter parameter in network.Parameters) parameter.Values.Clear();
        float[] thirds = [.. Enumerable.Repeat(1f / 3, 12)];
        StepResult result = network.TrainStep(new float[28], thirds, new Sgd(Rate) { Clipping = Clipping(kind, 1) });
        network.Parameters.SelectMany(p => p.Values.ToArray()).ShouldAllBe(w => Math.Abs(w) < 1e-7f);
        if (kind is GradientClippingKind.GlobalNorm or GradientClippingKind.TensorNorm) result.GradientNorm.ShouldBeInRange(0, 1e-6f);
    }

    [Test]
    public void A_norm_that_is_not_finite_leaves_the_weights_alone([Values(GradientClippingKind.GlobalNorm, GradientClippingKind.TensorNorm)] GradientClippingKind kind)
    {
        (float[] x, int[] labels) = Batch(16);
        var optimizer = new Adam { Clipping = Clipping(kind, 1) };
        using Penalised network = Network();
        network.TrainStep(x, labels, optimizer);
        float[][] before = Weights(network);
        float[] bad = [.. x];
        bad[3] = float.NaN;
        StepResult result = network.TrainStep(bad, labels, optimizer);
        result.GradientNorm.ShouldBe(float.PositiveInfinity);
        result.IsFinite.ShouldBeFalse();
        Weights(network).ShouldBe(before);

        // Nor do the moments know of it.
        network.TrainStep(x, labels, optimizer);
        using Penalised undisturbed = Network();
        undisturbed.TrainStep(x, labels, optimizer);
        undisturbed.TrainStep(x, labels, optimizer);
        Weights(network).ShouldBe(Weights(undisturbed));
    }

    [Test]
    public void Without_clipping_no_norm_is_reported()
    {
        (float[] x, int[] labels) = Batch(4);
        using Penalised network = Network();
        StepResult result = network.TrainStep(x, labels, new Sgd());
        float.IsNaN(result.GradientNorm).ShouldBeTrue();
        result.IsFinite.ShouldBeTrue();
        new StepResult(1, 2).Total.ShouldBe(3);
    }

    [TestCase(0f)]
    [TestCase(-1f)]
    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    public void A_maximum_that_is_no_positive_number_is_refused(float maximum)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => GradientClipping.ByGlobalNorm(maximum)).Message.ShouldContain("GradientClipping.None");
        Should.Throw<ArgumentOutOfRangeException>(() => GradientClipping.ByTensorNorm(maximum));
        Should.Throw<ArgumentOutOfRangeException>(() => GradientClipping.ByValue(maximum));
    }

    internal static GradientClipping Clipping(GradientClippingKind kind, float maximum) => kind switch
    {
        GradientClippingKind.GlobalNorm => GradientClipping.ByGlobalNorm(maximum),
        GradientClippingKind.TensorNorm => GradientClipping.ByTensorNorm(maximum),
        GradientClippingKind.Value => GradientClipping.ByValue(maximum),
        _ => GradientClipping.None,
    };

    private static StepResult Step(Network network, GradientClipping clipping, double[][] gradients, Func<double, int, double> clip)
    {
        (float[] x, int[] labels) = Batch(16);
        float[][] before = Weights(network);
        StepResult result = network.TrainStep(x, labels, new Sgd(Rate) { Clipping = clipping });
        float[][] after = Weights(network);
        for (int p = 0; p < before.Length; p++)
        {
            double[] expected = [.. before[p].Select((w, i) => w - (Rate * clip(gradients[p][i], p)))];
            Close.ShouldBeCloseTo(after[p], expected, 1e-6, 1e-6, $"{network.Parameters[p]}");
        }

        return result;
    }
}
