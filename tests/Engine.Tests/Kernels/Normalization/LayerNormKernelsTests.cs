using FastNets.Kernels;
using FastNets.Kernels.Normalization;
using FastNets.Kernels.Pointwise;
using FastNets.Tests.Shared.Reference;
using FastNets.Threading;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Kernels.Normalization;

[NonParallelizable]
internal sealed class LayerNormKernelsTests
{
    private const float Epsilon = 1e-3f;

    [Test]
    public void Forward_and_backward_cover_every_width(
        [ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values(1, 3, 150)] int rows, [Values] bool dropout)
    {
        foreach (int columns in Forms.Lengths)
        {
            if (columns == 0 || (rows == 150 && columns % 10 != 3)) continue;
            DropoutMask mask = dropout ? new DropoutMask(0.4f, 1, 2, 3) : default;
            float[] x = Forms.Normal(rows * columns, 1, 0.5f, 2f), gamma = Forms.Normal(columns, 2), beta = Forms.Normal(columns, 3), dY = Forms.Normal(rows * columns, 4);
            var y = new GuardedFloats(rows * columns);
            var mean = new GuardedFloats(rows);
            var inverse = new GuardedFloats(rows);
            LayerNormKernels.Forward<Tanh>(x, gamma, beta, mean.Span, inverse.Span, y.Span, rows, columns, Epsilon, mask, isa);
            string what = $"{rows} rows, {columns} columns";
            y.Check(what);
            mean.Check(what);
            inverse.Check(what);
            float[] keep = Keep(rows, columns, mask);
            double[] z = ReferenceLayerNorm.Forward(Forms.ToDouble(x), Forms.ToDouble(gamma), Forms.ToDouble(beta), Epsilon, out double[] mean64, out double[] variance64);
            Close.ShouldBeCloseTo(y.Span, [.. z.Select((v, i) => Math.Tanh(v) * keep[i])], 1e-5, 1e-5, what);
            Close.ShouldBeCloseTo(mean.Span, mean64, 1e-6, 1e-6, what);
            Close.ShouldBeCloseTo(inverse.Span, Array.ConvertAll(variance64, v => 1 / Math.Sqrt(v + Epsilon)), 1e-5, 0, what);

            var dX = new GuardedFloats(rows * columns);
            var dGamma = new GuardedFloats(columns);
            var dBeta = new GuardedFloats(columns);
            LayerNormKernels.Backward<Tanh>(dY, x, gamma, beta, mean.Span, inverse.Span, dX.Span, dGamma.Span, dBeta.Span, rows, columns, mask, isa);
            dX.Check(what);
            dGamma.Check(what);
            dBeta.Check(what);
            double[] dZ = [.. z.Select((v, i) => (1 - (Math.Tanh(v) * Math.Tanh(v))) * keep[i] * dY[i])];
            (double[] dX64, double[] dGamma64, double[] dBeta64) = ReferenceLayerNorm.Backward(dZ, Forms.ToDouble(x), Forms.ToDouble(gamma), Epsilon);
            // Rows of few columns may have next to no variance, which magnifies gradients and their errors.
            Close.ShouldBeCloseTo(dX.Span, dX64, 1e-4, columns < 8 ? 1e-3 : 5e-5, what);
            Close.ShouldBeCloseTo(dGamma.Span, dGamma64, 1e-5, 5e-5, what);
            Close.ShouldBeCloseTo(dBeta.Span, dBeta64, 1e-5, 5e-5, what);

            // Without a gradient by x the others are the same bits; in place of dY and forward in place of x too.
            float[] gamma2 = new float[columns], beta2 = new float[columns], inPlace = [.. dY], x2 = [.. x];
            LayerNormKernels.Backward<Tanh>(dY, x, gamma, beta, mean.Span, inverse.Span, default, gamma2, beta2, rows, columns, mask, isa);
            gamma2.ShouldBe(dGamma.ToArray());
            beta2.ShouldBe(dBeta.ToArray());
            LayerNormKernels.Backward<Tanh>(inPlace, x, gamma, beta, mean.Span, inverse.Span, inPlace, gamma2, beta2, rows, columns, mask, isa);
            inPlace.ShouldBe(dX.ToArray());
            LayerNormKernels.Forward<Tanh>(x2, gamma, beta, mean.Span, inverse.Span, x2, rows, columns, Epsilon, mask, isa);
            x2.ShouldBe(y.ToArray());
        }
    }

    [Test]
    public void A_function_of_its_input_is_differentiated_at_the_input([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        const int Rows = 5, Columns = 37;
        float[] x = Forms.Normal(Rows * Columns, 1), gamma = Forms.Normal(Columns, 2), beta = Forms.Normal(Columns, 3), dY = Forms.Normal(Rows * Columns, 4);
        float[] mean = new float[Rows], inverse = new float[Rows], y = new float[x.Length], dX = new float[x.Length], dGamma = new float[Columns], dBeta = new float[Columns];
        LayerNormKernels.Forward<Silu>(x, gamma, beta, mean, inverse, y, Rows, Columns, Epsilon, default, isa);
        LayerNormKernels.Backward<Silu>(dY, x, gamma, beta, mean, inverse, dX, dGamma, dBeta, Rows, Columns, default, isa);
        double[] z = ReferenceLayerNorm.Forward(Forms.ToDouble(x), Forms.ToDouble(gamma), Forms.ToDouble(beta), Epsilon, out _, out _);
        double[] dZ = [.. z.Select((v, i) => ReferenceActivations.Derivative("Silu", v) * dY[i])];
        (double[] dX64, double[] dGamma64, _) = ReferenceLayerNorm.Backward(dZ, Forms.ToDouble(x), Forms.ToDouble(gamma), Epsilon);
        Close.ShouldBeCloseTo(dX, dX64, 1e-5, 1e-5, "dX");
        Close.ShouldBeCloseTo(dGamma, dGamma64, 1e-5, 1e-5, "dGamma");
    }

    [Test]
    public void A_large_mean_costs_no_digits([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values(64, 1000)] int columns)
    {
        float[] x = Forms.Normal(7 * columns, 1, 1f, 1e4f), gamma = Forms.Normal(columns, 2), beta = Forms.Normal(columns, 3), y = new float[x.Length];
        float[] mean = new float[7], inverse = new float[7];
        LayerNormKernels.Forward<Identity>(x, gamma, beta, mean, inverse, y, 7, columns, Epsilon, default, isa);
        double[] expected = ReferenceLayerNorm.Forward(Forms.ToDouble(x), Forms.ToDouble(gamma), Forms.ToDouble(beta), Epsilon, out _, out double[] variance);
        Close.ShouldBeCloseTo(y, expected, 1e-5, 1e-5, "output");
        Close.ShouldBeCloseTo(inverse, Array.ConvertAll(variance, v => 1 / Math.Sqrt(v + Epsilon)), 1e-5, 0, "deviation");
    }

    [Test]
    public void The_reference_gradients_are_the_slopes_of_the_reference()
    {
        double[] x = Forms.ToDouble(Forms.Normal(12, 1)), gamma = [0.5, -1.5, 2], beta = [0.1, 0.2, 0.3], weights = Forms.ToDouble(Forms.Normal(12, 2));
        (double[] dX, double[] dGamma, double[] dBeta) = ReferenceLayerNorm.Backward(weights, x, gamma, 1e-3);
        Same(dX, ReferenceGradient.Numerical(p => Value(p, gamma, beta), x));
        Same(dGamma, ReferenceGradient.Numerical(p => Value(x, p, beta), gamma));
        Same(dBeta, ReferenceGradient.Numerical(p => Value(x, gamma, p), beta));

        double Value(double[] x, double[] gamma, double[] beta) =>
            ReferenceLayerNorm.Forward(x, gamma, beta, 1e-3, out _, out _).Zip(weights, (a, b) => a * b).Sum();

        static void Same(double[] exact, double[] numerical)
        {
            for (int i = 0; i < exact.Length; i++) exact[i].ShouldBe(numerical[i], 1e-7);
        }
    }

    [Test]
    public void The_number_of_threads_changes_no_bit([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        const int Rows = 700, Columns = 100;
        float[] x = Forms.Normal(Rows * Columns, 1), gamma = Forms.Normal(Columns, 2), beta = Forms.Normal(Columns, 3), dY = Forms.Normal(x.Length, 4);
        float[] mean = new float[Rows], inverse = new float[Rows], y = new float[x.Length], dX = new float[x.Length], dGamma = new float[Columns], dBeta = new float[Columns];
        int before = WorkerPool.Threads;
        try
        {
            float[]? first = null;
            foreach (int threads in (int[])[1, 2, 3])
            {
                WorkerPool.Threads = threads;
                Step();
                float[] all = [.. y, .. dX, .. dGamma, .. dBeta];
                first ??= all;
                all.AsSpan().SequenceEqual(first).ShouldBeTrue($"{threads} threads");
            }
        }
        finally
        {
            WorkerPool.Threads = before;
        }

        void Step()
        {
            var mask = new DropoutMask(0.2f, 1, 2, 3);
            LayerNormKernels.Forward<Gelu>(x, gamma, beta, mean, inverse, y, Rows, Columns, Epsilon, mask, isa);
            LayerNormKernels.Backward<Gelu>(dY, x, gamma, beta, mean, inverse, dX, dGamma, dBeta, Rows, Columns, mask, isa);
        }
    }

    [Test]
    public void A_call_allocates_nothing([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        const int Rows = 70, Columns = 40;
        float[] x = Forms.Normal(Rows * Columns, 1), row = new float[Columns], column = new float[Rows], y = new float[x.Length];
        float[] dGamma = new float[Columns], dBeta = new float[Columns];
        Allocations.Of(() => Step()).ShouldBe(0);

        void Step()
        {
            var mask = new DropoutMask(0.2f, 1, 2, 3);
            LayerNormKernels.Forward<Gelu>(x, row, row, column, column, y, Rows, Columns, Epsilon, mask, isa);
            LayerNormKernels.Backward<Gelu>(y, x, row, row, column, column, y, dGamma, dBeta, Rows, Columns, mask, isa);
        }
    }

    [Test]
    public void Operands_are_not_read_beyond_their_ends_and_NaN_stays_in_its_row([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        foreach (int columns in (int[])[1, 7, 8, 9, 16, 17, 33, 100])
        {
            float[] values = Forms.Normal(3 * columns, 1);
            values[columns] = float.NaN;
            using var x = new ProtectedFloats(values);
            using var gamma = new ProtectedFloats(Forms.Normal(columns, 2));
            using var beta = new ProtectedFloats(Forms.Normal(columns, 3));
            using var mean = new ProtectedFloats(new float[3]);
            using var inverse = new ProtectedFloats(new float[3]);
            using var y = new ProtectedFloats(new float[3 * columns]);
            using var dGamma = new ProtectedFloats(new float[columns]);
            using var dBeta = new ProtectedFloats(new float[columns]);
            LayerNormKernels.Forward<Tanh>(x.Span, gamma.Span, beta.Span, mean.Span, inverse.Span, y.Span, 3, columns, Epsilon, default, isa);
            LayerNormKernels.Backward<Tanh>(y.Span, x.Span, gamma.Span, beta.Span, mean.Span, inverse.Span, y.Span, dGamma.Span, dBeta.Span, 3, columns, default, isa);
            for (int i = 0; i < y.Length; i++) float.IsNaN(y.Span[i]).ShouldBe(i / columns == 1);
        }
    }

    [Test]
    public void A_span_that_is_too_short_is_refused() => Should.Throw<ArgumentException>(() => LayerNormKernels.Forward<Identity>(
        new float[6], new float[3], new float[3], new float[1], new float[2], new float[6], 2, 3, Epsilon, default)).ParamName.ShouldBe("mean");

    private static float[] Keep(int rows, int columns, DropoutMask mask)
    {
        var keep = new float[rows * columns];
        keep.AsSpan().Fill(1f);
        PointwiseKernels.Forward<Identity>(keep, keep, rows, columns, mask, Isa.Scalar);
        return keep;
    }
}
