using FastNets.Kernels;
using FastNets.Kernels.Optimizers;

namespace FastNets.Backends;

// Updates and the passes that go with them.
public readonly partial struct CpuBackend
{
    // As PyTorch's clip_grad_norm_ has it.
    private const double ClippingEpsilon = 1e-6;

    /// <inheritdoc/>
    public void SgdUpdate(ReadOnlySpan<UpdateSegment> segments, Slot velocity, SgdStep step, Slot norm, Slot penalty)
    {
        if (StaysPut(segments, norm, penalty)) return;
        Number(penalty) = OptimizerKernels.Sgd(segments, _arenas.All(Arena.Parameters), _arenas.All(Arena.Gradients), Whole(velocity), step);
    }

    /// <inheritdoc/>
    public void AdamUpdate(ReadOnlySpan<UpdateSegment> segments, Slot first, Slot second, Slot largest, AdamStep step, Slot norm, Slot penalty)
    {
        if (StaysPut(segments, norm, penalty)) return;
        Number(penalty) = OptimizerKernels.Adam(
            segments, _arenas.All(Arena.Parameters), _arenas.All(Arena.Gradients), Whole(first), Whole(second), Whole(largest), step);
    }

    /// <inheritdoc/>
    public void RmsPropUpdate(ReadOnlySpan<UpdateSegment> segments, Slot squares, Slot velocity, Slot means, RmsPropStep step, Slot norm, Slot penalty)
    {
        if (StaysPut(segments, norm, penalty)) return;
        Number(penalty) = OptimizerKernels.RmsProp(
            segments, _arenas.All(Arena.Parameters), _arenas.All(Arena.Gradients), Whole(squares), Whole(velocity), Whole(means), step);
    }

    /// <inheritdoc/>
    public void Penalty(ReadOnlySpan<UpdateSegment> segments, Slot penalty) =>
        Number(penalty) = OptimizerKernels.Penalty(segments, _arenas.All(Arena.Parameters));

    /// <inheritdoc/>
    public void ClipGradients(Span<UpdateSegment> segments, float maximum, bool each, Slot norm)
    {
        Span<double> squares = Squares(segments.Length);
        OptimizerKernels.GradientSquares(segments, _arenas.All(Arena.Parameters), _arenas.All(Arena.Gradients), squares);
        double sum = 0;
        for (int i = 0; i < segments.Length; i++) sum += squares[i];
        float all = (float)Math.Sqrt(sum);
        if (!float.IsFinite(all))
        {
            Number(norm) = float.PositiveInfinity;
            return;
        }

        Number(norm) = all;
        for (int i = 0; i < segments.Length; i++)
        {
            float own = each ? (float)Math.Sqrt(squares[i]) : all;
            segments[i] = segments[i] with { Scale = own > maximum ? (float)(maximum / (own + ClippingEpsilon)) : 1 };
        }
    }

    /// <inheritdoc/>
    public void MoveTowards(Slot x, Slot y, float fraction) => AveragingKernels.MoveTowards(Whole(x), Whole(y), fraction);

    private bool StaysPut(ReadOnlySpan<UpdateSegment> segments, Slot norm, Slot penalty)
    {
        if (norm.IsNone || !float.IsInfinity(Number(norm))) return false;
        Penalty(segments, penalty);
        return true;
    }

    private static unsafe Span<double> Squares(int count) => new(ThreadScratch.Get(ThreadScratch.Use.Squares, (nuint)count * sizeof(double)), count);

    private ref float Number(Slot place) => ref _arenas.Span(place, 1)[0];
}
