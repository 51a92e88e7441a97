using FastNets.Kernels;
using FastNets.Kernels.Optimizers;
using FastNets.Tests.Shared.Reference;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Kernels.Optimizers;

internal sealed class OptimizerKernelsTests
{
    private const int Gap = 5;

    private static IEnumerable<SgdStep> SgdSteps()
    {
        yield return new(0.1f, 0f, 0f, false, 0f, true);
        yield return new(0.1f, 0f, 0f, false, 0.01f, false);
        yield return new(0.1f, 0.9f, 0f, false, 0f, true);
        yield return new(0.1f, 0.9f, 0.3f, false, 0.01f, false);
        yield return new(0.1f, 0.9f, 0f, true, 0.01f, false);
    }

    private static IEnumerable<AdamStep> AdamSteps()
    {
        yield return new(0.01f, 0.9f, 0.999f, 1e-8f, 10f, 1000f, 0f, false);
        yield return new(0.01f, 0.9f, 0.999f, 1e-8f, 2f, 30f, 0.05f, false);
        yield return new(0.01f, 0.9f, 0.999f, 1e-8f, 2f, 30f, 0.05f, true);
    }

    [Test]
    public void Sgd_is_as_stated(
        [ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [ValueSource(nameof(SgdSteps))] SgdStep step, [Values] bool penalised)
    {
        foreach (int length in Forms.Lengths)
        {
            State s = new(length, penalised);
            float[] w0 = s.Parameters.ToArray(), v0 = s.First.ToArray(), g0 = s.Gradients;
            float penalty = OptimizerKernels.Sgd(s.Segments, s.Parameters.Span, g0, s.First.Span, step, isa);
            double[] w = Forms.ToDouble(w0), v = Forms.ToDouble(v0);
            double expectedPenalty = s.Each(w, i =>
            {
                double g = g0[i] + s.PenaltyGradient(w[i], i) + ((double)step.WeightDecay * w[i]);
                if (step.Momentum != 0)
                {
                    v[i] = step.First ? g : (step.Momentum * v[i]) + ((1.0 - step.Dampening) * g);
                    g = step.Nesterov ? g + (step.Momentum * v[i]) : v[i];
                }

                w[i] -= step.LearningRate * g;
            });
            s.Check(w, v, null, penalty, expectedPenalty);
        }
    }

    [Test]
    public void Adam_is_as_stated(
        [ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [ValueSource(nameof(AdamSteps))] AdamStep step, [Values] bool penalised)
    {
        foreach (int length in Forms.Lengths)
        {
            State s = new(length, penalised);
            float[] w0 = s.Parameters.ToArray(), m0 = s.First.ToArray(), v0 = s.Second.ToArray(), g0 = s.Gradients;
            float penalty = OptimizerKernels.Adam(s.Segments, s.Parameters.Span, g0, s.First.Span, s.Second.Span, [], step, isa);
            double[] w = Forms.ToDouble(w0), m = Forms.ToDouble(m0), v = Forms.ToDouble(v0);
            double expectedPenalty = s.Each(w, i =>
            {
                double g = g0[i] + s.PenaltyGradient(w[i], i);
                if (step.Decoupled) w[i] -= (double)step.LearningRate * step.WeightDecay * w[i];
                else g += step.WeightDecay * w[i];
                m[i] = (step.Beta1 * m[i]) + ((1.0 - step.Beta1) * g);
                v[i] = (step.Beta2 * v[i]) + ((1.0 - step.Beta2) * g * g);
                w[i] -= step.LearningRate * (m[i] * step.Correction1) / (Math.Sqrt(v[i] * step.Correction2) + step.Epsilon);
            });
            s.Check(w, m, v, penalty, expectedPenalty);
        }
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
    public void Segments_beyond_the_buffer_are_refused() =>
        Should.Throw<ArgumentException>(() => OptimizerKernels.Penalty([new(3, 8, 0f, 0f)], new float[10])).Message.ShouldContain("11");

    [Test]
    public void A_call_allocates_nothing()
    {
        var buffers = new float[4][];
        for (int i = 0; i < 4; i++) buffers[i] = Forms.Normal(30_000, (ulong)i);
        UpdateSegment[] segments = [new(0, 30_000, 1e-4f, 1e-4f)];
        AdamStep step = AdamSteps().First();
        OptimizerKernels.Adam(segments, buffers[0], buffers[1], buffers[2], buffers[3], [], step);
        long before = GC.GetAllocatedBytesForCurrentThread();
        OptimizerKernels.Adam(segments, buffers[0], buffers[1], buffers[2], buffers[3], [], step);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    // Two segments with a gap before, between and after them, which must stay as it is.
    private sealed class State
    {
        private readonly int _length;
        private readonly float[] _before;

        public State(int length, bool penalised)
        {
            _length = length;
            int total = (2 * length) + (3 * Gap);
            Parameters = new GuardedFloats(Forms.Normal(total, 1));
            if (length > 2) Parameters.Span[Gap + 1] = 0f;
            _before = Parameters.ToArray();
            Gradients = Forms.Normal(total, 2);
            First = new GuardedFloats(Forms.Normal(total, 3));
            Second = new GuardedFloats(Array.ConvertAll(Forms.Normal(total, 4), Math.Abs));
            Segments = [new(Gap, length, penalised ? 0.03f : 0f, 0f), new((2 * Gap) + length, length, penalised ? 0.01f : 0f, penalised ? 0.02f : 0f)];
        }

        public GuardedFloats Parameters { get; }

        public float[] Gradients { get; }

        public GuardedFloats First { get; }

        public GuardedFloats Second { get; }

        public UpdateSegment[] Segments { get; }

        public double PenaltyGradient(double w, int i)
        {
            UpdateSegment segment = i < Gap + _length ? Segments[0] : Segments[1];
            return (segment.L1 * Math.Sign(w)) + (2.0 * segment.L2 * w);
        }

        public double Each(double[] w, Action<int> update)
        {
            double penalty = 0;
            foreach (UpdateSegment segment in Segments)
            {
                for (int i = segment.Offset; i < segment.Offset + segment.Length; i++)
                {
                    penalty += (segment.L1 * Math.Abs(w[i])) + (segment.L2 * w[i] * w[i]);
                    update(i);
                }
            }

            return penalty;
        }

        public void Check(double[] w, double[] first, double[]? second, float penalty, double expectedPenalty)
        {
            string what = $"{_length} parameters";
            Parameters.Check(what);
            First.Check(what);
            Second.Check(what);
            Close.ShouldBeCloseTo(Parameters.Span, w, 1e-6, 1e-6, what);
            Close.ShouldBeCloseTo(First.Span, first, 1e-6, 1e-6, what);
            if (second is not null) Close.ShouldBeCloseTo(Second.Span, second, 1e-6, 1e-6, what);
            penalty.ShouldBe((float)expectedPenalty, 1e-5f * (1 + (float)expectedPenalty));
            for (int i = 0; i < Gap; i++)
            {
                foreach (int at in (int[])[i, Gap + _length + i, (2 * Gap) + (2 * _length) + i]) Parameters.Span[at].ShouldBe(_before[at]);
            }
        }
    }
}
