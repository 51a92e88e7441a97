using FastNets.Kernels;
using FastNets.Kernels.Reduction;
using FastNets.Tests.Shared.Reference;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Kernels.Reduction;

internal sealed class SoftmaxKernelsTests
{
    [Test]
    public void Forward_and_backward_cover_every_length([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        foreach (int columns in Forms.Lengths)
        {
            float[] x = Forms.Normal(5 * columns, 1, 4f), dY = Forms.Normal(5 * columns, 2);
            var y = new GuardedFloats(5 * columns);
            var dX = new GuardedFloats(5 * columns);
            SoftmaxKernels.Forward(x, y.Span, 5, columns, isa);
            SoftmaxKernels.Backward(dY, y.Span, dX.Span, 5, columns, isa);
            y.Check("y");
            dX.Check("dX");
            double[] expected = ReferenceLosses.Softmax(Forms.ToDouble(x), columns);
            Close.ShouldBeCloseTo(y.Span, expected, 1e-5, 1e-30, $"{columns} columns");
            Close.ShouldBeCloseTo(dX.Span, ReferenceLosses.SoftmaxBackward(Forms.ToDouble(dY), expected, columns), 1e-5, 1e-6, $"{columns} columns");
        }
    }

    [Test]
    public void Large_logits_do_not_overflow_and_minus_infinity_is_0([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        float[] x = [1e30f, 1e30f, -1e30f, float.NegativeInfinity, 90f, 89f, 0f, -200f];
        SoftmaxKernels.Forward(x, x, 2, 4, isa);
        x[..4].ShouldBe([0.5f, 0.5f, 0f, 0f]);
        x[4].ShouldBe(0.7310586f, 1e-6f);
        x[7].ShouldBe(0f);
    }

    [Test]
    public void A_row_with_NaN_is_NaN_and_leaves_the_others_alone([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values(0, 7, 15, 20)] int place)
    {
        float[] x = Forms.Normal(2 * 21, 1);
        x[place] = float.NaN;
        SoftmaxKernels.Forward(x, x, 2, 21, isa);
        x[..21].ShouldAllBe(v => float.IsNaN(v));
        x[21..].Sum().ShouldBe(1f, 1e-5f);
    }

    [Test]
    public void The_reference_gradient_is_the_slope_of_the_reference()
    {
        double[] z = [0.3, -1.2, 2.0, 0.1], weights = [0.5, -2, 1, 3];
        double[] numerical = ReferenceGradient.Numerical(p => ReferenceLosses.Softmax(p, 4).Zip(weights, (a, b) => a * b).Sum(), z);
        double[] exact = ReferenceLosses.SoftmaxBackward(weights, ReferenceLosses.Softmax(z, 4), 4);
        for (int i = 0; i < 4; i++) exact[i].ShouldBe(numerical[i], 1e-8);
    }

    [Test]
    public void A_mean_is_summed_in_double_precision()
    {
        var values = new float[100_001];
        values.AsSpan().Fill(0.1f);
        ReductionKernels.Mean(values).ShouldBe(0.1f);
        Should.Throw<ArgumentException>(() => ReductionKernels.Mean([]));
    }
}
