using FastNets.Kernels;
using FastNets.Kernels.Convolution;
using FastNets.Tests.Shared.Reference;
using FastNets.Threading;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Kernels.Convolution;

[NonParallelizable]
internal sealed class PoolingKernelsTests
{
    private static IEnumerable<(int Batch, PoolingShape Shape)> Shapes()
    {
        foreach (int length in (int[])[.. Enumerable.Range(1, 20), 33, 140]) yield return (2, new(length, 3, 3, 1, 1, 1));
        foreach (int channels in (int[])[.. Enumerable.Range(1, 35), 64, 70]) yield return (2, new(9, channels, 3, 2, 1, 0));
        for (int width = 1; width <= 9; width++)
        {
            for (int stride = 1; stride <= 4; stride++)
            {
                yield return (2, new(12, 5, width, stride, 0, 0));
                yield return (2, new(7, 5, width, stride, width + 2, width + 4));
            }
        }

        yield return (3, new(200, 17, 150, 3, 20, 10));
        yield return (0, new(5, 2, 3, 1, 1, 1));
    }

    [Test]
    public void Windows_are_those_of_the_reference([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool max, [Values] bool accumulate)
    {
        foreach ((int batch, PoolingShape shape) in Shapes())
        {
            // Whole numbers are often equal, so that the first of the largest is told from others.
            float[] x = Array.ConvertAll(Forms.Normal(batch * shape.Length * shape.Channels, 1, 2f), MathF.Round);
            var y = new GuardedFloats(batch * shape.OutputLength * shape.Channels);
            var reference = new ReferencePooling(batch, shape.Length, shape.Channels, shape.Width, shape.Stride, shape.PadLeft, shape.PadRight);
            if (max) PoolingKernels.Max(x, y.Span, batch, shape, isa);
            else PoolingKernels.Average(x, y.Span, batch, shape, isa);
            string what = $"{isa} batch {batch} {shape}";
            y.Check(what);
            Close.ShouldBeCloseTo(y.Span, reference.Forward(max, Forms.ToDouble(x)), max ? 0 : 1e-6, max ? 0 : 1e-6, what);

            float[] dY = Forms.Normal(y.Length, 2), old = Forms.Normal(x.Length, 3);
            var dX = accumulate ? new GuardedFloats(old) : new GuardedFloats(x.Length);
            if (max) PoolingKernels.MaxBackward(dY, x, dX.Span, batch, shape, accumulate, isa);
            else PoolingKernels.AverageBackward(dY, dX.Span, batch, shape, accumulate, isa);
            dX.Check(what);
            double[] expected = reference.Backward(max, Forms.ToDouble(dY), Forms.ToDouble(x));
            for (int i = 0; accumulate && i < expected.Length; i++) expected[i] += old[i];
            Close.ShouldBeCloseTo(dX.Span, expected, 1e-6, 2e-6, what);
        }
    }

    [Test]
    public void All_steps_that_count_are_those_of_the_reference(
        [ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool max, [Values] bool accumulate, [Values] bool ragged)
    {
        foreach (int length in (int[])[1, 2, 7, 140, 300])
        {
            foreach (int channels in (int[])[1, 2, 8, 9, 15, 16, 17, 33])
            {
                int[] lengths = ragged ? [length, 0, (length / 2) + 1, 1] : [length, length, length, length];
                float[] x = Array.ConvertAll(Forms.Normal(4 * length * channels, 1, 2f), MathF.Round), dY = Forms.Normal(4 * channels, 2), old = Forms.Normal(x.Length, 3);
                var y = new GuardedFloats(4 * channels);
                var dX = accumulate ? new GuardedFloats(old) : new GuardedFloats(x.Length);
                int[] given = ragged ? lengths : [];
                if (max)
                {
                    PoolingKernels.GlobalMax(x, given, y.Span, 4, length, channels, isa);
                    PoolingKernels.GlobalMaxBackward(dY, x, given, dX.Span, 4, length, channels, accumulate, isa);
                }
                else
                {
                    PoolingKernels.GlobalAverage(x, given, y.Span, 4, length, channels, isa);
                    PoolingKernels.GlobalAverageBackward(dY, given, dX.Span, 4, length, channels, accumulate, isa);
                }

                string what = $"{isa} length {length} channels {channels}";
                y.Check(what);
                dX.Check(what);
                Close.ShouldBeCloseTo(y.Span, ReferencePooling.Global(max, Forms.ToDouble(x), lengths, length, channels), 1e-6, 1e-6, what);
                double[] expected = ReferencePooling.GlobalBackward(max, Forms.ToDouble(dY), Forms.ToDouble(x), lengths, length, channels);
                for (int i = 0; accumulate && i < expected.Length; i++) expected[i] += old[i];
                Close.ShouldBeCloseTo(dX.Span, expected, 1e-6, 1e-6, what);
            }
        }
    }

    [Test]
    public void The_reference_gradients_are_the_slopes_of_the_reference([Values] bool max)
    {
        var reference = new ReferencePooling(2, 7, 3, 3, 2, 2, 3);
        double[] x = Forms.ToDouble(Forms.Normal(42, 1)), dY = Forms.ToDouble(Forms.Normal(2 * reference.OutputLength * 3, 2)), dGlobal = Forms.ToDouble(Forms.Normal(6, 3));
        int[] lengths = [5, 7];
        Same(reference.Backward(max, dY, x), ReferenceGradient.Numerical(p => Dot(reference.Forward(max, p), dY), x));
        Same(
            ReferencePooling.GlobalBackward(max, dGlobal, x, lengths, 7, 3),
            ReferenceGradient.Numerical(p => Dot(ReferencePooling.Global(max, p, lengths, 7, 3), dGlobal), x));

        static double Dot(double[] a, double[] b) => a.Zip(b, (v, w) => double.IsInfinity(v) ? 0 : v * w).Sum();

        static void Same(double[] exact, double[] numerical)
        {
            for (int i = 0; i < exact.Length; i++) exact[i].ShouldBe(numerical[i], 1e-7);
        }
    }

    [Test]
    public void NaN_is_the_largest_and_shares_its_gradient_with_infinity([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        foreach (int channels in (int[])[1, 8, 19])
        {
            foreach (int place in (int[])[0, 1, 2, 3])
            {
                var x = new float[4 * channels];
                for (int i = 0; i < x.Length; i++) x[i] = i / channels == place ? float.NaN : 1f + i;
                float[] y = new float[channels], dX = new float[x.Length], ones = [.. Enumerable.Repeat(1f, channels)];
                var shape = new PoolingShape(4, channels, 4, 1, 0, 0);
                PoolingKernels.Max(x, y, 1, shape, isa);
                y.ShouldAllBe(v => float.IsNaN(v));
                PoolingKernels.MaxBackward(ones, x, dX, 1, shape, accumulate: false, isa);
                for (int i = 0; i < dX.Length; i++) dX[i].ShouldBe(i / channels == place ? 1f : 0f);
                // An infinity before it is the first of the largest.
                for (int i = 0; place == 2 && i < channels; i++) x[channels + i] = float.PositiveInfinity;
                PoolingKernels.MaxBackward(ones, x, dX, 1, shape, accumulate: false, isa);
                if (place == 2) dX.AsSpan(channels, channels).ToArray().ShouldAllBe(v => v == 1f);
                PoolingKernels.Max(x, y, 1, shape, isa);
                y.ShouldAllBe(v => float.IsNaN(v));
            }
        }
    }

    [Test]
    public void NaN_behind_the_steps_that_count_does_not_spread([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        var x = new float[2 * 5 * 18];
        x.AsSpan().Fill(float.NaN);
        for (int b = 0; b < 2; b++) x.AsSpan(b * 90, (b + 2) * 18).Fill(b + 1f);
        var y = new float[36];
        PoolingKernels.GlobalAverage(x, [2, 3], y, 2, 5, 18, isa);
        y.ShouldBe([.. Enumerable.Repeat(1f, 18), .. Enumerable.Repeat(2f, 18)]);
        PoolingKernels.GlobalMax(x, [2, 3], y, 2, 5, 18, isa);
        y.ShouldBe([.. Enumerable.Repeat(1f, 18), .. Enumerable.Repeat(2f, 18)]);
    }

    [Test]
    public void The_number_of_threads_changes_no_bit([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        int before = WorkerPool.Threads;
        try
        {
            var shape = new PoolingShape(140, 65, 3, 1, 1, 1);
            float[] x = Forms.Normal(9 * 140 * 65, 1), dY = Forms.Normal(x.Length, 2);
            float[]? first = null;
            foreach (int threads in (int[])[1, 2, 3])
            {
                WorkerPool.Threads = threads;
                float[] y = new float[x.Length], dX = new float[x.Length], dMax = new float[x.Length], mean = new float[9 * 65];
                PoolingKernels.Average(x, y, 9, shape, isa);
                PoolingKernels.AverageBackward(dY, dX, 9, shape, accumulate: false, isa);
                PoolingKernels.MaxBackward(dY, x, dMax, 9, shape, accumulate: false, isa);
                PoolingKernels.GlobalAverage(x, default, mean, 9, 140, 65, isa);
                float[] all = [.. y, .. dX, .. dMax, .. mean];
                first ??= all;
                all.AsSpan().SequenceEqual(first).ShouldBeTrue($"{threads} threads");
            }
        }
        finally
        {
            WorkerPool.Threads = before;
        }
    }

    [Test]
    public void Operands_are_not_read_beyond_their_ends([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        foreach ((int batch, PoolingShape shape) in Shapes())
        {
            if (batch == 0) continue;
            using var x = new ProtectedFloats(Forms.Normal(batch * shape.Length * shape.Channels, 1));
            using var y = new ProtectedFloats(new float[batch * shape.OutputLength * shape.Channels]);
            using var dX = new ProtectedFloats(new float[x.Length]);
            PoolingKernels.Max(x.Span, y.Span, batch, shape, isa);
            PoolingKernels.MaxBackward(y.Span, x.Span, dX.Span, batch, shape, accumulate: true, isa);
            PoolingKernels.Average(x.Span, y.Span, batch, shape, isa);
            PoolingKernels.AverageBackward(y.Span, dX.Span, batch, shape, accumulate: true, isa);
        }
    }

    [Test]
    public void A_call_allocates_nothing([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        var shape = new PoolingShape(20, 19, 3, 1, 1, 1);
        float[] x = new float[4 * 20 * 19], y = new float[x.Length];
        int[] lengths = [1, 2, 3, 4];
        Allocations.Of(() => Step()).ShouldBe(0);

        void Step()
        {
            PoolingKernels.Max(x, y, 4, shape, isa);
            PoolingKernels.MaxBackward(y, x, x, 4, shape, accumulate: true, isa);
            PoolingKernels.GlobalMax(x, lengths, y, 4, 20, 19, isa);
            PoolingKernels.GlobalAverageBackward(y, lengths, x, 4, 20, 19, accumulate: false, isa);
        }
    }

    [Test]
    public void Sizes_and_lengths_that_do_not_fit_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => PoolingKernels.Max(new float[5], new float[5], 1, new(5, 1, 7, 1, 1, 0))).Message.ShouldContain("spans 7 steps");
        Should.Throw<ArgumentException>(() => PoolingKernels.Max(new float[5], new float[2], 1, new(5, 1, 3, 1, 0, 0))).Message.ShouldContain("[3, 1]");
        var y = new float[2];
        ArgumentOutOfRangeException error = Should.Throw<ArgumentOutOfRangeException>(() => PoolingKernels.GlobalAverage(new float[10], [3, 6], y, 2, 5, 1));
        error.Message.ShouldContain("Series 1");
        error.ActualValue.ShouldBe(6);
        y.ShouldAllBe(v => v == 0);
    }
}
