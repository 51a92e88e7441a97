using FastNets.Kernels.Optimizers;

namespace FastNets.Backends;

// Updates: each is one pass over the parameter and gradient buffers, penalties and clipping included.
public partial interface IBackend
{
    /// <summary>One step of SGD over the parameter buffer, penalties' gradients included, in one pass.</summary>
    /// <param name="segments">The runs of parameters, their penalties and factors.</param>
    /// <param name="velocity">Laid out as the parameters; none where there is no momentum.</param>
    /// <param name="step">The step's settings.</param>
    /// <param name="norm">Where <see cref="ClipGradients"/> left the gradients' norm, [1]: where it is infinite nothing moves. None where they are not clipped by a norm.</param>
    /// <param name="penalty">[1]: the penalties' value before the step, the sum of L1 * sum(|w|) + L2 * sum(w^2).</param>
    void SgdUpdate(ReadOnlySpan<UpdateSegment> segments, Slot velocity, SgdStep step, Slot norm, Slot penalty);

    /// <summary>One step of Adam over the parameter buffer, penalties' gradients included, in one pass.</summary>
    /// <param name="segments">The runs of parameters, their penalties and factors.</param>
    /// <param name="first">The gradients' running mean, laid out as the parameters.</param>
    /// <param name="second">The squared gradients' running mean, laid out as the parameters.</param>
    /// <param name="largest">The largest of the second so far, laid out as the parameters; none without AMSGrad.</param>
    /// <param name="step">The step's settings.</param>
    /// <param name="norm">Where <see cref="ClipGradients"/> left the gradients' norm, [1]: where it is infinite nothing moves. None where they are not clipped by a norm.</param>
    /// <param name="penalty">[1]: the penalties' value before the step, the sum of L1 * sum(|w|) + L2 * sum(w^2).</param>
    void AdamUpdate(ReadOnlySpan<UpdateSegment> segments, Slot first, Slot second, Slot largest, AdamStep step, Slot norm, Slot penalty);

    /// <summary>One step of RMSprop over the parameter buffer, penalties' gradients included, in one pass.</summary>
    /// <param name="segments">The runs of parameters, their penalties and factors.</param>
    /// <param name="squares">The squared gradients' running mean, laid out as the parameters.</param>
    /// <param name="velocity">Laid out as the parameters; none where there is no momentum.</param>
    /// <param name="means">The gradients' running mean, laid out as the parameters; none where not centered.</param>
    /// <param name="step">The step's settings.</param>
    /// <param name="norm">Where <see cref="ClipGradients"/> left the gradients' norm, [1]: where it is infinite nothing moves. None where they are not clipped by a norm.</param>
    /// <param name="penalty">[1]: the penalties' value before the step, the sum of L1 * sum(|w|) + L2 * sum(w^2).</param>
    void RmsPropUpdate(ReadOnlySpan<UpdateSegment> segments, Slot squares, Slot velocity, Slot means, RmsPropStep step, Slot norm, Slot penalty);

    /// <summary>The penalties' value.</summary>
    /// <param name="segments">The runs of parameters and their penalties.</param>
    /// <param name="penalty">[1]: the sum of L1 * sum(|w|) + L2 * sum(w^2).</param>
    void Penalty(ReadOnlySpan<UpdateSegment> segments, Slot penalty);

    /// <summary>Sets the factors by which an update that follows multiplies gradients, so that no norm is larger than the maximum.</summary>
    /// <param name="segments">The runs of parameters and their penalties; where a backend keeps the factors on the host, they are put in here.</param>
    /// <param name="maximum">The largest norm.</param>
    /// <param name="each">Whether each segment has a norm of its own, and not all together one.</param>
    /// <param name="norm">[1]: the Euclidean norm of all gradients, penalties' gradients included, before clipping; infinity where it is not finite.</param>
    void ClipGradients(Span<UpdateSegment> segments, float maximum, bool each, Slot norm);

    /// <summary>y += fraction * (x - y); a fraction of 1 copies, whatever y holds.</summary>
    /// <param name="x">What y moves to.</param>
    /// <param name="y">As long as x; apart from it.</param>
    /// <param name="fraction">How far, from 0 to 1.</param>
    void MoveTowards(Slot x, Slot y, float fraction);
}
