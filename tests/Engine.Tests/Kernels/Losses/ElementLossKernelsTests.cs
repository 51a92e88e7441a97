using FastNets.Kernels;
using FastNets.Kernels.Losses;
using FastNets.Tests.Shared.Reference;
using FastNets.Threading;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Kernels.Losses;

internal sealed class ElementLossKernelsTests
{
    private const int Batch = 4, Steps = 3;
    private const float Delta = 0.7f;

    private static readonly ElementLossSettings Default = new(Sum: false, IgnoreMissing: false);

    private static IEnumerable<int> Widths => Enumerable.Range(1, 40).Concat([70, 131, 300]);

    [Test]
    public void Losses_are_means_over_what_counts_and_the_gradient_is_that_of_the_total([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        Check(default(SquaredError), isa, (o, t) => (o - t) * (o - t), (o, t) => 2 * (o - t));
        Check(default(AbsoluteError), isa, (o, t) => Math.Abs(o - t), (o, t) => Math.Sign(o - t));
        Check(
            new HuberError(Delta), isa,
            (o, t) => Math.Abs(o - t) <= Delta ? 0.5 * (o - t) * (o - t) : Delta * (Math.Abs(o - t) - (0.5 * Delta)),
            (o, t) => Math.Clamp(o - t, -Delta, Delta));
        Check(
            default(BinaryCrossEntropy), isa,
            (o, t) => (-t * Math.Log(1 / (1 + Math.Exp(-o)))) - ((1 - t) * Math.Log(1 / (1 + Math.Exp(o)))),
            (o, t) => (1 / (1 + Math.Exp(-o))) - t);
    }

    [Test]
    public void The_slopes_of_the_losses_are_their_derivatives()
    {
        Derivative(default(SquaredError), 1e-3f);
        Derivative(default(AbsoluteError), 1e-3f);
        Derivative(new HuberError(Delta), 1e-3f);
        Derivative(default(BinaryCrossEntropy), 1e-3f);
        default(AbsoluteError).Gradient(2f, 2f).ShouldBe(0f);
    }

    [Test]
    public void Binary_cross_entropy_is_finite_for_extreme_logits([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        float[] x = [1e4f, 1e4f, -1e4f, -1e4f, 100f, -100f, 0f, float.MaxValue], t = [1f, 0f, 1f, 0f, 1f, 0f, 0.5f, 1f], losses = new float[8], total = new float[1], d = new float[8];
        ElementLossKernels.Run(x, t, default, losses, total, d, 8, 1, 1, default(BinaryCrossEntropy), Default with { Sum = true }, isa);
        Close.ShouldBeCloseTo(losses, [0, 1e4, 1e4, 0, Math.Exp(-100), Math.Exp(-100), Math.Log(2), 0], 1e-6, 1e-44, "losses");
        Close.ShouldBeCloseTo(d, [0, 1, -1, 0, 0, 0, 0, 0], 1e-6, 1e-30, "gradient");
    }

    [Test]
    public void Without_an_element_that_counts_everything_is_0([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool sum)
    {
        float[] o = [1f, float.NaN, 3f, 4f], losses = [9f, 9f], total = [9f], d = [9f, 9f, 9f, 9f];
        float[] missing = [float.NaN, float.NaN, float.NaN, float.NaN];
        ElementLossKernels.Run(o, missing, default, losses, total, d, 2, 1, 2, default(SquaredError), new ElementLossSettings(sum, IgnoreMissing: true), isa);
        losses.Concat(total).Concat(d).ShouldAllBe(v => v == 0);
        (losses, total, d) = ([9f, 9f], [9f], [9f, 9f, 9f, 9f]);
        ElementLossKernels.Run(o, new float[4], (int[])[0, -1], losses, total, d, 2, 2, 2, default(SquaredError), Default with { Sum = sum }, isa);
        losses.Concat(total).Concat(d).ShouldAllBe(v => v == 0);
    }

    [Test]
    public void Missing_targets_make_the_loss_undefined_unless_they_are_ignored()
    {
        float[] losses = new float[2], total = new float[1];
        ElementLossKernels.Run([1f, 2f], [float.NaN, 4f], default, losses, total, default, 2, 1, 1, default(SquaredError), Default);
        (losses[0], losses[1], total[0]).ShouldBe((float.NaN, 4f, float.NaN));
    }

    [Test]
    public void The_gradient_may_take_the_place_of_the_output([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool missing)
    {
        float[] o = Forms.Normal(3 * 70, 1), t = Forms.Normal(3 * 70, 2), losses = new float[3], total = new float[1], d = new float[o.Length];
        if (missing) t[7] = t[69] = float.NaN;
        var settings = new ElementLossSettings(Sum: false, missing);
        ElementLossKernels.Run(o, t, default, losses, total, d, 3, 1, 70, default(SquaredError), settings, isa);
        ElementLossKernels.Run(o, t, default, losses, total, o, 3, 1, 70, default(SquaredError), settings, isa);
        o.ShouldBe(d);
    }

    [Test]
    public void Nothing_beyond_the_operands_is_touched([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] bool missing)
    {
        for (int columns = 1; columns <= 40; columns++)
        {
            using ProtectedFloats o = new(Forms.Normal(2 * columns, 1)), t = new(new float[2 * columns]), losses = new(new float[2]), d = new(o.Span);
            float[] total = new float[1];
            ElementLossKernels.Run(o.Span, t.Span, default, losses.Span, total, d.Span, 2, 1, columns, default(SquaredError), new ElementLossSettings(Sum: false, missing), isa);
            total[0].ShouldBe(o.Span.ToArray().Average(v => v * v), 1e-5f);
        }
    }

    [Test]
    public void A_mean_of_many_small_losses_keeps_its_digits([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        float[] o = new float[100_001], losses = new float[1], total = new float[1];
        o.AsSpan().Fill(0.1f);
        ElementLossKernels.Run(o, new float[o.Length], default, losses, total, default, 1, 1, o.Length, default(AbsoluteError), Default, isa);
        total[0].ShouldBe(0.1f, 1e-7f);
    }

    [Test]
    public void Sizes_that_make_no_sense_are_refused()
    {
        static void Run(int batch, int steps, int columns, int lengths = 0) =>
            ElementLossKernels.Run(new float[12], new float[12], new int[lengths], new float[6], new float[1], default, batch, steps, columns, default(SquaredError), Default);
        Should.Throw<ArgumentException>(() => Run(2, 4, 6)).Message.ShouldContain("6 columns are not a multiple of 4 steps");
        Should.Throw<ArgumentException>(() => Run(2, 3, 6, lengths: 1)).ParamName.ShouldBe("lengths");
        Should.Throw<ArgumentException>(() => Run(3, 1, 6)).ParamName.ShouldBe("output");
        Should.Throw<ArgumentOutOfRangeException>(() => Run(2, 0, 6)).ParamName.ShouldBe("steps");
        Should.Throw<ArgumentOutOfRangeException>(() => Run(2, 1, 0)).ParamName.ShouldBe("columns");
        Should.NotThrow(() => Run(0, 1, 6));
    }

    [Test]
    public void The_number_of_threads_changes_no_bit([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        const int Count = 700, Columns = 131;
        float[] o = Forms.Normal(Count * Columns, 1), t = Forms.Normal(Count * Columns, 2);
        for (int i = 0; i < t.Length; i += 17) t[i] = float.NaN;
        int before = WorkerPool.Threads;
        try
        {
            float[]? first = null;
            foreach (int threads in (int[])[1, 2, 3])
            {
                WorkerPool.Threads = threads;
                float[] all = new float[Count + 1 + o.Length];
                ElementLossKernels.Run(
                    o, t, default, all.AsSpan(0, Count), all.AsSpan(Count, 1), all.AsSpan(Count + 1), Count, 1, Columns, default(BinaryCrossEntropy),
                    new ElementLossSettings(Sum: false, IgnoreMissing: true), isa);
                first ??= all;
                all.AsSpan().SequenceEqual(first).ShouldBeTrue($"{threads} threads");
            }
        }
        finally
        {
            WorkerPool.Threads = before;
        }
    }

    private static void Check<TLoss>(TLoss loss, Isa isa, Func<double, double, double> value, Func<double, double, double> slope)
        where TLoss : struct, IPointwiseLoss
    {
        bool[] both = [false, true];
        foreach (int width in Widths)
        {
            foreach ((bool sum, bool missing, bool lengths) in from s in both from m in both from l in both select (s, m, l))
            {
                int columns = lengths ? Steps * width : width;
                string what = $"{typeof(TLoss).Name}, {columns} columns, sum {sum}, missing {missing}, lengths {lengths}";
                float[] o = Forms.Normal(Batch * columns, 1), t = Array.ConvertAll(Forms.Normal(Batch * columns, 2), v => Math.Abs(v) % 1);
                int[] n = lengths ? [3, 0, 1, 2] : [];
                for (int i = 0; missing && i < t.Length; i += 3) t[i] = float.NaN;
                for (int i = 0; lengths && i < t.Length; i++) if (i % columns / width >= n[i / columns]) t[i] = float.NegativeInfinity;
                GuardedFloats losses = new(Batch), total = new(1), d = new(o.Length);
                ElementLossKernels.Run(o, t, n, losses.Span, total.Span, d.Span, Batch, lengths ? Steps : 1, columns, loss, new ElementLossSettings(sum, missing), isa);
                foreach (GuardedFloats output in (GuardedFloats[])[losses, total, d]) output.Check(what);

                int[] counting = [.. Enumerable.Range(0, o.Length).Where(i => float.IsFinite(t[i]))];
                double divisor = sum ? 1 : counting.Length;
                var means = new double[Batch];
                var gradient = new double[o.Length];
                foreach (IGrouping<int, int> row in counting.GroupBy(i => i / columns)) means[row.Key] = row.Average(i => value(o[i], t[i]));
                foreach (int i in counting) gradient[i] = slope(o[i], t[i]) / divisor;
                Close.ShouldBeCloseTo(losses.Span, means, 1e-6, 1e-7, what + ": losses");
                Close.ShouldBeCloseTo(total.Span, [counting.Sum(i => value(o[i], t[i])) / Math.Max(divisor, 1)], 1e-6, 1e-7, what + ": total");
                Close.ShouldBeCloseTo(d.Span, gradient, 1e-6, 2e-7, what + ": gradient");
            }
        }
    }

    private static void Derivative<TLoss>(TLoss loss, float step)
        where TLoss : struct, IPointwiseLoss
    {
        foreach (float o in (float[])[-2f, -0.3f, 0.1f, 1.5f])
            loss.Gradient(o, 0.5f).ShouldBe((loss.Loss(o + step, 0.5f) - loss.Loss(o - step, 0.5f)) / (2 * step), 1e-3f, typeof(TLoss).Name);
    }
}
