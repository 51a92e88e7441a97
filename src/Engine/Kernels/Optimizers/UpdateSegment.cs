namespace FastNets.Kernels.Optimizers;

/// <summary>A run of parameters that are updated alike.</summary>
/// <remarks>
/// An update sees the gradient clamp(Scale * (g + L1 * sign(w) + 2 * L2 * w), -Limit, Limit): a penalty is part of the loss, so what clips the
/// gradient clips the penalty's share too. Coupled weight decay belongs to the optimizer and comes after.
/// </remarks>
/// <param name="Offset">The first element in the parameter buffer (and in the gradients and the optimizer's state).</param>
/// <param name="Length">The number of elements.</param>
/// <param name="L1">The factor of the penalty L1 * sum(|w|); its gradient L1 * sign(w), with sign(0) = 0, is added in the update.</param>
/// <param name="L2">The factor of the penalty L2 * sum(w^2); its gradient 2 * L2 * w is added in the update.</param>
/// <param name="RateFactor">What the step's learning rate is multiplied by; leave out the segments of parameters that must not move.</param>
/// <param name="DecayFactor">What the step's weight decay is multiplied by.</param>
/// <param name="Scale">What the gradient is multiplied by.</param>
/// <param name="Limit">The largest magnitude of an element of the gradient. NaN stays NaN.</param>
public readonly record struct UpdateSegment(
    int Offset, int Length, float L1, float L2, float RateFactor = 1, float DecayFactor = 1, float Scale = 1, float Limit = float.PositiveInfinity)
{
    /// <summary>Whether the update adds a penalty's gradient.</summary>
    internal bool IsPenalised => L1 != 0 || L2 != 0;

    /// <summary>Whether the update sees another gradient than the buffer holds.</summary>
    internal bool ChangesGradient => IsPenalised || Scale != 1 || !float.IsPositiveInfinity(Limit);
}
