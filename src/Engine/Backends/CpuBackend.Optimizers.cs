using FastNets.Kernels.Optimizers;

namespace FastNets.Backends;

// Updates and the passes that go with them.
public readonly partial struct CpuBackend
{
    /// <inheritdoc/>
    public float SgdUpdate(ReadOnlySpan<UpdateSegment> segments, Slot velocity, SgdStep step) =>
        OptimizerKernels.Sgd(segments, _arenas.All(Arena.Parameters), _arenas.All(Arena.Gradients), Whole(velocity), step);

    /// <inheritdoc/>
    public float AdamUpdate(ReadOnlySpan<UpdateSegment> segments, Slot first, Slot second, Slot largest, AdamStep step) =>
        OptimizerKernels.Adam(segments, _arenas.All(Arena.Parameters), _arenas.All(Arena.Gradients), Whole(first), Whole(second), Whole(largest), step);

    /// <inheritdoc/>
    public float RmsPropUpdate(ReadOnlySpan<UpdateSegment> segments, Slot squares, Slot velocity, Slot means, RmsPropStep step) =>
        OptimizerKernels.RmsProp(segments, _arenas.All(Arena.Parameters), _arenas.All(Arena.Gradients), Whole(squares), Whole(velocity), Whole(means), step);

    /// <inheritdoc/>
    public float Penalty(ReadOnlySpan<UpdateSegment> segments) => OptimizerKernels.Penalty(segments, _arenas.All(Arena.Parameters));

    /// <inheritdoc/>
    public void GradientSquares(ReadOnlySpan<UpdateSegment> segments, Span<double> squares) =>
        OptimizerKernels.GradientSquares(segments, _arenas.All(Arena.Parameters), _arenas.All(Arena.Gradients), squares);

    /// <inheritdoc/>
    public void MoveTowards(Slot x, Slot y, float fraction) => AveragingKernels.MoveTowards(Whole(x), Whole(y), fraction);
}
