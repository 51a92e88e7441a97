using FastNets.Kernels.Optimizers;

namespace FastNets.Backends;

// Updates: each is one pass over the parameter and gradient buffers, penalties and clipping included.
public partial interface IBackend
{
    /// <summary>One step of SGD over the parameter buffer, penalties' gradients included, in one pass.</summary>
    /// <param name="segments">The runs of parameters, their penalties and factors.</param>
    /// <param name="velocity">Laid out as the parameters; none where there is no momentum.</param>
    /// <param name="step">The step's settings.</param>
    /// <returns>The penalties' value before the step: sum of L1 * sum(|w|) + L2 * sum(w^2).</returns>
    float SgdUpdate(ReadOnlySpan<UpdateSegment> segments, Slot velocity, SgdStep step);

    /// <summary>One step of Adam over the parameter buffer, penalties' gradients included, in one pass.</summary>
    /// <param name="segments">The runs of parameters, their penalties and factors.</param>
    /// <param name="first">The gradients' running mean, laid out as the parameters.</param>
    /// <param name="second">The squared gradients' running mean, laid out as the parameters.</param>
    /// <param name="largest">The largest of the second so far, laid out as the parameters; none without AMSGrad.</param>
    /// <param name="step">The step's settings.</param>
    /// <returns>The penalties' value before the step: sum of L1 * sum(|w|) + L2 * sum(w^2).</returns>
    float AdamUpdate(ReadOnlySpan<UpdateSegment> segments, Slot first, Slot second, Slot largest, AdamStep step);

    /// <summary>One step of RMSprop over the parameter buffer, penalties' gradients included, in one pass.</summary>
    /// <param name="segments">The runs of parameters, their penalties and factors.</param>
    /// <param name="squares">The squared gradients' running mean, laid out as the parameters.</param>
    /// <param name="velocity">Laid out as the parameters; none where there is no momentum.</param>
    /// <param name="means">The gradients' running mean, laid out as the parameters; none where not centered.</param>
    /// <param name="step">The step's settings.</param>
    /// <returns>The penalties' value before the step: sum of L1 * sum(|w|) + L2 * sum(w^2).</returns>
    float RmsPropUpdate(ReadOnlySpan<UpdateSegment> segments, Slot squares, Slot velocity, Slot means, RmsPropStep step);

    /// <summary>The penalties' value: sum of L1 * sum(|w|) + L2 * sum(w^2).</summary>
    /// <param name="segments">The runs of parameters and their penalties.</param>
    float Penalty(ReadOnlySpan<UpdateSegment> segments);

    /// <summary>The squared Euclidean norm of each segment's gradient, penalties' gradients included, on the host.</summary>
    /// <param name="segments">The runs of parameters and their penalties.</param>
    /// <param name="squares">A number a segment.</param>
    void GradientSquares(ReadOnlySpan<UpdateSegment> segments, Span<double> squares);

    /// <summary>y += fraction * (x - y); a fraction of 1 copies, whatever y holds.</summary>
    /// <param name="x">What y moves to.</param>
    /// <param name="y">As long as x; apart from it.</param>
    /// <param name="fraction">How far, from 0 to 1.</param>
    void MoveTowards(Slot x, Slot y, float fraction);
}
