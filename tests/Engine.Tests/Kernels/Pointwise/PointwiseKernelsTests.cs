using FastNets.Kernels;
using FastNets.Kernels.Pointwise;
using FastNets.Tests.Shared.Reference;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Kernels.Pointwise;

internal sealed class PointwiseKernelsTests
{
    private static readonly DropoutMask Half = new(0.5f, 3, 4, 5);

    [Test]
    public void Forward_covers_every_length([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool dropout)
    {
        foreach (int columns in Forms.Lengths)
        {
            float[] x = Forms.Normal(3 * columns, 1);
            var y = new GuardedFloats(3 * columns);
            DropoutMask mask = dropout ? Half : default;
            PointwiseKernels.Forward<Sigmoid>(x, y.Span, 3, columns, mask, isa);
            y.Check($"{columns} columns");
            float[] keep = Keep(3, columns, mask);
            Close.ShouldBeCloseTo(y.Span, Expected(x, (v, i) => ReferenceActivations.Forward("Sigmoid", v) * keep[i]), 4e-7, 1e-30, $"{columns} columns");
        }
    }

    [Test]
    public void Backward_covers_every_length_and_adds_up_columns(
        [ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool dropout, [Values] bool ofInput)
    {
        foreach (int columns in Forms.Lengths)
        {
            const int Rows = 67;
            DropoutMask mask = dropout ? Half : default;
            float[] x = Forms.Normal(Rows * columns, 1);
            float[] dY = Forms.Normal(Rows * columns, 2);
            float[] keep = Keep(Rows, columns, mask);
            var dX = new GuardedFloats(Rows * columns);
            var dBias = new GuardedFloats(columns);
            if (ofInput)
            {
                PointwiseKernels.Backward<Silu>(dY, x, dX.Span, dBias.Span, Rows, columns, mask, isa);
            }
            else
            {
                var y = new float[Rows * columns];
                PointwiseKernels.Forward<Tanh>(x, y, Rows, columns, mask, isa);
                PointwiseKernels.Backward<Tanh>(dY, y, dX.Span, dBias.Span, Rows, columns, mask, isa);
            }

            string what = $"{columns} columns";
            dX.Check(what);
            dBias.Check(what);
            double[] expected = Expected(x, (v, i) => ReferenceActivations.Derivative(ofInput ? "Silu" : "Tanh", v) * keep[i] * dY[i]);
            Close.ShouldBeCloseTo(dX.Span, expected, 1e-6, 2e-6, what);
            var sums = new double[columns];
            for (int i = 0; i < expected.Length; i++) sums[i % columns] += expected[i];
            Close.ShouldBeCloseTo(dBias.Span, sums, 1e-6, 4e-5, what);
        }
    }

    [Test]
    public void Backward_of_the_identity_in_place_gives_only_the_sums([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        float[] dY = Forms.Normal(20 * 600, 1);
        float[] copy = [.. dY];
        var dBias = new GuardedFloats(600);
        PointwiseKernels.Backward<Identity>(dY, default, dY, dBias.Span, 20, 600, default, isa);
        dY.ShouldBe(copy);
        var sums = new double[600];
        for (int i = 0; i < dY.Length; i++) sums[i % 600] += dY[i];
        Close.ShouldBeCloseTo(dBias.Span, sums, 1e-6, 1e-5, "sums");
    }

    [Test]
    public void Affine_maps_columns([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        foreach (int columns in Forms.Lengths)
        {
            float[] x = Forms.Normal(3 * columns, 1), scale = Forms.Normal(columns, 2), shift = Forms.Normal(columns, 3);
            var y = new GuardedFloats(3 * columns);
            PointwiseKernels.Affine<Relu>(x, scale, shift, y.Span, 3, columns, isa);
            y.Check("affine");
            Close.ShouldBeCloseTo(
                y.Span, Expected(x, (v, i) => Math.Max(0, ((double)scale[i % columns] * v) + shift[i % columns])), 1e-6, 1e-6, $"{columns} columns");
        }
    }

    [Test]
    public void Two_activations_in_a_chain_are_one()
    {
        foreach (float x in (float[])[-3f, -0.4f, 0.7f, 2.5f])
        {
            Chain<Tanh, Silu>.Forward(x).ShouldBe(Silu.Forward(Tanh.Forward(x)));
            double slope = ReferenceGradient.Numerical(p => ReferenceActivations.Forward("Silu", Math.Tanh(p[0])), [x])[0];
            Chain<Tanh, Silu>.Derivative(x).ShouldBe((float)slope, 1e-6f);
            Chain<Silu, Tanh>.Derivative(x).ShouldBe(
                (float)ReferenceGradient.Numerical(p => Math.Tanh(ReferenceActivations.Forward("Silu", p[0])), [x])[0], 1e-6f);
        }

        Chain<Tanh, Silu>.DerivativeOfInput.ShouldBeTrue();
        Chain<Tanh, Relu>.DerivativeOfInput.ShouldBeTrue();
        Chain<Identity, Tanh>.DerivativeOfInput.ShouldBeFalse();
        Chain<Tanh, Identity>.DerivativeOfInput.ShouldBeFalse();
        Chain<Silu, Identity>.DerivativeOfInput.ShouldBeTrue();
        Chain<Identity, Tanh>.Derivative(0.5f).ShouldBe(Tanh.Derivative(0.5f));
        Chain<Identity, Identity>.IsIdentity.ShouldBeTrue();
    }

    private static float[] Keep(int rows, int columns, DropoutMask mask)
    {
        var keep = new float[rows * columns];
        keep.AsSpan().Fill(1f);
        PointwiseKernels.Forward<Identity>(keep, keep, rows, columns, mask, Isa.Scalar);
        return keep;
    }

    private static double[] Expected(float[] x, Func<float, int, double> f) => [.. x.Select(f)];
}
