using FastNets.Kernels;
using FastNets.Kernels.Normalization;
using FastNets.Kernels.Pointwise;
using FastNets.Tests.Shared.Reference;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Kernels.Normalization;

internal sealed class BatchNormKernelsTests
{
    private static readonly BatchNormSettings Keras = new(0.99f, 1e-3f, UnbiasedVariance: false);

    [Test]
    public void Forward_and_backward_cover_every_width(
        [ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values(1, 2, 7, 150)] int batch, [Values] bool dropout)
    {
        foreach (int features in Forms.Lengths)
        {
            if (batch == 150 && features % 10 != 3) continue;
            Layer layer = new(batch, features, 0.5f, 2f);
            DropoutMask mask = dropout ? new DropoutMask(0.4f, 1, 2, 3) : default;
            var y = new GuardedFloats(batch * features);
            var mean = new GuardedFloats(features);
            var inverse = new GuardedFloats(features);
            BatchNormKernels.Forward<Tanh>(
                layer.X, layer.Gamma, layer.Beta, layer.RunningMean, layer.RunningVariance, mean.Span, inverse.Span, y.Span, batch, features, Keras, mask, isa);
            string what = $"batch {batch}, {features} features";
            y.Check(what);
            mean.Check(what);
            inverse.Check(what);
            float[] keep = layer.Keep(mask);
            double[] z = layer.Reference(Keras.Epsilon, out double[] mean64, out double[] variance64);
            Close.ShouldBeCloseTo(y.Span, Scaled(z, keep, Math.Tanh), 1e-5, 1e-5, what);
            Close.ShouldBeCloseTo(mean.Span, mean64, 1e-6, 1e-6, what);
            Close.ShouldBeCloseTo(inverse.Span, Array.ConvertAll(variance64, v => 1 / Math.Sqrt(v + Keras.Epsilon)), 1e-5, 0, what);
            Close.ShouldBeCloseTo(layer.RunningMean, Array.ConvertAll(mean64, m => 0.01 * m), 1e-4, 1e-7, what);
            Close.ShouldBeCloseTo(layer.RunningVariance, Array.ConvertAll(variance64, v => 0.99 + (0.01 * v)), 1e-6, 0, what);

            float[] dY = Forms.Normal(batch * features, 9);
            var dX = new GuardedFloats(batch * features);
            var dGamma = new GuardedFloats(features);
            var dBeta = new GuardedFloats(features);
            BatchNormKernels.Backward<Tanh>(
                dY, layer.X, layer.Gamma, layer.Beta, mean.Span, inverse.Span, dX.Span, dGamma.Span, dBeta.Span, batch, features, mask, isa);
            dX.Check(what);
            dGamma.Check(what);
            dBeta.Check(what);
            double[] dZ = Scaled(z, keep, v => 1 - (Math.Tanh(v) * Math.Tanh(v)));
            for (int i = 0; i < dZ.Length; i++) dZ[i] *= dY[i];
            (double[] dX64, double[] dGamma64, double[] dBeta64) = ReferenceBatchNorm.Backward(dZ, Forms.ToDouble(layer.X), Forms.ToDouble(layer.Gamma), batch, Keras.Epsilon);
            double gain = batch < 3 ? 40 : 1;
            Close.ShouldBeCloseTo(dX.Span, dX64, 1e-4, gain * 2e-5, what);
            Close.ShouldBeCloseTo(dGamma.Span, dGamma64, 1e-5, 5e-5, what);
            Close.ShouldBeCloseTo(dBeta.Span, dBeta64, 1e-5, 5e-5, what);

            // Without a gradient by x the others are the same bits; in place of dY too.
            float[] gamma2 = new float[features], beta2 = new float[features], inPlace = [.. dY];
            BatchNormKernels.Backward<Tanh>(dY, layer.X, layer.Gamma, layer.Beta, mean.Span, inverse.Span, default, gamma2, beta2, batch, features, mask, isa);
            gamma2.ShouldBe(dGamma.ToArray());
            beta2.ShouldBe(dBeta.ToArray());
            BatchNormKernels.Backward<Tanh>(inPlace, layer.X, layer.Gamma, layer.Beta, mean.Span, inverse.Span, inPlace, gamma2, beta2, batch, features, mask, isa);
            inPlace.ShouldBe(dX.ToArray());
        }
    }

    [Test]
    public void A_large_mean_costs_no_digits([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values(64, 1000)] int batch)
    {
        Layer layer = new(batch, 20, 1e4f, 1f);
        var y = new float[batch * 20];
        float[] mean = new float[20], inverse = new float[20];
        BatchNormKernels.Forward<Identity>(
            layer.X, layer.Gamma, layer.Beta, layer.RunningMean, layer.RunningVariance, mean, inverse, y, batch, 20, Keras, default, isa);
        double[] expected = layer.Reference(Keras.Epsilon, out _, out double[] variance);
        Close.ShouldBeCloseTo(y, expected, 1e-5, 1e-5, "output");
        Close.ShouldBeCloseTo(inverse, Array.ConvertAll(variance, v => 1 / Math.Sqrt(v + Keras.Epsilon)), 1e-5, 0, "deviation");
    }

    [Test]
    public void The_unbiased_running_variance_divides_by_one_less()
    {
        Layer layer = new(5, 3, 0f, 1f);
        layer.Reference(1e-5, out _, out double[] variance);
        float[] mean = new float[3], inverse = new float[3], y = new float[15];
        var settings = new BatchNormSettings(0.9f, 1e-5f, UnbiasedVariance: true);
        BatchNormKernels.Forward<Identity>(layer.X, layer.Gamma, layer.Beta, layer.RunningMean, layer.RunningVariance, mean, inverse, y, 5, 3, settings, default);
        Close.ShouldBeCloseTo(layer.RunningVariance, Array.ConvertAll(variance, v => 0.9 + (0.1 * v * 5 / 4)), 1e-6, 0, "variance");
        float[] before = [.. layer.RunningVariance];
        BatchNormKernels.Forward<Identity>(layer.X, layer.Gamma, layer.Beta, layer.RunningMean, layer.RunningVariance, mean, inverse, y, 1, 3, settings, default);
        layer.RunningVariance.ShouldBe(before);
    }

    [Test]
    public void The_reference_gradients_are_the_slopes_of_the_reference()
    {
        double[] x = Forms.ToDouble(Forms.Normal(12, 1)), gamma = [0.5, -1.5, 2], beta = [0.1, 0.2, 0.3], weights = Forms.ToDouble(Forms.Normal(12, 2));
        (double[] dX, double[] dGamma, double[] dBeta) = ReferenceBatchNorm.Backward(weights, x, gamma, 4, 1e-3);
        Same(dX, ReferenceGradient.Numerical(p => Value(p, gamma, beta), x));
        Same(dGamma, ReferenceGradient.Numerical(p => Value(x, p, beta), gamma));
        Same(dBeta, ReferenceGradient.Numerical(p => Value(x, gamma, p), beta));

        double Value(double[] x, double[] gamma, double[] beta) =>
            ReferenceBatchNorm.Forward(x, gamma, beta, 4, 1e-3, out _, out _).Zip(weights, (a, b) => a * b).Sum();

        static void Same(double[] exact, double[] numerical)
        {
            for (int i = 0; i < exact.Length; i++) exact[i].ShouldBe(numerical[i], 1e-7);
        }
    }

    [Test]
    public void Folding_gives_what_the_layers_give_one_after_the_other()
    {
        const int Inputs = 70, Units = 90;
        float[] x = Forms.Normal(Inputs, 1), w = Forms.Normal(Inputs * Units, 2), b = Forms.Normal(Units, 3);
        float[] gamma = Forms.Normal(Inputs, 4), beta = Forms.Normal(Inputs, 5), mean = Forms.Normal(Inputs, 6), variance = Array.ConvertAll(Forms.Normal(Inputs, 7), Math.Abs);
        float[] scale = new float[Inputs], shift = new float[Inputs], foldedW = new float[w.Length], foldedB = new float[Units];
        BatchNormFolding.Affine(gamma, beta, mean, variance, scale, shift, Inputs, 1e-3f);
        BatchNormFolding.Before(w, b, scale, shift, foldedW, foldedB, Inputs, Units);
        var normal = new double[Inputs];
        for (int i = 0; i < Inputs; i++) normal[i] = (gamma[i] * (x[i] - mean[i]) / Math.Sqrt(variance[i] + 1e-3)) + beta[i];
        Compare(Product(normal, w, b), Product(Forms.ToDouble(x), foldedW, foldedB));

        float[] scale2 = Forms.Normal(Units, 8), shift2 = Forms.Normal(Units, 9);
        double[] after = Product(Forms.ToDouble(x), w, b);
        for (int j = 0; j < Units; j++) after[j] = (after[j] * scale2[j]) + shift2[j];
        BatchNormFolding.After(w, b, scale2, shift2, w, b, Inputs, Units);
        Compare(after, Product(Forms.ToDouble(x), w, b));

        static double[] Product(double[] x, float[] w, float[] b)
        {
            double[] y = ReferenceGemm.Multiply(x, false, Forms.ToDouble(w), false, 1, b.Length, x.Length);
            for (int j = 0; j < y.Length; j++) y[j] += b[j];
            return y;
        }

        static void Compare(double[] expected, double[] actual) => Close.ShouldBeCloseTo(Array.ConvertAll(actual, v => (float)v), expected, 1e-6, 1e-4, "folded");
    }

    private static double[] Scaled(double[] z, float[] keep, Func<double, double> f) => [.. z.Select((v, i) => f(v) * keep[i])];

    private sealed class Layer(int batch, int features, float mean, float deviation)
    {
        public float[] X { get; } = Forms.Normal(batch * features, 1, deviation, mean);

        public float[] Gamma { get; } = Forms.Normal(features, 2);

        public float[] Beta { get; } = Forms.Normal(features, 3);

        public float[] RunningMean { get; } = new float[features];

        public float[] RunningVariance { get; } = [.. Enumerable.Repeat(1f, features)];

        public double[] Reference(double epsilon, out double[] mean64, out double[] variance64) =>
            ReferenceBatchNorm.Forward(Forms.ToDouble(X), Forms.ToDouble(Gamma), Forms.ToDouble(Beta), batch, epsilon, out mean64, out variance64);

        public float[] Keep(DropoutMask mask)
        {
            var keep = new float[batch * features];
            keep.AsSpan().Fill(1f);
            PointwiseKernels.Forward<Identity>(keep, keep, batch, features, mask, Isa.Scalar);
            return keep;
        }
    }
}
