using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Optimizers;

/// <summary>Update rules over one buffer of parameters, each in one pass with the penalties and the clipping.</summary>
/// <remarks>
/// Elements that no segment names are neither read nor written. Thread-safe for different buffers. Same bits for the same
/// instruction set, whatever the number of threads. Allocates only scratch that is kept for the thread's next call.
/// </remarks>
public static unsafe partial class OptimizerKernels
{
    /// <summary>One step of stochastic gradient descent; see <see cref="SgdStep"/>.</summary>
    /// <param name="segments">The runs of parameters, their penalties and factors.</param>
    /// <param name="parameters">w, updated.</param>
    /// <param name="gradients">g, laid out as the parameters.</param>
    /// <param name="velocity">v, laid out as the parameters, updated; empty where there is no momentum.</param>
    /// <param name="step">The step's settings.</param>
    /// <returns>The penalties' value before the step.</returns>
    /// <exception cref="ArgumentException">A segment reaches beyond a buffer.</exception>
    public static float Sgd(
        ReadOnlySpan<UpdateSegment> segments, Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> velocity, SgdStep step) =>
        Sgd(segments, parameters, gradients, velocity, step, LaneLoop.Active);

    /// <summary>One step of Adam, AdamW or AMSGrad; see <see cref="AdamStep"/>.</summary>
    /// <param name="segments">The runs of parameters, their penalties and factors.</param>
    /// <param name="parameters">w, updated.</param>
    /// <param name="gradients">g, laid out as the parameters.</param>
    /// <param name="first">m, laid out as the parameters, updated.</param>
    /// <param name="second">v, laid out as the parameters, updated.</param>
    /// <param name="largest">The largest v so far, laid out as the parameters, updated; empty without AMSGrad.</param>
    /// <param name="step">The step's settings.</param>
    /// <returns>The penalties' value before the step.</returns>
    /// <exception cref="ArgumentException">A segment reaches beyond a buffer.</exception>
    public static float Adam(
        ReadOnlySpan<UpdateSegment> segments, Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, Span<float> largest, AdamStep step) =>
        Adam(segments, parameters, gradients, first, second, largest, step, LaneLoop.Active);

    /// <summary>One step of RMSprop; see <see cref="RmsPropStep"/>.</summary>
    /// <param name="segments">The runs of parameters, their penalties and factors.</param>
    /// <param name="parameters">w, updated.</param>
    /// <param name="gradients">g, laid out as the parameters.</param>
    /// <param name="squares">s, laid out as the parameters, updated.</param>
    /// <param name="velocity">b, laid out as the parameters, updated; empty where there is no momentum.</param>
    /// <param name="means">a, laid out as the parameters, updated; empty where not centered.</param>
    /// <param name="step">The step's settings.</param>
    /// <returns>The penalties' value before the step.</returns>
    /// <exception cref="ArgumentException">A segment reaches beyond a buffer.</exception>
    public static float RmsProp(
        ReadOnlySpan<UpdateSegment> segments, Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> squares, Span<float> velocity, Span<float> means, RmsPropStep step) =>
        RmsProp(segments, parameters, gradients, squares, velocity, means, step, LaneLoop.Active);

    /// <summary>The penalties' value: sum of L1 * sum(|w|) + L2 * sum(w^2).</summary>
    /// <param name="segments">The runs of parameters and their penalties.</param>
    /// <param name="parameters">w.</param>
    /// <exception cref="ArgumentException">A segment reaches beyond the buffer.</exception>
    public static float Penalty(ReadOnlySpan<UpdateSegment> segments, ReadOnlySpan<float> parameters) => Penalty(segments, parameters, LaneLoop.Active);

    /// <summary>The squared Euclidean norm of each segment's gradient, penalties included, before clipping.</summary>
    /// <remarks>Squares are made in single precision: an element beyond 1.8e19 gives infinity. Chunks are added up in double precision.</remarks>
    /// <param name="segments">The runs of parameters and their penalties; Scale and Limit are not looked at.</param>
    /// <param name="parameters">w.</param>
    /// <param name="gradients">g, laid out as the parameters.</param>
    /// <param name="squares">A number a segment.</param>
    /// <exception cref="ArgumentException">A segment reaches beyond a buffer, or there is less room than segments.</exception>
    public static void GradientSquares(
        ReadOnlySpan<UpdateSegment> segments, ReadOnlySpan<float> parameters, ReadOnlySpan<float> gradients, Span<double> squares) =>
        GradientSquares(segments, parameters, gradients, squares, LaneLoop.Active);

    internal static float Sgd(
        ReadOnlySpan<UpdateSegment> segments, Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> velocity, SgdStep step, Isa isa)
    {
        int end = End(segments);
        Shape.Require(parameters.Length, end, nameof(parameters));
        Shape.Require(gradients.Length, end, nameof(gradients));
        if (step.Momentum != 0) Shape.Require(velocity.Length, end, nameof(velocity));
        fixed (float* w = parameters, g = gradients, v = velocity) return Run(segments, w, g, new SgdRule(v, step), isa);
    }

    internal static float Adam(
        ReadOnlySpan<UpdateSegment> segments, Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, Span<float> largest, AdamStep step, Isa isa)
    {
        int end = End(segments);
        Shape.Require(parameters.Length, end, nameof(parameters));
        Shape.Require(gradients.Length, end, nameof(gradients));
        Shape.Require(first.Length, end, nameof(first));
        Shape.Require(second.Length, end, nameof(second));
        if (step.AmsGrad) Shape.Require(largest.Length, end, nameof(largest));
        fixed (float* w = parameters, g = gradients, m = first, v = second, l = largest) return Run(segments, w, g, new AdamRule(m, v, l, step), isa);
    }

    internal static float RmsProp(
        ReadOnlySpan<UpdateSegment> segments, Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> squares, Span<float> velocity, Span<float> means, RmsPropStep step, Isa isa)
    {
        int end = End(segments);
        Shape.Require(parameters.Length, end, nameof(parameters));
        Shape.Require(gradients.Length, end, nameof(gradients));
        Shape.Require(squares.Length, end, nameof(squares));
        if (step.Momentum != 0) Shape.Require(velocity.Length, end, nameof(velocity));
        if (step.Centered) Shape.Require(means.Length, end, nameof(means));
        fixed (float* w = parameters, g = gradients, s = squares, b = velocity, a = means) return Run(segments, w, g, new RmsPropRule(s, b, a, step), isa);
    }

    internal static float Penalty(ReadOnlySpan<UpdateSegment> segments, ReadOnlySpan<float> parameters, Isa isa)
    {
        Shape.Require(parameters.Length, End(segments), nameof(parameters));
        fixed (float* w = parameters) return Run(segments, w, null, default(NoRule), isa);
    }

    private static int End(ReadOnlySpan<UpdateSegment> segments)
    {
        int end = 0;
        foreach (UpdateSegment segment in segments)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(segment.Offset);
            ArgumentOutOfRangeException.ThrowIfNegative(segment.Length);
            end = Math.Max(end, checked(segment.Offset + segment.Length));
        }

        return end;
    }
}
