using FastNets.Kernels;
using FastNets.Kernels.Optimizers;
using FastNets.Threading;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Kernels.Optimizers;

internal sealed class OptimizerKernelsTests
{
    private const int Steps = 3;

    private static IEnumerable<SgdStep> SgdSteps()
    {
        yield return new(0.1f, 0f, 0f, false, 0f, true);
        yield return new(0.1f, 0f, 0f, false, 0.01f, false);
        yield return new(0.1f, 0.9f, 0f, false, 0f, true);
        yield return new(0.1f, 0.9f, 0.3f, false, 0.01f, false);
        yield return new(0.1f, 0.9f, 0f, true, 0.01f, false);
        yield return new(0.1f, 0.9f, 0.9f, false, 0.05f, false, Decoupled: true);
    }

    private static IEnumerable<AdamStep> AdamSteps()
    {
        yield return new(0.01f, 0.9f, 0.999f, 1e-8f, 10f, 1000f, 0f, false);
        yield return new(0.01f, 0.9f, 0.999f, 1e-8f, 2f, 30f, 0.05f, false);
        yield return new(0.01f, 0.9f, 0.999f, 1e-8f, 2f, 30f, 0.05f, true);
        yield return new(0.01f, 0.9f, 0.99f, 1e-7f, 0.3f, 1f, 0.05f, false, AmsGrad: true);
    }

    private static IEnumerable<RmsPropStep> RmsPropSteps()
    {
        yield return new(0.01f, 0.9f, 1e-8f, 0f, 0f, false);
        yield return new(0.01f, 0.9f, 0.1f, 0.05f, 0.8f, false);
        yield return new(0.01f, 0.9f, 1e-5f, 0f, 0f, true);
        yield return new(0.01f, 0.9f, 1e-5f, 0.05f, 0.8f, true);
    }

    [Test]
    public void Sgd_is_as_stated(
        [ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [ValueSource(nameof(SgdSteps))] SgdStep setting, [Values] SegmentKind kind)
    {
        foreach (int length in Forms.Lengths)
        {
            OptimizerCase c = new(length, kind);
            (double[] w, double[] v) = (c.Double[0], c.Double[1]);
            for (int t = 1; t <= Steps; t++)
            {
                SgdStep step = setting with { First = setting.First && t == 1 };
                float[] gradients = c.Gradients(t);
                float penalty = OptimizerKernels.Sgd(c.Segments, c.Parameters, gradients, c.First, step, isa);
                double expected = c.Each(gradients, (i, g, s) =>
                {
                    double rate = (double)step.LearningRate * s.RateFactor, decay = (double)step.WeightDecay * s.DecayFactor;
                    if (step.Decoupled) w[i] -= rate * decay * w[i];
                    else g += decay * w[i];
                    if (step.Momentum != 0)
                    {
                        v[i] = step.First ? g : (step.Momentum * v[i]) + ((1.0 - step.Dampening) * g);
                        g = step.Nesterov ? g + (step.Momentum * v[i]) : v[i];
                    }

                    w[i] -= rate * g;
                });
                c.Check(penalty, expected);
            }
        }
    }

    [Test]
    public void Adam_is_as_stated(
        [ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [ValueSource(nameof(AdamSteps))] AdamStep step, [Values] SegmentKind kind)
    {
        foreach (int length in Forms.Lengths)
        {
            OptimizerCase c = new(length, kind);
            (double[] w, double[] m, double[] v, double[] l) = (c.Double[0], c.Double[1], c.Double[2], c.Double[3]);
            for (int t = 1; t <= Steps; t++)
            {
                float[] gradients = c.Gradients(t);
                float penalty = OptimizerKernels.Adam(c.Segments, c.Parameters, gradients, c.First, c.Second, c.Third, step, isa);
                double expected = c.Each(gradients, (i, g, s) =>
                {
                    double rate = (double)step.LearningRate * s.RateFactor, decay = (double)step.WeightDecay * s.DecayFactor;
                    if (step.Decoupled) w[i] -= rate * decay * w[i];
                    else g += decay * w[i];
                    m[i] = (step.Beta1 * m[i]) + ((1.0 - step.Beta1) * g);
                    v[i] = (step.Beta2 * v[i]) + ((1.0 - step.Beta2) * g * g);
                    if (step.AmsGrad) l[i] = Math.Max(l[i], v[i]);
                    double second = step.AmsGrad ? l[i] : v[i];
                    w[i] -= rate * (m[i] * step.Correction1) / (Math.Sqrt(second * step.Correction2) + step.Epsilon);
                });
                c.Check(penalty, expected);
            }
        }
    }

    [Test]
    public void RmsProp_is_as_stated(
        [ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [ValueSource(nameof(RmsPropSteps))] RmsPropStep step, [Values] SegmentKind kind)
    {
        foreach (int length in Forms.Lengths)
        {
            OptimizerCase c = new(length, kind);
            (double[] w, double[] b, double[] squares, double[] a) = (c.Double[0], c.Double[1], c.Double[2], c.Double[3]);
            for (int t = 1; t <= Steps; t++)
            {
                float[] gradients = c.Gradients(t);
                float penalty = OptimizerKernels.RmsProp(c.Segments, c.Parameters, gradients, c.Second, c.First, c.Third, step, isa);
                double expected = c.Each(gradients, (i, g, s) =>
                {
                    g += (double)step.WeightDecay * s.DecayFactor * w[i];
                    squares[i] = (step.Alpha * squares[i]) + ((1.0 - step.Alpha) * g * g);
                    double variance = squares[i];
                    if (step.Centered)
                    {
                        a[i] = (step.Alpha * a[i]) + ((1.0 - step.Alpha) * g);
                        variance -= a[i] * a[i];
                    }

                    double d = g / (Math.Sqrt(variance) + step.Epsilon);
                    if (step.Momentum != 0) d = b[i] = (step.Momentum * b[i]) + d;
                    w[i] -= (double)step.LearningRate * s.RateFactor * d;
                });
                c.Check(penalty, expected);
            }
        }
    }

    [Test]
    public void A_variance_that_rounding_makes_negative_is_zero([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        float[] w = new float[40], g = new float[40], squares = new float[40], means = new float[40];
        g.AsSpan().Fill(0.1f);
        for (int i = 0; i < 40; i++)
        {
            means[i] = 0.1f + (i * 1e-3f);
            squares[i] = means[i] * means[i] * 0.999f;
        }

        OptimizerKernels.RmsProp([new(0, 40, 0f, 0f)], w, g, squares, [], means, new RmsPropStep(0.01f, 0.99f, 1e-3f, 0f, 0f, true), isa);
        w.ShouldAllBe(x => float.IsFinite(x) && x < 0);
    }

    [Test]
    public void A_penalty_alone_changes_nothing([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        float[] w = Forms.Normal(20_000, 1);
        double expected = (0.5 * w.Skip(3).Take(100).Sum(v => Math.Abs((double)v))) + (0.25 * w.Skip(200).Take(19_000).Sum(v => (double)v * v));
        float penalty = OptimizerKernels.Penalty([new(3, 100, 0.5f, 0f), new(110, 50, 0f, 0f), new(200, 19_000, 0f, 0.25f)], w, isa);
        penalty.ShouldBe((float)expected, (float)expected * 1e-6f);
        w.ShouldBe(Forms.Normal(20_000, 1));
    }

    [Test]
    public void A_gradient_that_is_no_number_is_not_hidden_by_a_limit([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        foreach (int length in (int[])[1, 5, 16, 37])
        {
            float[] w = new float[length], g = new float[length];
            g[^1] = float.NaN;
            g[0] = length > 1 ? float.NegativeInfinity : float.NaN;
            OptimizerKernels.Sgd([new(0, length, 0f, 0f, Limit: 1f)], w, g, [], new SgdStep(1f, 0f, 0f, false, 0f, true), isa);
            float.IsNaN(w[^1]).ShouldBeTrue();
            if (length > 1) w[0].ShouldBe(1f);
        }
    }

    [Test]
    public void Squared_norms_are_those_of_gradients_with_penalties([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] SegmentKind kind)
    {
        foreach (int length in Forms.Lengths.Append(20_000))
        {
            OptimizerCase c = new(length, kind);
            float[] gradients = c.Gradients(1);
            double[] squares = new double[2];
            OptimizerKernels.GradientSquares(c.Segments, c.Parameters, gradients, squares, isa);
            double[] expected = [.. c.Segments.Select(s => Enumerable.Range(s.Offset, s.Length).Sum(i =>
            {
                double w = c.Parameters[i];
                double g = gradients[i] + (s.L1 * Math.Sign(w)) + (2.0 * s.L2 * w);
                return g * g;
            }))];
            for (int i = 0; i < 2; i++) squares[i].ShouldBe(expected[i], 1e-6 * (1 + expected[i]));
            c.Check(0, 0);
        }
    }

    [Test]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        int threads = WorkerPool.Threads;
        try
        {
            WorkerPool.Threads = 1;
            (float[] w, double[] squares) = Large();
            WorkerPool.Threads = 3;
            (float[] w3, double[] squares3) = Large();
            w3.ShouldBe(w);
            squares3.ShouldBe(squares);
        }
        finally
        {
            WorkerPool.Threads = threads;
        }

        static (float[] W, double[] Squares) Large()
        {
            const int Count = 150_001;
            float[] w = Forms.Normal(Count, 1), g = Forms.Normal(Count, 2);
            UpdateSegment[] segments = [new(0, 100_000, 1e-3f, 0f), new(100_000, 50_001, 0f, 1e-3f, Scale: 0.5f)];
            double[] squares = new double[2];
            OptimizerKernels.GradientSquares(segments, w, g, squares);
            OptimizerKernels.RmsProp(segments, w, g, new float[Count], new float[Count], new float[Count], RmsPropSteps().Last());
            return (w, squares);
        }
    }

    [Test]
    public void Segments_beyond_the_buffer_are_refused() =>
        Should.Throw<ArgumentException>(() => OptimizerKernels.Penalty([new(3, 8, 0f, 0f)], new float[10])).Message.ShouldContain("11");

    [Test]
    public void A_call_allocates_nothing()
    {
        var buffers = new float[5][];
        for (int i = 0; i < 5; i++) buffers[i] = Forms.Normal(30_000, (ulong)i);
        UpdateSegment[] segments = [new(0, 30_000, 1e-4f, 1e-4f)];
        double[] squares = new double[1];
        Allocations.Of(All).ShouldBe(0);

        void All()
        {
            OptimizerKernels.GradientSquares(segments, buffers[0], buffers[1], squares);
            OptimizerKernels.Adam(segments, buffers[0], buffers[1], buffers[2], buffers[3], buffers[4], new(0.01f, 0.9f, 0.999f, 1e-8f, 1f, 1f, 0f, false, true));
            OptimizerKernels.RmsProp(segments, buffers[0], buffers[1], buffers[2], buffers[3], buffers[4], new(0.01f, 0.9f, 1e-5f, 0f, 0.8f, true));
            AveragingKernels.MoveTowards(buffers[0], buffers[1], 0.1f);
            AveragingKernels.Swap(buffers[0], buffers[1]);
        }
    }
}
