using System.Runtime.InteropServices;
using FastNets.Backends;
using FastNets.Engine.Tests.Kernels;
using FastNets.Kernels.Losses;
using FastNets.Kernels.Normalization;
using FastNets.Kernels.Optimizers;
using FastNets.Kernels.Pointwise;
using FastNets.Tests.Shared.Reference;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Backends;

/// <summary>A network of two dense layers with batch normalisation between them, written by hand on the backend and by definition beside it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CpuBackendTests : IDisposable
{
    private const int Batch = 6, Inputs = 5, Hidden = 7, Classes = 3;

    private readonly ArenaSet _arenas = new();
    private readonly int[] _used = new int[Enum.GetValues<Arena>().Length];
    private readonly CpuBackend _backend;
    private readonly Slot _x, _targets, _w1, _b1, _gamma, _beta, _w2, _b2, _dw1, _db1, _dgamma, _dbeta, _dw2, _db2;
    private readonly Slot _runningMean, _runningVariance, _mean, _inverse, _z1, _h, _logits, _losses, _total, _dLogits, _dH, _first, _second;

    public CpuBackendTests()
    {
        _x = Take(Arena.Input, Batch * Inputs);
        _targets = Take(Arena.Targets, Batch);
        (_w1, _dw1) = Parameter(Inputs * Hidden);
        (_b1, _db1) = Parameter(Hidden);
        (_gamma, _dgamma) = Parameter(Hidden);
        (_beta, _dbeta) = Parameter(Hidden);
        (_w2, _dw2) = Parameter(Hidden * Classes);
        (_b2, _db2) = Parameter(Classes);
        _runningMean = Take(Arena.State, Hidden);
        _runningVariance = Take(Arena.State, Hidden);
        _mean = Take(Arena.Activations, Hidden);
        _inverse = Take(Arena.Activations, Hidden);
        _z1 = Take(Arena.Activations, Batch * Hidden);
        _h = Take(Arena.Activations, Batch * Hidden);
        _logits = Take(Arena.Activations, Batch * Classes);
        _losses = Take(Arena.Activations, Batch);
        _total = Take(Arena.Activations, 1);
        _dLogits = Take(Arena.Activations, Batch * Classes);
        _dH = Take(Arena.Activations, Batch * Hidden);
        _first = Take(Arena.OptimizerState, _used[(int)Arena.Parameters]);
        _second = Take(Arena.OptimizerState, _used[(int)Arena.Parameters]);
        foreach (Arena arena in Enum.GetValues<Arena>()) _arenas.Allocate(arena, _used[(int)arena]);
        _backend = new CpuBackend(_arenas);
        ulong stream = 0;
        foreach (Slot slot in (Slot[])[_x, _w1, _b1, _gamma, _beta, _w2, _b2]) Forms.Normal(slot.Length, ++stream).CopyTo(Span(slot));
        Labels().CopyTo(MemoryMarshal.Cast<float, int>(Span(_targets)));
        Span(_runningVariance).Fill(1f);
    }

    public void Dispose() => _arenas.Dispose();

    [Test]
    public void The_gradients_of_a_network_are_those_of_its_definition()
    {
        Step();
        double loss = Loss(Read(_w1), Read(_b1), Read(_gamma), Read(_beta), Read(_w2), Read(_b2));
        Span(_total)[0].ShouldBe((float)loss, 1e-5f);
        double[][] at = [Read(_w1), Read(_b1), Read(_gamma), Read(_beta), Read(_w2), Read(_b2)];
        Slot[] gradients = [_dw1, _db1, _dgamma, _dbeta, _dw2, _db2];
        for (int i = 0; i < at.Length; i++)
        {
            int changed = i;
            double[] numerical = ReferenceGradient.Numerical(
                p =>
                {
                    double[][] all = [.. at];
                    all[changed] = p;
                    return Loss(all[0], all[1], all[2], all[3], all[4], all[5]);
                },
                at[i]);
            Close.ShouldBeCloseTo(Span(gradients[i]), numerical, 1e-4, 2e-6, $"parameter {i}");
        }
    }

    [Test]
    public void Updates_use_the_parameter_and_gradient_arenas()
    {
        Step();
        UpdateSegment[] segments = [new(_w1.Offset, _w1.Length, 0f, 0f), new(_w2.Offset, _w2.Length, 0f, 0.5f)];
        double[] w1 = Read(_w1), g1 = Read(_dw1), w2 = Read(_w2), b1 = Read(_b1);
        float penalty = (float)(0.5 * w2.Sum(v => v * v));
        _backend.Penalty(segments, _total);
        Span(_total)[0].ShouldBe(penalty, 1e-5f);
        Span(_total).Clear();
        _backend.SgdUpdate(segments, Slot.None, new SgdStep(0.1f, 0f, 0f, false, 0f, true), Slot.None, _total);
        Span(_total)[0].ShouldBe(penalty, 1e-5f);
        Close.ShouldBeCloseTo(Span(_w1), [.. w1.Zip(g1, (w, g) => w - (0.1f * g))], 1e-6, 1e-7, "SGD");
        Read(_b1).ShouldBe(b1);

        w1 = Read(_w1);
        _backend.AdamUpdate(segments, _first, _second, Slot.None, new AdamStep(0.01f, 0.9f, 0.999f, 1e-8f, 1 / (1 - 0.9f), 1 / (1 - 0.999f), 0f, false), Slot.None, _total);
        Close.ShouldBeCloseTo(Span(_w1), [.. w1.Zip(g1, (w, g) => w - (0.01f * g / (Math.Abs(g) + 1e-8)))], 1e-5, 1e-6, "Adam");
        Span(_first)[_w1.Offset].ShouldBe((1 - 0.9f) * (float)g1[0], 1e-7f);
    }

    [Test]
    public void Clipping_sets_the_segments_factors_and_reports_the_norm()
    {
        Step();
        UpdateSegment[] segments = [new(_w1.Offset, _w1.Length, 0f, 0f), new(_w2.Offset, _w2.Length, 0f, 0f)];
        double first = Math.Sqrt(Read(_dw1).Sum(v => v * v)), second = Math.Sqrt(Read(_dw2).Sum(v => v * v)), all = Math.Sqrt((first * first) + (second * second));
        _backend.ClipGradients(segments, (float)(all / 2), each: false, _total);
        Span(_total)[0].ShouldBe((float)all, 1e-5f);
        segments[0].Scale.ShouldBe(0.5f, 1e-4f);
        segments[1].Scale.ShouldBe(0.5f, 1e-4f);
        float between = (float)((first + second) / 2);
        _backend.ClipGradients(segments, between, each: true, _total);
        Assert.That(segments.Select(s => s.Scale).Order().ToArray() is [var smaller, 1f] && Math.Abs(smaller - (between / Math.Max(first, second))) < 1e-5);
    }

    [Test]
    public void An_update_moves_nothing_where_the_norm_is_not_finite_and_still_reports_the_penalty()
    {
        Step();
        Span(_dw2)[0] = float.NaN;
        UpdateSegment[] segments = [new(_w1.Offset, _w1.Length, 0f, 0f), new(_w2.Offset, _w2.Length, 0f, 0.5f)];
        double[] w1 = Read(_w1);
        float penalty = (float)(0.5 * Read(_w2).Sum(v => v * v));
        _backend.ClipGradients(segments, 1f, each: false, _losses);
        Span(_losses)[0].ShouldBe(float.PositiveInfinity);
        _backend.AdamUpdate(segments, _first, _second, Slot.None, new AdamStep(0.01f, 0.9f, 0.999f, 1e-8f, 1f, 1f, 0f, false), _losses with { Length = 1 }, _total);
        Read(_w1).ShouldBe(w1);
        Span(_first)[_w1.Offset].ShouldBe(0f);
        Span(_total)[0].ShouldBe(penalty, 1e-5f);
    }

    [Test]
    public void Inference_through_an_affine_map_or_folded_weights_is_the_same()
    {
        Step();
        _backend.Dense<Tanh>(_x, _w1, _b1, Slot.None, _h, Batch, Inputs, Hidden, DropoutMask.None);
        _backend.BatchNormAffine(_gamma, _beta, _runningMean, _runningVariance, _mean, _inverse, Hidden, 1e-3f);
        _backend.Affine<Identity>(_h, _mean, _inverse, _z1, Batch, Hidden);
        _backend.Dense<Identity>(_z1, _w2, _b2, Slot.None, _logits, Batch, Hidden, Classes, DropoutMask.None);
        double[] expected = Read(_logits);
        _backend.FoldBefore(_w2, _b2, _mean, _inverse, _w2, _b2, Hidden, Classes);
        _backend.Dense<Identity>(_h, _w2, _b2, Slot.None, _logits, Batch, Hidden, Classes, DropoutMask.None);
        Close.ShouldBeCloseTo(Span(_logits), expected, 1e-5, 1e-5, "folded before");

        Forms.Normal(Classes, 50).CopyTo(Span(_mean));
        Forms.Normal(Classes, 51).CopyTo(Span(_inverse));
        double[] scaled = [.. Read(_logits).Select((v, i) => (v * Span(_mean)[i % Classes]) + Span(_inverse)[i % Classes])];
        _backend.FoldAfter(_w2, _b2, _mean, _inverse, _w2, _b2, Hidden, Classes);
        _backend.Dense<Identity>(_h, _w2, _b2, Slot.None, _logits, Batch, Hidden, Classes, DropoutMask.None);
        Close.ShouldBeCloseTo(Span(_logits), scaled, 1e-5, 1e-5, "folded after");
    }

    [Test]
    public void Softmax_and_pointwise_operations_reach_their_places()
    {
        Step();
        double[] logits = Read(_logits);
        _backend.Softmax(_logits, _dLogits, Batch, Classes);
        double[] y = ReferenceLosses.Softmax(logits, Classes);
        Close.ShouldBeCloseTo(Span(_dLogits), y, 1e-5, 1e-7, "softmax");
        _backend.SoftmaxBackward(_logits, _dLogits, _logits, Batch, Classes);
        Close.ShouldBeCloseTo(Span(_logits), ReferenceLosses.SoftmaxBackward(logits, y, Classes), 1e-5, 1e-6, "softmax backward");
        _backend.Pointwise<Relu>(_z1, _h, Batch, Hidden, DropoutMask.None);
        Read(_h).ShouldBe(Read(_z1).Select(v => Math.Max(v, 0)));
        _backend.ElementLoss(_h, _z1, Slot.None, _losses, _total, _dH, Batch, 1, Hidden, default(SquaredError), default);
        Span(_total)[0].ShouldBe((float)Read(_z1).Average(v => v < 0 ? v * v : 0), 1e-5f);
    }

    [Test]
    public void One_hot_targets_give_what_class_indices_give()
    {
        Step();
        double[] losses = Read(_losses), gradient = Read(_dLogits);
        Slot oneHot = _dH with { Length = Batch * Classes };
        Span(oneHot).Clear();
        for (int i = 0; i < Batch; i++) Span(oneHot)[(i * Classes) + Labels()[i]] = 1f;
        _backend.CrossEntropy(_logits, oneHot, TargetKind.Values, Slot.None, Slot.None, _losses, _total, _dLogits, Slot.None, Batch, 1, Classes, default);
        Close.ShouldBeCloseTo(Span(_losses), losses, 1e-6, 1e-7, "losses");
        Close.ShouldBeCloseTo(Span(_dLogits), gradient, 1e-6, 1e-7, "gradient");
    }

    [Test]
    public void A_step_allocates_nothing()
    {
        Allocations.Of(() => Step()).ShouldBe(0);
    }

    [Test]
    public void A_place_that_is_too_small_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => _backend.Softmax(_logits, _dLogits, Batch + 1, Classes)).Message.ShouldContain("21");

    private static int[] Labels() => [0, 2, 1, 1, 0, 2];

    private void Step()
    {
        var settings = new BatchNormSettings(0.9f, 1e-3f, UnbiasedVariance: false);
        _backend.Dense<Tanh>(_x, _w1, _b1, Slot.None, _z1, Batch, Inputs, Hidden, DropoutMask.None);
        _backend.BatchNorm<Identity>(_z1, _gamma, _beta, _runningMean, _runningVariance, _mean, _inverse, _h, Batch, Hidden, settings, DropoutMask.None);
        _backend.Dense<Identity>(_h, _w2, _b2, Slot.None, _logits, Batch, Hidden, Classes, DropoutMask.None);
        _backend.CrossEntropy(_logits, _targets, TargetKind.ClassIndices, Slot.None, Slot.None, _losses, _total, _dLogits, Slot.None, Batch, 1, Classes, default);
        _backend.PointwiseBackward<Identity>(_dLogits, Slot.None, _dLogits, _db2, Batch, Classes, DropoutMask.None);
        _backend.DenseWeightGradient(_h, _dLogits, _dw2, Batch, Hidden, Classes, accumulate: false);
        _backend.DenseInputGradient(_dLogits, _w2, _dH, Batch, Hidden, Classes, accumulate: false);
        _backend.BatchNormBackward<Identity>(_dH, _z1, _gamma, _beta, _mean, _inverse, _dH, _dgamma, _dbeta, Batch, Hidden, DropoutMask.None);
        _backend.PointwiseBackward<Tanh>(_dH, _z1, _dH, _db1, Batch, Hidden, DropoutMask.None);
        _backend.DenseWeightGradient(_x, _dH, _dw1, Batch, Inputs, Hidden, accumulate: false);
    }

    private double Loss(double[] w1, double[] b1, double[] gamma, double[] beta, double[] w2, double[] b2)
    {
        double[] z = ReferenceGemm.Multiply(Read(_x), false, w1, false, Batch, Hidden, Inputs);
        for (int i = 0; i < z.Length; i++) z[i] = Math.Tanh(z[i] + b1[i % Hidden]);
        double[] h = ReferenceBatchNorm.Forward(z, gamma, beta, Batch, 1e-3, out _, out _);
        double[] logits = ReferenceGemm.Multiply(h, false, w2, false, Batch, Classes, Hidden);
        for (int i = 0; i < logits.Length; i++) logits[i] += b2[i % Classes];
        return new ReferenceCrossEntropy { Classes = Classes, Labels = Labels() }.Total(logits);
    }

    private Slot Take(Arena arena, int length)
    {
        var slot = new Slot(arena, _used[(int)arena], length);
        _used[(int)arena] += (length + 15) / 16 * 16;
        return slot;
    }

    private (Slot Value, Slot Gradient) Parameter(int length)
    {
        Slot value = Take(Arena.Parameters, length);
        return (value, Take(Arena.Gradients, length));
    }

    private Span<float> Span(Slot slot) => _arenas.Span(slot, slot.Length);

    private double[] Read(Slot slot) => Forms.ToDouble(Span(slot));
}
