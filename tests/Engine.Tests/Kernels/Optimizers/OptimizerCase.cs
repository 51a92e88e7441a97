using FastNets.Kernels.Optimizers;
using FastNets.Tests.Shared.Reference;
using Shouldly;

namespace FastNets.Engine.Tests.Kernels.Optimizers;

/// <summary>What the segments of a case ask for.</summary>
public enum SegmentKind
{
    Plain,
    Penalised,
    Everything,
}

/// <summary>Two segments with a gap before, between and after them, which must stay as it is; and the same in double precision.</summary>
internal sealed class OptimizerCase
{
    private const int Gap = 5;

    // A few steps' roundings in single precision.
    private const double Tolerance = 3e-6;

    private readonly int _length;
    private readonly float[][] _before;

    public OptimizerCase(int length, SegmentKind kind)
    {
        _length = length;
        int total = (2 * length) + (3 * Gap);
        float[] w = Forms.Normal(total, 1);
        if (length > 2) w[Gap + 1] = 0f;

        // Squares clearly above the squares of the means, so that their difference is well conditioned.
        _before = [w, Forms.Normal(total, 3), Array.ConvertAll(Forms.Normal(total, 4), x => Math.Abs(x) + 0.25f), Array.ConvertAll(Forms.Normal(total, 5), x => 0.1f * x)];
        Buffers = [.. _before.Select(b => new GuardedFloats(b))];
        Double = [.. _before.Select(b => Forms.ToDouble(b))];
        bool penalised = kind != SegmentKind.Plain;
        UpdateSegment first = new(Gap, length, penalised ? 0.03f : 0f, 0f);
        UpdateSegment second = new((2 * Gap) + length, length, penalised ? 0.01f : 0f, penalised ? 0.02f : 0f);
        Segments = kind == SegmentKind.Everything
            ? [first with { RateFactor = 0.5f, DecayFactor = 0f, Scale = 0.25f }, second with { DecayFactor = 3f, Limit = 0.7f }]
            : [first, second];
    }

    /// <summary>Parameters and three buffers of state, the second positive.</summary>
    public GuardedFloats[] Buffers { get; }

    /// <summary>The same numbers, for the reference.</summary>
    public double[][] Double { get; }

    public UpdateSegment[] Segments { get; }

    public Span<float> Parameters => Buffers[0].Span;

    public Span<float> First => Buffers[1].Span;

    public Span<float> Second => Buffers[2].Span;

    public Span<float> Third => Buffers[3].Span;

    public float[] Gradients(int step) => Forms.Normal(_before[0].Length, 20 + (ulong)step);

    /// <summary>Runs the reference's rule: it is given the gradient that it must see, and moves an element.</summary>
    /// <returns>The penalties' value before.</returns>
    public double Each(float[] gradients, Action<int, double, UpdateSegment> rule)
    {
        double penalty = 0;
        foreach (UpdateSegment segment in Segments)
        {
            for (int i = segment.Offset; i < segment.Offset + segment.Length; i++)
            {
                double w = Double[0][i];
                penalty += (segment.L1 * Math.Abs(w)) + (segment.L2 * w * w);
                double g = segment.Scale * (gradients[i] + (segment.L1 * Math.Sign(w)) + (2.0 * segment.L2 * w));
                rule(i, Math.Clamp(g, -(double)segment.Limit, segment.Limit), segment);
            }
        }

        return penalty;
    }

    public void Check(float penalty, double expectedPenalty)
    {
        string what = $"{_length} parameters";
        for (int i = 0; i < Buffers.Length; i++)
        {
            Buffers[i].Check(what);
            Close.ShouldBeCloseTo(Buffers[i].Span, Double[i], Tolerance, Tolerance, $"{what}, buffer {i}");
        }

        penalty.ShouldBe((float)expectedPenalty, 1e-5f * (1 + (float)expectedPenalty));
        for (int i = 0; i < Gap; i++)
        {
            foreach (int at in (int[])[i, Gap + _length + i, (2 * Gap) + (2 * _length) + i]) Parameters[at].ShouldBe(_before[0][at]);
        }
    }
}
