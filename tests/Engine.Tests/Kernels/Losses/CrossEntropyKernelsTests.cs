using FastNets.Kernels;
using FastNets.Kernels.Losses;
using FastNets.Tests.Shared.Reference;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Kernels.Losses;

internal sealed class CrossEntropyKernelsTests
{
    private const int Rows = CrossEntropyCase.Rows;

    // Exponentials to 2 units in the last place of single precision, sums of up to 40 of them.
    private const double Relative = 4e-6, Absolute = 2e-6;

    [Test]
    public void Losses_total_gradient_and_probabilities_are_those_of_the_definition(
        [ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool indices, [Values(0f, 0.5f, 1f, 2f)] float gamma)
    {
        for (int classes = 1; classes <= 40; classes++)
        {
            foreach (CrossEntropyCase c in CrossEntropyCase.Combinations(classes, indices, gamma))
            {
                GuardedFloats losses = new(Rows), total = new(1), d = new(Rows * classes), p = new(Rows * classes);
                c.Run(c.Logits, losses.Span, total.Span, d.Span, p.Span, isa);
                foreach (GuardedFloats output in (GuardedFloats[])[losses, total, d, p]) output.Check(c.Name);
                double[] z = Forms.ToDouble(c.Logits);
                Close.ShouldBeCloseTo(losses.Span, c.Reference.Losses(z), Relative, Absolute, c.Name + ": losses");
                Close.ShouldBeCloseTo(total.Span, [c.Reference.Total(z)], Relative, Absolute, c.Name + ": total");
                Close.ShouldBeCloseTo(d.Span, c.Reference.Gradient(z), Relative, Absolute, c.Name + ": gradient");
                Close.ShouldBeCloseTo(p.Span, ReferenceLosses.Softmax(z, classes), 1e-5, 1e-30, c.Name + ": probabilities");
            }
        }
    }

    [Test]
    public void What_is_not_asked_for_changes_nothing_of_the_rest(
        [ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool indices, [Values(0f, 2f)] float gamma, [Values(1, 17, 300)] int classes)
    {
        foreach (CrossEntropyCase c in CrossEntropyCase.Combinations(classes, indices, gamma))
        {
            float[] losses = new float[Rows], total = new float[1], d = new float[c.Logits.Length], p = new float[c.Logits.Length];
            c.Run(c.Logits, losses, total, d, p, isa);

            float[] inPlace = [.. c.Logits], again = new float[Rows], totalAgain = new float[1];
            c.Run(inPlace, again, totalAgain, inPlace, default, isa);
            inPlace.ShouldBe(d, c.Name);
            again.ShouldBe(losses, c.Name);
            totalAgain.ShouldBe(total, c.Name);

            inPlace = [.. c.Logits];
            c.Run(inPlace, again, totalAgain, default, inPlace, isa);
            inPlace.ShouldBe(p, c.Name);
            again.ShouldBe(losses, c.Name);

            // Without a place for exponentials the sum of more than 256 is added up in parts.
            c.Run(c.Logits, again, totalAgain, default, default, isa);
            Close.ShouldBeCloseTo(again, Forms.ToDouble(losses), 1e-6, 1e-6, c.Name);
        }
    }

    [Test]
    public void The_gradient_may_take_the_place_of_the_logits_beside_probabilities([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool indices, [Values(0f, 2f)] float gamma)
    {
        foreach (CrossEntropyCase c in CrossEntropyCase.Combinations(17, indices, gamma))
        {
            float[] losses = new float[Rows], total = new float[1], d = new float[c.Logits.Length], p = new float[c.Logits.Length];
            c.Run(c.Logits, losses, total, d, p, isa);
            float[] inPlace = [.. c.Logits], q = new float[p.Length];
            c.Run(inPlace, losses, total, inPlace, q, isa);
            inPlace.ShouldBe(d, c.Name);
            q.ShouldBe(p, c.Name);
        }
    }

    [Test]
    public void Nothing_beyond_the_operands_is_touched([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool indices, [Values(0f, 2f)] float gamma)
    {
        for (int classes = 1; classes <= 40; classes++)
        {
            var c = new CrossEntropyCase(classes, indices, weighted: true, smoothing: 0.1f, gamma, sum: false, missing: true, lengths: true);
            using ProtectedFloats z = new(c.Logits), t = new(c.Targets), w = new(c.Weights), losses = new(new float[Rows]), d = new(c.Logits), p = new(c.Logits);
            float[] total = new float[1];
            if (indices) CrossEntropyKernels.Run(z.Span, c.Labels, w.Span, c.Lengths, losses.Span, total, d.Span, p.Span, Rows, c.Steps, classes, c.Settings, isa);
            else CrossEntropyKernels.Run(z.Span, t.Span, w.Span, c.Lengths, losses.Span, total, d.Span, p.Span, Rows, c.Steps, classes, c.Settings, isa);
            total[0].ShouldBe((float)c.Reference.Total(Forms.ToDouble(c.Logits)), 1e-5f, c.Name);
        }
    }

    [Test]
    public void The_reference_gradient_is_the_slope_of_the_reference([Values] bool indices, [Values(0f, 0.5f, 1f, 2f)] float gamma)
    {
        foreach (CrossEntropyCase c in CrossEntropyCase.Combinations(4, indices, gamma))
        {
            double[] z = Forms.ToDouble(c.Logits), exact = c.Reference.Gradient(z), numerical = ReferenceGradient.Numerical(c.Reference.Total, z);
            for (int i = 0; i < z.Length; i++) exact[i].ShouldBe(numerical[i], 1e-7, c.Name);
        }
    }
}
