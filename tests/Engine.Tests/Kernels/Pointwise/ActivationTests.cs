using System.Runtime.Intrinsics;
using FastNets.Kernels;
using FastNets.Kernels.Pointwise;
using FastNets.Tests.Shared.Reference;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Kernels.Pointwise;

[TestFixture(typeof(Identity), 0.0)]
[TestFixture(typeof(Relu), 0.0)]
[TestFixture(typeof(LeakyRelu), 2e-7)]
[TestFixture(typeof(Elu), 4e-7)]
[TestFixture(typeof(Selu), 4e-7)]
[TestFixture(typeof(Silu), 6e-7)]
[TestFixture(typeof(Softplus), 5e-7)]
[TestFixture(typeof(Sigmoid), 4e-7)]
[TestFixture(typeof(Tanh), 8e-7)]
[TestFixture(typeof(Gelu), 6e-7)]
[TestFixture(typeof(GeluTanh), 6e-7)]
internal sealed class ActivationTests<TActivation>(double relative)
    where TActivation : struct, IActivation
{
    private static readonly string Name = typeof(TActivation).Name;

    // The Gaussian units subtract nearly equal numbers on the left; what is left there is small against 1, not against itself.
    private static readonly double Absolute = Name.StartsWith("Gelu", StringComparison.Ordinal) ? 5e-7 : 1e-37;

    [Test]
    public void Scalar_values_are_those_of_the_definition([Values(1e-6f, 1e-3f, 0.1f, 1f, 20f)] float scale)
    {
        float[] x = Inputs(scale);
        Close.ShouldBeCloseTo(
            Array.ConvertAll(x, TActivation.Forward), Array.ConvertAll(x, v => ReferenceActivations.Forward(Name, v)), relative, Absolute, Name);
    }

    [Test]
    public void Derivatives_are_those_of_the_definition([Values(1e-3f, 0.1f, 1f, 20f)] float scale)
    {
        float[] x = Inputs(scale);
        float[] actual = Array.ConvertAll(x, v => TActivation.Derivative(TActivation.DerivativeOfInput ? v : TActivation.Forward(v)));
        // From the output, a derivative near 0 is known as well as the output is.
        Close.ShouldBeCloseTo(actual, Array.ConvertAll(x, v => ReferenceActivations.Derivative(Name, v)), 1e-6, 1e-6, Name);
    }

    [Test]
    public void The_reference_derivative_is_the_slope_of_the_reference()
    {
        foreach (double x in (double[])[-7.3, -2.1, -0.6, -0.01, 0.02, 0.5, 1.9, 6.6])
        {
            double slope = ReferenceGradient.Numerical(p => ReferenceActivations.Forward(Name, p[0]), [x])[0];
            ReferenceActivations.Derivative(Name, x).ShouldBe(slope, 1e-8);
        }
    }

    [Test]
    public void Vectors_agree_with_the_scalar_form()
    {
        float[] x = [.. Inputs(20f), .. Inputs(1f), .. Inputs(1e-3f), 0f, -0f, 88f, -88f, 104f, -104f, 1e30f, -1e30f];
        x = [.. x, .. new float[16 - (x.Length % 16)]];
        for (int i = 0; i < x.Length; i += 16)
        {
            for (int j = 0; j < 16; j++)
            {
                float saved = TActivation.DerivativeOfInput ? x[i + j] : TActivation.Forward(x[i + j]);
                if (!CpuIsa.IsSupported(Isa.Vector256)) continue;
                Check(TActivation.Forward(x[i + j]), TActivation.Forward(Vector256.Create(x.AsSpan(i + (j & 8), 8)))[j & 7]);
                Check(TActivation.Derivative(saved), TActivation.Derivative(Vector256.Create(saved))[j & 7]);
                if (!CpuIsa.IsSupported(Isa.Vector512)) continue;
                Check(TActivation.Forward(x[i + j]), TActivation.Forward(Vector512.Create(x.AsSpan(i, 16)))[j]);
                Check(TActivation.Derivative(saved), TActivation.Derivative(Vector512.Create(saved))[j]);
            }
        }

        static void Check(float scalar, float lane) => lane.ShouldBe(scalar, Math.Abs(scalar) * 3e-7 + 1e-40);
    }

    [Test]
    public void Infinities_give_limits_and_NaN_gives_NaN()
    {
        float[] x = [float.PositiveInfinity, float.NegativeInfinity, float.NaN];
        float[] limits = [Name is "Sigmoid" or "Tanh" ? 1f : float.PositiveInfinity, Name switch
        {
            "Identity" or "LeakyRelu" => float.NegativeInfinity,
            "Tanh" or "Elu" => -1f,
            "Selu" => -1.7580993f,
            _ => 0f,
        }, float.NaN];
        for (int i = 0; i < x.Length; i++)
        {
            Same(TActivation.Forward(x[i]), limits[i]);
            if (CpuIsa.IsSupported(Isa.Vector256)) Same(TActivation.Forward(Vector256.Create(x[i]))[5], limits[i]);
            if (CpuIsa.IsSupported(Isa.Vector512)) Same(TActivation.Forward(Vector512.Create(x[i]))[11], limits[i]);
            if (i < 2) float.IsFinite(TActivation.Derivative(TActivation.DerivativeOfInput ? x[i] : limits[i])).ShouldBeTrue();
        }

        static void Same(float actual, float expected)
        {
            if (float.IsNaN(expected)) actual.ShouldBe(float.NaN);
            else if (float.IsInfinity(expected)) actual.ShouldBe(expected);
            else actual.ShouldBe(expected, 2e-7f);
        }
    }

    private static float[] Inputs(float scale) => Array.ConvertAll(Enumerable.Range(-200, 401).ToArray(), i => (i + 0.37f) * 0.005f * scale);
}
