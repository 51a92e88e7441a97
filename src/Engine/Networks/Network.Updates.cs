using FastNets.Backends;
using FastNets.Kernels.Optimizers;
using FastNets.Training.Optimizers;

namespace FastNets;

// The optimizer's part: its moments, what is clipped, and the update of all parameters.
public abstract partial class Network
{
    // As PyTorch's clip_grad_norm_ has it.
    private const double ClippingEpsilon = 1e-6;

    private Optimizer? _optimizer;
    private int _optimizerSteps;
    private Slot[] _optimizerState = [];

    // Those of the present optimizer: its groups decide what is left out and what can be one segment.
    private UpdateSegment[] _updated = [];
    private double[] _squares = [];

    private StepResult Update(Optimizer optimizer, float loss)
    {
        if (!ReferenceEquals(_optimizer, optimizer)) Use(optimizer);
        float norm = float.NaN;
        if (optimizer.Clipping.NeedsNorm)
        {
            norm = Clip(optimizer.Clipping);
            if (float.IsInfinity(norm)) return new StepResult(loss, _cpu.Penalty(_updated), norm);
        }

        _optimizerSteps++;
        return new StepResult(loss, optimizer.Update(_cpu, _updated, _optimizerState, _optimizerSteps), norm);
    }

    /// <summary>Puts the factors by which gradients are clipped into the segments.</summary>
    /// <returns>The norm of all gradients; infinity where it is not finite.</returns>
    private float Clip(GradientClipping clipping)
    {
        _cpu.GradientSquares(_updated, _squares);
        double sum = 0;
        foreach (double square in _squares) sum += square;
        float norm = (float)Math.Sqrt(sum);
        if (!float.IsFinite(norm)) return float.PositiveInfinity;
        float common = Factor(norm, clipping.Maximum);
        for (int i = 0; i < _updated.Length; i++)
        {
            float factor = clipping.Kind == GradientClippingKind.TensorNorm ? Factor((float)Math.Sqrt(_squares[i]), clipping.Maximum) : common;
            _updated[i] = _updated[i] with { Scale = factor };
        }

        return norm;
    }

    private static float Factor(float norm, float maximum) => norm > maximum ? (float)(maximum / (norm + ClippingEpsilon)) : 1;

    private void Use(Optimizer optimizer)
    {
        AllocateOptimizerState(optimizer.StateBuffers);
        _updated = SegmentsOf(optimizer);
        _squares = optimizer.Clipping.NeedsNorm ? new double[_updated.Length] : [];
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
        _arenas.Allocate(Arena.OptimizerState, (int)_reserved[(int)Arena.OptimizerState]);
    }
}
