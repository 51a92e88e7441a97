using FastNets.Backends;
using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Kernels.Optimizers;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Cuda.Tests.Operations;

/// <summary>Gradients clipped by their norm, and the updates that follow.</summary>
public sealed class ClippingTests
{
    // More tensors than a block has warps. The largest norms are about 90 and 250.
    [Test]
    public void Clipped_updates([Values(1, 9, 40)] int tensors, [Values] bool each, [Values(0.5f, 20f, 1000f)] float maximum, [Values] bool penalised)
    {
        using var pair = new BackendPair();
        var buffers = new ParameterBuffers(pair, penalised, tensors, clipped: true);
        Slot first = buffers.State(pair, "first"), second = buffers.State(pair, "second");
        for (int i = 1; i <= 3; i++)
            pair.Run(new ClippedAdam(buffers, first, second, maximum, each, 0.01f * i), pass: PassKind.Training);
    }

    // Of more chunks than a warp has lanes.
    [Test]
    public void A_long_tensor([Values] bool each)
    {
        using var pair = new BackendPair();
        Slot w = pair.Normal(Arena.Parameters, 70_000, "parameters");
        pair.Normal(Arena.Gradients, 70_000, "gradients");
        UpdateSegment[] segments = [new(w.Offset, 100, 0, 0), new(w.Offset + 100, 69_900, 0, 0.1f)];
        var buffers = new ParameterBuffers(segments, pair.Output(Arena.Activations, 1, "norm"), pair.Output(Arena.Activations, 1, "penalty"), w.Offset + w.Length);
        pair.Run(new ClippedSgd(buffers, Slot.None, 10, each));
    }

    [Test]
    public void A_clipped_step_has_the_length_of_the_maximum([Values] bool each)
    {
        using var pair = new BackendPair();
        Slot w = pair.Take(Arena.Parameters, [0, 0, 0], "parameters");
        pair.Take(Arena.Gradients, [3, 0, -4], "gradients");
        var buffers = new ParameterBuffers(
            [new(w.Offset, 3, 0, 0)], pair.Output(Arena.Activations, 1, "norm"), pair.Output(Arena.Activations, 1, "penalty"), w.Offset + w.Length);
        pair.Run(new ClippedSgd(buffers, Slot.None, 0.5f, each));
        pair.Cuda(buffers.Norm)[0].ShouldBe(5);
        pair.Cuda(w).ToArray().ShouldBe([-0.3f, 0, 0.4f], 1e-6);
    }

    [Test]
    public void Nothing_moves_where_the_norm_is_not_finite(
        [Values(float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e20f)] float bad, [Values] bool each, [Values] bool penalised)
    {
        using var pair = new BackendPair();
        Slot w = pair.Normal(Arena.Parameters, 5000, "parameters");
        var gradients = new float[5000];
        gradients[4000] = bad;
        pair.Take(Arena.Gradients, gradients, "gradients");
        UpdateSegment[] segments = [new(w.Offset, 100, penalised ? 0.1f : 0, 0), new(w.Offset + 100, 4900, 0, penalised ? 0.1f : 0)];
        var buffers = new ParameterBuffers(segments, pair.Output(Arena.Activations, 1, "norm"), pair.Output(Arena.Activations, 1, "penalty"), w.Offset + w.Length);
        Slot first = buffers.State(pair, "first"), second = buffers.State(pair, "second");
        pair.Run(new ClippedAdam(buffers, first, second, 1, each, 0.01f));
        pair.Cuda(buffers.Norm)[0].ShouldBe(float.PositiveInfinity);
        pair.Run(new ClippedSgd(buffers, first, 1, each));
    }

    // A norm whose square single precision can't hold, of chunks whose squares it can.
    [Test]
    public void Large_norms([Values] bool each)
    {
        using var pair = new BackendPair();
        Slot w = pair.Normal(Arena.Parameters, 16384, "parameters");
        var gradients = new float[16384];
        gradients.AsSpan().Fill(1.7e17f);
        pair.Take(Arena.Gradients, gradients, "gradients");
        var buffers = new ParameterBuffers([new(w.Offset, 16384, 0, 0)], pair.Output(Arena.Activations, 1, "norm"), pair.Output(Arena.Activations, 1, "penalty"), w.Offset + w.Length);
        pair.Run(new ClippedSgd(buffers, Slot.None, 3, each));
        pair.Cuda(buffers.Norm)[0].ShouldBe(2.176e19f, 1e15f);
    }

    [Test]
    public void No_segments()
    {
        using var pair = new BackendPair();
        ParameterBuffers buffers = new ParameterBuffers(pair, penalised: false, 3, clipped: true) with { Segments = [] };
        pair.Run(new OnlyNorm(buffers));
        pair.Cuda(buffers.Norm)[0].ShouldBe(0);
    }

    private readonly record struct ClippedAdam(ParameterBuffers Buffers, Slot First, Slot Second, float Maximum, bool Each, float Rate) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend
        {
            UpdateSegment[] segments = [.. Buffers.Segments];
            backend.ClipGradients(segments, Maximum, Each, Buffers.Norm);
            backend.AdamUpdate(
                segments, First, Second, Slot.None, new AdamStep(Rate, 0.9f, 0.99f, 1e-3f, 1.5f, 2.5f, 0.1f, Decoupled: false), Buffers.Norm, Buffers.Penalty);
        }
    }

    private readonly record struct ClippedSgd(ParameterBuffers Buffers, Slot Velocity, float Maximum, bool Each) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend
        {
            UpdateSegment[] segments = [.. Buffers.Segments];
            backend.ClipGradients(segments, Maximum, Each, Buffers.Norm);
            backend.SgdUpdate(segments, Velocity, new SgdStep(1, Velocity.IsNone ? 0 : 0.9f, 0, Nesterov: false, 0, First: true), Buffers.Norm, Buffers.Penalty);
        }
    }

    private readonly record struct OnlyNorm(ParameterBuffers Buffers) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend => backend.ClipGradients([.. Buffers.Segments], 1, each: false, Buffers.Norm);
    }
}
