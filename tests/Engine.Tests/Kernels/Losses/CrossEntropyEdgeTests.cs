using FastNets.Kernels;
using FastNets.Kernels.Losses;
using FastNets.Tests.Shared.Reference;
using FastNets.Threading;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Kernels.Losses;

internal sealed class CrossEntropyEdgeTests
{
    private static readonly CrossEntropySettings Default = new(0f, 0f, Sum: false, IgnoreMissing: false);

    [Test]
    public void Extreme_logits_give_finite_losses_and_gradients(
        [ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool indices, [Values(0f, 0.5f, 1f, 2f, 5f)] float gamma, [Values(100f, 1e4f)] float size,
        [Values(0f, 0.1f)] float smoothing)
    {
        float[] z = [size, -size, -size, size, size, size, 0f, -size], losses = new float[4], total = new float[1], d = new float[8];
        CrossEntropySettings settings = Default with { FocalGamma = gamma, LabelSmoothing = smoothing, Sum = true };
        if (indices) CrossEntropyKernels.Run(z, (int[])[0, 0, 0, 0], default, default, losses, total, d, default, 4, 1, 2, settings, isa);
        else CrossEntropyKernels.Run(z, [1f, 0f, 1f, 0f, 1f, 0f, 1f, 0f], default, default, losses, total, d, default, 4, 1, 2, settings, isa);

        // Certain and right; certain and wrong; undecided; certain and right.
        double miss = 1 - (smoothing / 2.0), rest = smoothing / 2.0;
        double even = Math.Pow(0.5, gamma), evenSlope = even * ((2 * gamma * 0.5 * Math.Log(0.5)) - 1) * (miss - rest) / 2;
        Close.ShouldBeCloseTo(losses, [rest * 2 * size, miss * 2 * size, even * Math.Log(2), rest * size], 1e-6, 1e-30, "losses");
        Close.ShouldBeCloseTo(d, [rest, -rest, -miss, miss, evenSlope, -evenSlope, rest, -rest], 2e-6, 1e-7 * miss, "gradient");
        total[0].ShouldBe(losses.Sum(), 1e-6f * losses.Sum());
    }

    [Test]
    public void A_class_that_is_all_but_certain_keeps_an_exact_focus(
        [ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool indices, [Values(0.5f, 1f, 2f)] float gamma)
    {
        float[] losses = new float[1], total = new float[1], d = new float[3];
        CrossEntropySettings settings = Default with { FocalGamma = gamma };
        if (indices) CrossEntropyKernels.Run([10f, -10f, -9f], (int[])[0], default, default, losses, total, d, default, 1, 1, 3, settings, isa);
        else CrossEntropyKernels.Run([10f, -10f, -9f], [1f, 0f, 0f], default, default, losses, total, d, default, 1, 1, 3, settings, isa);

        // To first order in the others' share o of about 1e-8: -log(p) = 1 - p = o, and g = -(gamma + 1) o^gamma.
        double o = Math.Exp(-20) + Math.Exp(-19), g = -(gamma + 1) * Math.Pow(o, gamma);
        Close.ShouldBeCloseTo(losses, [Math.Pow(o, gamma + 1)], 1e-5, 0, "loss");
        Close.ShouldBeCloseTo(d, [g * o, -g * Math.Exp(-20), -g * Math.Exp(-19)], 1e-5, 1e-9 * Math.Abs(g), "gradient");
    }

    [Test]
    public void A_class_of_weight_0_adds_nothing_even_where_it_is_impossible(
        [ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values(0f, 2f)] float gamma, [Values(0f, 0.1f)] float smoothing)
    {
        float[] losses = new float[2], total = new float[1], d = new float[6], z = [0f, 0f, float.NegativeInfinity, 0f, 0f, float.NegativeInfinity];
        CrossEntropySettings settings = Default with { FocalGamma = gamma, LabelSmoothing = smoothing };
        CrossEntropyKernels.Run(z, [0.5f, 0.5f, 0f, 1f, 0f, 0f], [1f, 1f, 0f], default, losses, total, d, default, 2, 1, 3, settings, isa);
        float expected = MathF.Log(2) * MathF.Pow(0.5f, gamma) * (1 - (smoothing / 3));
        losses.ShouldBe([expected, expected], 1e-6f);
        d.ShouldAllBe(v => float.IsFinite(v));
        CrossEntropyKernels.Run(z, (int[])[0, 2], [1f, 1f, 0f], default, losses, total, d, default, 2, 1, 3, settings, isa);
        losses[0].ShouldBe(expected, 1e-6f);
        float.IsFinite(losses[1]).ShouldBeTrue();
        total[0].ShouldBe(losses[0] + losses[1], 1e-6f);
    }

    [Test]
    public void Without_a_row_that_counts_the_total_and_the_gradient_are_0([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool sum, [Values(0f, 0.1f)] float smoothing, [Values(0f, 2f)] float gamma)
    {
        var settings = new CrossEntropySettings(smoothing, gamma, sum, IgnoreMissing: true);
        float[] z = [float.NaN, 2f, 3f, float.PositiveInfinity], losses = [9f, 9f], total = [9f], d = new float[4];
        d.AsSpan().Fill(9f);
        CrossEntropyKernels.Run(z, (int[])[-1, -1], default, default, losses, total, d, default, 2, 1, 2, settings, isa);
        losses.Concat(total).Concat(d).ShouldAllBe(v => v == 0);
        losses = [9f, 9f];
        CrossEntropyKernels.Run(z, [float.NaN, 1f, 0f, float.NaN], default, default, losses, total, d, default, 2, 1, 2, settings, isa);
        losses.Concat(total).Concat(d).ShouldAllBe(v => v == 0);
        losses = [9f, 9f];
        CrossEntropyKernels.Run(z, (int[])[7, 7], default, (int[])[0], losses, total, d, default, 2, 2, 2, settings, isa);
        losses.Concat(total).Concat(d).ShouldAllBe(v => v == 0);
    }

    [Test]
    public void A_mean_over_classes_of_weight_0_is_0([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        float[] losses = new float[1], total = [9f], d = [9f, 9f];
        CrossEntropyKernels.Run([1f, 2f], (int[])[0], [0f, 1f], default, losses, total, d, default, 1, 1, 2, Default with { LabelSmoothing = 0.5f }, isa);
        total.ShouldBe([0f]);
        d.ShouldBe([0f, 0f]);
    }

    [Test]
    public void Missing_targets_make_the_loss_undefined_unless_they_are_ignored([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        float[] losses = new float[2], total = new float[1];
        CrossEntropyKernels.Run([1f, 2f, 3f, 3f], [float.NaN, 1f, 0f, 1f], default, default, losses, total, default, default, 2, 1, 2, Default, isa);
        losses[0].ShouldBe(float.NaN);
        losses[1].ShouldBe(MathF.Log(2), 1e-6f);
        total[0].ShouldBe(float.NaN);
    }

    [Test]
    public void A_class_out_of_range_is_named_and_nothing_is_written([Values(-1, 3, int.MinValue, -2)] int label, [Values] bool ignoreMissing)
    {
        float[] losses = [9f, 9f], total = [9f], d = [9f, 9f, 9f, 9f, 9f, 9f], p = [9f, 9f, 9f, 9f, 9f, 9f];
        void Run() => CrossEntropyKernels.Run(new float[6], new[] { 2, label }, default, default, losses, total, d, p, 2, 1, 3, Default with { IgnoreMissing = ignoreMissing });
        if (label == -1 && ignoreMissing)
        {
            Should.NotThrow(Run);
            return;
        }

        string message = Should.Throw<ArgumentOutOfRangeException>(Run).Message;
        message.ShouldContain(FormattableString.Invariant($"Row 1 of the batch has class {label}; with 3 classes"));
        message.Contains(nameof(CrossEntropySettings.IgnoreMissing), StringComparison.Ordinal).ShouldBe(label == -1);
        float[][] outputs = [losses, total, d, p];
        outputs.ShouldAllBe(o => o.All(v => v == 9f));
    }

    [Test]
    public void Sizes_and_settings_that_make_no_sense_are_refused()
    {
        static void Run(int rows, int steps, int classes, CrossEntropySettings settings, int lengths = 0) =>
            CrossEntropyKernels.Run(new float[12], new int[6], default, new int[lengths], new float[6], new float[1], default, default, rows, steps, classes, settings);
        Should.Throw<ArgumentException>(() => Run(6, 4, 2, Default)).Message.ShouldContain("6 rows are not a multiple of 4 steps");
        Should.Throw<ArgumentException>(() => Run(6, 3, 2, Default, lengths: 1)).ParamName.ShouldBe("lengths");
        Should.Throw<ArgumentException>(() => Run(7, 1, 2, Default)).ParamName.ShouldBe("targets");
        Should.Throw<ArgumentOutOfRangeException>(() => Run(6, 0, 2, Default)).ParamName.ShouldBe("steps");
        Should.Throw<ArgumentOutOfRangeException>(() => Run(6, 1, 0, Default)).ParamName.ShouldBe("classes");
        foreach (float smoothing in (float[])[-0.1f, 1f, float.NaN])
            Should.Throw<ArgumentOutOfRangeException>(() => Run(6, 1, 2, Default with { LabelSmoothing = smoothing })).Message.ShouldContain("smoothing");
        foreach (float gamma in (float[])[-1f, float.PositiveInfinity, float.NaN])
            Should.Throw<ArgumentOutOfRangeException>(() => Run(6, 1, 2, Default with { FocalGamma = gamma })).Message.ShouldContain("gamma");
        Should.NotThrow(() => Run(0, 1, 2, Default));
    }

    [Test]
    public void The_number_of_threads_changes_no_bit([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool indices, [Values(0f, 1.5f)] float gamma)
    {
        const int Rows = 3000, Classes = 37;
        float[] z = Forms.Normal(Rows * Classes, 1), t = Array.ConvertAll(Forms.Normal(Rows * Classes, 2), Math.Abs), w = Array.ConvertAll(Forms.Normal(Classes, 3), Math.Abs);
        int[] labels = [.. Enumerable.Range(0, Rows).Select(r => (r % (Classes + 1)) - 1)];
        t[100] = float.NaN;
        var settings = new CrossEntropySettings(0.1f, gamma, Sum: false, IgnoreMissing: true);
        int before = WorkerPool.Threads;
        try
        {
            float[]? first = null;
            foreach (int threads in (int[])[1, 2, 3])
            {
                WorkerPool.Threads = threads;
                float[] all = new float[Rows + 1 + z.Length];
                Span<float> losses = all.AsSpan(0, Rows), total = all.AsSpan(Rows, 1), d = all.AsSpan(Rows + 1);
                if (indices) CrossEntropyKernels.Run(z, labels, w, default, losses, total, d, default, Rows, 1, Classes, settings, isa);
                else CrossEntropyKernels.Run(z, t, w, default, losses, total, d, default, Rows, 1, Classes, settings, isa);
                first ??= all;
                all.AsSpan().SequenceEqual(first).ShouldBeTrue($"{threads} threads");
            }
        }
        finally
        {
            WorkerPool.Threads = before;
        }
    }
}
