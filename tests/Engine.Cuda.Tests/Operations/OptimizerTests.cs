using FastNets.Backends;
using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Kernels.Optimizers;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Cuda.Tests.Operations;

/// <summary>Updates and penalties. An update whose rule and gradients are the same gives the same bits on both.</summary>
public sealed class OptimizerTests
{
    private const int StepsOfTest = 4;

    [Test]
    public void Sgd([Values(0f, 0.9f)] float momentum, [Values(0f, 0.3f)] float dampening, [Values] bool nesterov, [Values] bool decoupled, [Values] bool penalised)
    {
        using var pair = new BackendPair();
        var buffers = new ParameterBuffers(pair, penalised);
        Slot velocity = momentum == 0 ? Slot.None : buffers.State(pair, "velocity");
        for (int i = 0; i < StepsOfTest; i++)
        {
            var step = new SgdStep(0.1f / (i + 1), momentum, dampening, nesterov, 0.02f, First: i == 0, decoupled);
            Run(pair, new SgdOperation(buffers, velocity, step), penalised);
        }
    }

    [Test]
    public void Adam([Values(0f, 0.05f)] float decay, [Values] bool decoupled, [Values] bool amsGrad, [Values] bool epsilonHat, [Values] bool penalised)
    {
        using var pair = new BackendPair();
        var buffers = new ParameterBuffers(pair, penalised);
        Slot first = buffers.State(pair, "first"), second = buffers.State(pair, "second"), largest = amsGrad ? buffers.State(pair, "largest") : Slot.None;
        for (int i = 1; i <= StepsOfTest; i++)
        {
            float correction1 = 1 / (1 - MathF.Pow(0.9f, i)), correction2 = 1 / (1 - MathF.Pow(0.99f, i));
            if (epsilonHat) (correction1, correction2) = (correction1 / MathF.Sqrt(correction2), 1);
            Run(pair, new AdamOperation(buffers, first, second, largest, new AdamStep(0.01f * i, 0.9f, 0.99f, 1e-7f, correction1, correction2, decay, decoupled, amsGrad)), penalised);
        }
    }

    [Test]
    public void RmsProp([Values(0f, 0.8f)] float momentum, [Values] bool centered, [Values(0f, 0.05f)] float decay, [Values] bool penalised)
    {
        using var pair = new BackendPair();
        var buffers = new ParameterBuffers(pair, penalised);
        Slot squares = buffers.State(pair, "squares"), velocity = momentum == 0 ? Slot.None : buffers.State(pair, "velocity"), means = centered ? buffers.State(pair, "means") : Slot.None;
        for (int i = 1; i <= StepsOfTest; i++)
            Run(pair, new RmsPropOperation(buffers, squares, velocity, means, new RmsPropStep(0.01f / i, 0.95f, 1e-5f, decay, momentum, centered)), penalised);
    }

    // Places that vectors of four can't be loaded from, and segments beside elements that must stay.
    [Test]
    public void Segments_anywhere([Values] bool penalised)
    {
        using var pair = new BackendPair();
        var buffers = new ParameterBuffers(pair, penalised);
        UpdateSegment[] segments =
            [.. buffers.Segments.Where(segment => segment.Length > 4).Select((segment, i) => segment with { Offset = segment.Offset + 1 + (i % 3), Length = segment.Length - 4 })];
        Slot first = buffers.State(pair, "first"), second = buffers.State(pair, "second");
        Run(pair, new AdamOperation(buffers with { Segments = segments }, first, second, Slot.None, new AdamStep(0.01f, 0.9f, 0.99f, 1e-7f, 2, 3, 0, Decoupled: false)), penalised);
    }

    [Test]
    public void Gradients_that_are_no_numbers([Values] bool limited)
    {
        using var pair = new BackendPair();
        float[] odd = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0, -0f, 1e38f, 1e-40f, 1];
        Slot w = pair.Take(Arena.Parameters, [1, 2, 3, 4, 0, -0f, 7, float.NaN], "parameters");
        pair.Take(Arena.Gradients, odd, "gradients");
        var segment = new UpdateSegment(w.Offset, w.Length, 0.1f, 0.01f, Limit: limited ? 0.5f : float.PositiveInfinity);
        var buffers = new ParameterBuffers([segment], Slot.None, pair.Output(Arena.Activations, 1, "penalty"), w.Offset + w.Length);
        Slot first = buffers.State(pair, "first"), second = buffers.State(pair, "second"), third = buffers.State(pair, "third");
        pair.Run(new RmsPropOperation(buffers, first, second, third, new RmsPropStep(0.1f, 0.9f, 1e-5f, 0.1f, 0.9f, Centered: true)));
        pair.Run(new AdamOperation(buffers, first, second, third, new AdamStep(0.1f, 0.9f, 0.99f, 1e-8f, 2, 3, 0.1f, Decoupled: true, AmsGrad: true)));
    }

    [Test]
    public void Penalties_alone([Values] bool penalised)
    {
        using var pair = new BackendPair();
        var buffers = new ParameterBuffers(pair, penalised);
        for (int i = 0; i < 3; i++) pair.Run(new PenaltyOperation(buffers), pass: PassKind.Gradients);
        if (!penalised) pair.Cuda(buffers.Penalty)[0].ShouldBe(0);
    }

    [Test]
    public void No_segments()
    {
        using var pair = new BackendPair();
        ParameterBuffers buffers = new ParameterBuffers(pair, penalised: true) with { Segments = [] };
        Slot velocity = buffers.State(pair, "velocity");
        pair.Run(new PenaltyOperation(buffers));
        pair.Run(new SgdOperation(buffers, velocity, new SgdStep(0.1f, 0.9f, 0, Nesterov: false, 0, First: true)));
    }

    private static void Run<TOperation>(BackendPair pair, TOperation operation, bool penalised)
        where TOperation : struct, IOperation => pair.Run(operation, penalised ? 1e-5 : 0, PassKind.Training);

    private readonly record struct SgdOperation(ParameterBuffers Buffers, Slot Velocity, SgdStep Step) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend => backend.SgdUpdate(Buffers.Segments, Velocity, Step, Buffers.Norm, Buffers.Penalty);
    }

    private readonly record struct AdamOperation(ParameterBuffers Buffers, Slot First, Slot Second, Slot Largest, AdamStep Step) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend => backend.AdamUpdate(Buffers.Segments, First, Second, Largest, Step, Buffers.Norm, Buffers.Penalty);
    }

    private readonly record struct RmsPropOperation(ParameterBuffers Buffers, Slot Squares, Slot Velocity, Slot Means, RmsPropStep Step) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend => backend.RmsPropUpdate(Buffers.Segments, Squares, Velocity, Means, Step, Buffers.Norm, Buffers.Penalty);
    }

    private readonly record struct PenaltyOperation(ParameterBuffers Buffers) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend => backend.Penalty(Buffers.Segments, Buffers.Penalty);
    }
}
