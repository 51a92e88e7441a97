using FastNets.Kernels;
using FastNets.Kernels.Losses;
using FastNets.Tests.Shared.Reference;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Kernels.Losses;

internal sealed class LossKernelsTests
{
    private const int Batch = 4;

    [Test]
    public void Cross_entropy_covers_every_number_of_classes(
        [ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool indices, [Values] bool gradient, [Values] bool probabilities)
    {
        foreach (int classes in Forms.Lengths)
        {
            if (classes == 0) continue;
            float[] z = Forms.Normal(Batch * classes, 1, 5f);
            int[] labels = [0, classes - 1, classes / 2, classes / 3];
            float[] t = indices ? new float[Batch * classes] : Array.ConvertAll(Forms.Normal(Batch * classes, 2), Math.Abs);
            for (int i = 0; indices && i < Batch; i++) t[(i * classes) + labels[i]] = 1f;
            var losses = new GuardedFloats(Batch);
            var d = new GuardedFloats(gradient ? Batch * classes : 0);
            var p = new GuardedFloats(probabilities ? Batch * classes : 0);
            if (indices) LossKernels.SoftmaxCrossEntropy(z, labels, losses.Span, d.Span, p.Span, Batch, classes, isa);
            else LossKernels.SoftmaxCrossEntropy(z, t, losses.Span, d.Span, p.Span, Batch, classes, isa);
            string what = $"{classes} classes";
            losses.Check(what);
            d.Check(what);
            p.Check(what);
            double[] z64 = Forms.ToDouble(z), t64 = Forms.ToDouble(t);
            Close.ShouldBeCloseTo(losses.Span, ReferenceLosses.CrossEntropy(z64, t64, classes), 3e-6, 1e-6, what);
            if (gradient) Close.ShouldBeCloseTo(d.Span, ReferenceLosses.CrossEntropyGradient(z64, t64, classes), 3e-6, 1e-6, what);
            if (probabilities) Close.ShouldBeCloseTo(p.Span, ReferenceLosses.Softmax(z64, classes), 1e-5, 1e-30, what);
        }
    }

    [Test]
    public void The_gradient_may_take_the_place_of_the_logits([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        float[] z = Forms.Normal(Batch * 31, 1), inPlace = [.. z], apart = new float[z.Length], losses = new float[Batch], again = new float[Batch];
        int[] labels = [3, 0, 30, 12];
        LossKernels.SoftmaxCrossEntropy(z, labels, losses, apart, default, Batch, 31, isa);
        LossKernels.SoftmaxCrossEntropy(inPlace, labels, again, inPlace, default, Batch, 31, isa);
        inPlace.ShouldBe(apart);
        again.ShouldBe(losses);
    }

    [Test]
    public void A_class_out_of_range_is_named_and_nothing_is_written([Values(-1, 3, int.MinValue)] int label)
    {
        float[] losses = [9f, 9f];
        ArgumentOutOfRangeException error = Should.Throw<ArgumentOutOfRangeException>(
            () => LossKernels.SoftmaxCrossEntropy(new float[6], new[] { 2, label }, losses, default, default, 2, 3));
        error.Message.ShouldContain("Sample 1");
        error.Message.ShouldContain(label.ToString(System.Globalization.CultureInfo.InvariantCulture));
        losses.ShouldBe([9f, 9f]);
    }

    [Test]
    public void Confident_logits_give_a_finite_loss([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        var losses = new float[2];
        LossKernels.SoftmaxCrossEntropy([1000f, -1000f, 1000f, -1000f], [0, 1], losses, default, default, 2, 2, isa);
        losses.ShouldBe([0f, 2000f]);
    }

    [Test]
    public void A_class_of_weight_0_adds_nothing_even_where_it_is_impossible([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        var losses = new float[1];
        LossKernels.SoftmaxCrossEntropy([0f, 0f, float.NegativeInfinity], [0.5f, 0.5f, 0f], losses, default, default, 1, 3, isa);
        losses[0].ShouldBe(MathF.Log(2), 1e-6f);
    }

    [Test]
    public void The_reference_gradient_is_the_slope_of_the_reference()
    {
        double[] z = [0.3, -1.2, 2.0, 0.1, 1.1, -0.4], t = [0.2, 0.5, 0.1, 1, 0, 0];
        double[] numerical = ReferenceGradient.Numerical(p => ReferenceLosses.CrossEntropy(p, t, 3).Average(), z);
        double[] exact = ReferenceLosses.CrossEntropyGradient(z, t, 3);
        for (int i = 0; i < z.Length; i++) exact[i].ShouldBe(numerical[i], 1e-8);
    }

    [Test]
    public void Pointwise_losses_are_means_over_columns_and_gradients_of_the_batch_mean([Values(1, 3, 64, 131)] int columns)
    {
        Check(default(SquaredError), columns, (o, t) => (o - t) * (o - t), (o, t) => 2 * (o - t));
        Check(default(AbsoluteError), columns, (o, t) => Math.Abs(o - t), (o, t) => Math.Sign(o - t));
        Check(
            new HuberError(0.7f), columns,
            (o, t) => Math.Abs(o - t) <= 0.7f ? 0.5 * (o - t) * (o - t) : 0.7f * (Math.Abs(o - t) - (0.5 * 0.7f)),
            (o, t) => Math.Clamp(o - t, -0.7f, 0.7f));
    }

    private static void Check<TLoss>(TLoss loss, int columns, Func<double, double, double> value, Func<double, double, double> slope)
        where TLoss : struct, IPointwiseLoss
    {
        float[] o = Forms.Normal(Batch * columns, 1), t = Forms.Normal(Batch * columns, 2);
        var losses = new GuardedFloats(Batch);
        var d = new GuardedFloats(Batch * columns);
        LossKernels.Pointwise(o, t, losses.Span, d.Span, Batch, columns, loss);
        losses.Check("losses");
        d.Check("gradient");
        var expected = new double[Batch];
        var gradient = new double[o.Length];
        for (int i = 0; i < o.Length; i++)
        {
            expected[i / columns] += value(o[i], t[i]) / columns;
            gradient[i] = slope(o[i], t[i]) / o.Length;
        }

        Close.ShouldBeCloseTo(losses.Span, expected, 1e-6, 1e-7, typeof(TLoss).Name);
        Close.ShouldBeCloseTo(d.Span, gradient, 1e-6, 1e-7, typeof(TLoss).Name);
    }
}
