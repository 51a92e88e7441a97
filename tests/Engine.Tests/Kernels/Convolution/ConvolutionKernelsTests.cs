using FastNets.Kernels;
using FastNets.Kernels.Convolution;
using FastNets.Kernels.Pointwise;
using FastNets.Tests.Shared.Reference;
using FastNets.Threading;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Kernels.Convolution.ConvolutionCases;

namespace FastNets.Engine.Tests.Kernels.Convolution;

[NonParallelizable]
internal sealed class ConvolutionKernelsTests
{
    private static readonly ConvolutionShape[] Large =
        [new(140, 1, 128, 8, 1, 1, 3, 4), new(140, 32, 130, 5, 1, 1, 2, 2), new(60, 64, 32, 3, 2, 3, 4, 2), new(50, 40, 40, 40, 1, 1, 19, 20)];

    [Test]
    public void The_convolution_is_that_of_the_reference([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        foreach ((int batch, ConvolutionShape shape) in All())
        {
            float[] x = Forms.Normal(Input(batch, shape), 1), w = Forms.Normal(Kernel(shape), 2);
            var y = new GuardedFloats(Output(batch, shape));
            ConvolutionKernels.Forward<Identity>(x, w, default, default, y.Span, batch, shape, default, isa);
            string what = $"{isa} batch {batch} {shape}";
            y.Check(what);
            Close.ShouldBeCloseTo(y.Span, Reference(batch, shape).Forward(Forms.ToDouble(x), Forms.ToDouble(w)), 1e-5, Tolerance(shape.Width * shape.Channels), what);
        }
    }

    [Test]
    public void The_weight_gradient_is_that_of_the_reference([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        foreach ((int batch, ConvolutionShape shape) in All())
        {
            float[] x = Forms.Normal(Input(batch, shape), 1), dZ = Forms.Normal(Output(batch, shape), 2);
            var dKernel = new GuardedFloats(Kernel(shape));
            ConvolutionKernels.WeightGradient(x, dZ, dKernel.Span, batch, shape, isa);
            string what = $"{isa} batch {batch} {shape}";
            dKernel.Check(what);
            Close.ShouldBeCloseTo(
                dKernel.Span, Reference(batch, shape).WeightGradient(Forms.ToDouble(x), Forms.ToDouble(dZ)), 1e-5, Tolerance(batch * shape.OutputLength), what);
        }
    }

    [Test]
    public void The_input_gradient_is_that_of_the_reference([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool accumulate)
    {
        foreach ((int batch, ConvolutionShape shape) in All())
        {
            float[] dZ = Forms.Normal(Output(batch, shape), 1), w = Forms.Normal(Kernel(shape), 2), old = Forms.Normal(Input(batch, shape), 3);
            var dX = accumulate ? new GuardedFloats(old) : new GuardedFloats(old.Length, float.NaN);
            ConvolutionKernels.InputGradient(dZ, w, dX.Span, batch, shape, accumulate, isa);
            string what = $"{isa} batch {batch} {shape}";
            dX.Check(what);
            double[] expected = Reference(batch, shape).InputGradient(Forms.ToDouble(dZ), Forms.ToDouble(w));
            for (int i = 0; accumulate && i < expected.Length; i++) expected[i] += old[i];
            Close.ShouldBeCloseTo(dX.Span, expected, 1e-5, Tolerance(shape.Width * shape.Filters), what);
        }
    }

    [Test]
    public void The_reference_gradients_are_the_slopes_of_the_reference()
    {
        foreach ((int stride, int dilation) in ((int, int)[])[(1, 1), (2, 3), (3, 2)])
        {
            var reference = new ReferenceConvolution(2, 7, 2, 3, 3, stride, dilation, 2, 4);
            double[] x = Forms.ToDouble(Forms.Normal(28, 1)), w = Forms.ToDouble(Forms.Normal(18, 2));
            double[] dZ = Forms.ToDouble(Forms.Normal(reference.OutputLength * 6, 3));
            Same(reference.WeightGradient(x, dZ), ReferenceGradient.Numerical(p => Value(x, p), w));
            Same(reference.InputGradient(dZ, w), ReferenceGradient.Numerical(p => Value(p, w), x));

            double Value(double[] x, double[] w) => reference.Forward(x, w).Zip(dZ, (a, b) => a * b).Sum();
        }

        static void Same(double[] exact, double[] numerical)
        {
            for (int i = 0; i < exact.Length; i++) exact[i].ShouldBe(numerical[i], 1e-7);
        }
    }

    [Test]
    public void The_tail_is_bias_activation_and_the_dropout_of_a_matrix_of_all_steps(
        [ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool bias, [Values] bool keepPreactivation, [Values] bool dropout)
    {
        DropoutMask mask = dropout ? new DropoutMask(0.4f, 1, 2, 3) : default;
        foreach ((int batch, ConvolutionShape shape) in ((int, ConvolutionShape)[])[
            (2, new(7, 3, 5, 3, 1, 1, 1, 1)), (3, new(140, 2, 33, 8, 1, 1, 3, 4)), (2, new(30, 4, 70, 3, 2, 3, 4, 0)), (9, new(11, 40, 390, 10, 1, 1, 9, 0))])
        {
            float[] x = Forms.Normal(Input(batch, shape), 1), w = Forms.Normal(Kernel(shape), 2, 0.3f), b = Forms.Normal(shape.Filters, 3);
            var y = new GuardedFloats(Output(batch, shape));
            var z = new GuardedFloats(keepPreactivation ? y.Length : 0);
            ConvolutionKernels.Forward<Tanh>(x, w, bias ? b : default, z.Span, y.Span, batch, shape, mask, isa);
            string what = $"{isa} batch {batch} {shape}";
            y.Check(what);
            z.Check(what);
            double[] expected = Reference(batch, shape).Forward(Forms.ToDouble(x), Forms.ToDouble(w));
            for (int i = 0; bias && i < expected.Length; i++) expected[i] += b[i % shape.Filters];
            double absolute = Tolerance(shape.Width * shape.Channels);
            if (keepPreactivation) Close.ShouldBeCloseTo(z.Span, expected, 1e-5, absolute, what);
            var keep = new float[y.Length];
            keep.AsSpan().Fill(1f);
            PointwiseKernels.Forward<Identity>(keep, keep, batch * shape.OutputLength, shape.Filters, mask, Isa.Scalar);
            for (int i = 0; i < expected.Length; i++) expected[i] = Math.Tanh(expected[i]) * keep[i];
            Close.ShouldBeCloseTo(y.Span, expected, 1e-5, 2 * absolute, what);
        }
    }

    [Test]
    public void The_number_of_threads_changes_no_bit([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        int before = WorkerPool.Threads;
        try
        {
            foreach (ConvolutionShape shape in Large)
            {
                const int Batch = 5;
                float[] x = Forms.Normal(Input(Batch, shape), 1), w = Forms.Normal(Kernel(shape), 2), dZ = Forms.Normal(Output(Batch, shape), 3);
                float[]? first = null;
                foreach (int threads in (int[])[1, 2, 3])
                {
                    WorkerPool.Threads = threads;
                    float[] y = new float[dZ.Length], dW = new float[w.Length], dX = new float[x.Length];
                    ConvolutionKernels.Forward<Gelu>(x, w, default, default, y, Batch, shape, new DropoutMask(0.1f, 1, 2, 3), isa);
                    ConvolutionKernels.WeightGradient(x, dZ, dW, Batch, shape, isa);
                    ConvolutionKernels.InputGradient(dZ, w, dX, Batch, shape, accumulate: false, isa);
                    float[] all = [.. y, .. dW, .. dX];
                    first ??= all;
                    all.AsSpan().SequenceEqual(first).ShouldBeTrue($"{threads} threads, {shape}");
                }
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
        foreach ((int batch, ConvolutionShape shape) in All())
        {
            if (batch == 0 || (long)Output(batch, shape) * Kernel(shape) > 50_000_000) continue;
            using var x = new ProtectedFloats(Forms.Normal(Input(batch, shape), 1));
            using var w = new ProtectedFloats(Forms.Normal(Kernel(shape), 2));
            using var y = new ProtectedFloats(new float[Output(batch, shape)]);
            using var dX = new ProtectedFloats(new float[Input(batch, shape)]);
            using var dW = new ProtectedFloats(new float[Kernel(shape)]);
            ConvolutionKernels.Forward<Relu>(x.Span, w.Span, default, default, y.Span, batch, shape, default, isa);
            ConvolutionKernels.WeightGradient(x.Span, y.Span, dW.Span, batch, shape, isa);
            ConvolutionKernels.InputGradient(y.Span, w.Span, dX.Span, batch, shape, accumulate: false, isa);
        }
    }

    [Test]
    public void NaN_around_the_operands_and_in_earlier_calls_does_not_spread([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        foreach (ConvolutionShape shape in (ConvolutionShape[])[new(9, 3, 5, 3, 1, 1, 1, 1), new(40, 5, 19, 4, 2, 3, 5, 6)])
        {
            const int Margin = 40;
            float[] x = Framed(Input(2, shape), 1), w = Framed(Kernel(shape), 2), dZ = Framed(Output(2, shape), 3);
            float[] y = new float[Output(2, shape)], dW = new float[Kernel(shape)], dX = new float[Input(2, shape)];
            // Scratch that an earlier call left full of NaN.
            float[] nan = new float[Input(2, shape)], nanW = new float[Kernel(shape)];
            nan.AsSpan().Fill(float.NaN);
            nanW.AsSpan().Fill(float.NaN);
            ConvolutionKernels.Forward<Identity>(nan, nanW, default, default, y, 2, shape, default, isa);
            ConvolutionKernels.Forward<Identity>(Inner(x), Inner(w), default, default, y, 2, shape, default, isa);
            ConvolutionKernels.WeightGradient(Inner(x), Inner(dZ), dW, 2, shape, isa);
            ConvolutionKernels.InputGradient(Inner(dZ), Inner(w), dX, 2, shape, accumulate: false, isa);
            y.ShouldAllBe(v => float.IsFinite(v));
            dW.ShouldAllBe(v => float.IsFinite(v));
            dX.ShouldAllBe(v => float.IsFinite(v));

            static float[] Framed(int count, ulong stream)
            {
                var all = new float[count + (2 * Margin)];
                all.AsSpan().Fill(float.NaN);
                Forms.Normal(count, stream).CopyTo(all, Margin);
                return all;
            }

            static Span<float> Inner(float[] all) => all.AsSpan(Margin, all.Length - (2 * Margin));
        }
    }

    [Test]
    public void A_call_allocates_nothing([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        ConvolutionShape shape = new(50, 8, 40, 5, 1, 2, 4, 4);
        float[] x = new float[Input(4, shape)], w = new float[Kernel(shape)], y = new float[Output(4, shape)];
        Allocations.Of(() => Step()).ShouldBe(0);

        void Step()
        {
            ConvolutionKernels.Forward<Relu>(x, w, default, default, y, 4, shape, default, isa);
            ConvolutionKernels.WeightGradient(x, y, w, 4, shape, isa);
            ConvolutionKernels.InputGradient(y, w, x, 4, shape, accumulate: true, isa);
        }
    }

    [Test]
    public void Sizes_that_do_not_fit_are_refused()
    {
        Should.Throw<ArgumentException>(() => Call(new(5, 2, 3, 3, 1, 1, 0, 0), 9, 18, 9)).Message.ShouldContain("[5, 2]");
        Should.Throw<ArgumentException>(() => Call(new(5, 2, 3, 3, 1, 1, 0, 0), 10, 17, 9)).Message.ShouldContain("[6, 3]");
        Should.Throw<ArgumentException>(() => Call(new(5, 2, 3, 3, 1, 1, 0, 0), 10, 18, 8)).Message.ShouldContain("[3, 3]");
        Should.Throw<ArgumentOutOfRangeException>(() => Call(new(5, 2, 3, 3, 1, 3, 0, 1), 10, 18, 9)).Message.ShouldContain("spans 7 steps");
        Should.Throw<ArgumentOutOfRangeException>(() => Call(new(5, 2, 3, 3, 0, 1, 0, 0), 10, 18, 9)).ParamName.ShouldBe("Stride");
        new ConvolutionShape(5, 2, 3, 3, 2, 3, 0, 1).OutputLength.ShouldBe(0);

        static void Call(ConvolutionShape shape, int x, int kernel, int y) =>
            ConvolutionKernels.Forward<Identity>(new float[x], new float[kernel], default, default, new float[y], 1, shape, default);
    }

    // Sums of products of normal numbers grow with the root of their number, and so do their errors.
    private static double Tolerance(int terms) => 2e-6 * Math.Sqrt(terms + 1);
}
