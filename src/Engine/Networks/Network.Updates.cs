using FastNets.Backends;
using FastNets.Kernels.Optimizers;
using FastNets.Training.Optimizers;

namespace FastNets;

// The optimizer's part: its moments, what is clipped, and the update of all parameters.
public abstract partial class Network
{
    private Optimizer? _optimizer;
    private int _optimizerSteps;
    private Slot[] _optimizerState = [];

    // Those of the present optimizer: its groups decide what is left out and what can be one segment.
    private UpdateSegment[] _updated = [];

    /// <summary>Within a pass: clipping and update.</summary>
    private void EnqueueUpdate(Optimizer optimizer)
    {
        Slot norm = optimizer.Clipping.NeedsNorm ? NormSlot : Slot.None;
        if (!norm.IsNone) _passes.Clip(_updated, optimizer.Clipping, norm);
        _passes.Update(optimizer, _updated, _optimizerState, _optimizerSteps + 1, norm, PenaltySlot);
    }

    /// <summary>Behind a pass with an update: what it reports.</summary>
    internal StepResult Updated(Optimizer optimizer, float loss)
    {
        ReadOnlySpan<float> figures = _device.View(FigureSlot, FigureSlot.Length);
        float norm = optimizer.Clipping.NeedsNorm ? figures[1] : float.NaN;

        // A norm that is not finite has let nothing move: the step does not count.
        if (!float.IsInfinity(norm)) _optimizerSteps++;
        return new StepResult(loss, figures[2], norm);
    }

    private void Use(Optimizer optimizer)
    {
        // The old rule's moments are gone from here on, whatever happens.
        _optimizer = null;
        AllocateOptimizerState(optimizer.StateBuffers);
        _updated = SegmentsOf(optimizer);
        _device.ForgetPasses();
        _optimizer = optimizer;
        _optimizerSteps = 0;
    }

    private UpdateSegment[] SegmentsOf(Optimizer optimizer)
    {
        // A tensor with a norm of its own stays apart.
        bool join = optimizer.Clipping.Kind != GradientClippingKind.TensorNorm;
        var segments = new List<UpdateSegment>();
        foreach (Parameter parameter in _parameters)
        {
            if (!parameter.IsTrainable) continue;
            (float rate, float decay) = optimizer.FactorsOf(parameter);
            if (rate == 0) continue;
            var segment = new UpdateSegment(parameter.Slot.Offset, parameter.Length, parameter.L1, parameter.L2, rate, decay, Limit: optimizer.Clipping.Limit);
            if (join && segments.Count > 0 && Joins(segments[^1], segment))
                segments[^1] = segments[^1] with { Length = segment.Offset + segment.Length - segments[^1].Offset };
            else
                segments.Add(segment);
        }

        return [.. segments];
    }

    // Parameters that are updated alike are updated in one go. What lies between them fills a cache line: weights, gradients and moments of 0, which stay 0.
    private static bool Joins(UpdateSegment first, UpdateSegment second)
        => second.Offset - (first.Offset + first.Length) is >= 0 and < Granule && first with { Offset = second.Offset, Length = second.Length } == second;

    private void AllocateOptimizerState(int buffers)
    {
        long length = _reserved[(int)Arena.Parameters];
        _optimizerState = new Slot[buffers];
        if (buffers == 0) return;
        _reserved[(int)Arena.OptimizerState] = 0;
        for (int i = 0; i < buffers; i++) _optimizerState[i] = Reserve(Arena.OptimizerState, length);
        _device.Allocate(Arena.OptimizerState, (int)_reserved[(int)Arena.OptimizerState]);
    }
}
