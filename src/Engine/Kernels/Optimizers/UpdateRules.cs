namespace FastNets.Kernels.Optimizers;

/// <summary>A run of parameters that are updated alike.</summary>
/// <param name="Offset">The first element in the parameter buffer (and in the gradients and the optimizer's state).</param>
/// <param name="Length">The number of elements.</param>
/// <param name="L1">The factor of the penalty L1 * sum(|w|); its gradient L1 * sign(w) is added in the update.</param>
/// <param name="L2">The factor of the penalty L2 * sum(w^2); its gradient 2 * L2 * w is added in the update.</param>
public readonly record struct UpdateSegment(int Offset, int Length, float L1, float L2);

/// <summary>One step of stochastic gradient descent, as PyTorch states it.</summary>
/// <remarks>
/// g += WeightDecay * w; v = Momentum * v + (1 - Dampening) * g, v = g at the first step; w -= LearningRate * (Nesterov ? g + Momentum * v : v).
/// </remarks>
/// <param name="LearningRate">The step size.</param>
/// <param name="Momentum">How much of the velocity stays; 0 uses no velocity.</param>
/// <param name="Dampening">How much of the gradient is left out of the velocity.</param>
/// <param name="Nesterov">Whether to look one step ahead (Sutskever et al., 2013).</param>
/// <param name="WeightDecay">Decay coupled into the gradient.</param>
/// <param name="First">Whether this is the first step: the velocity starts as the gradient.</param>
public readonly record struct SgdStep(float LearningRate, float Momentum, float Dampening, bool Nesterov, float WeightDecay, bool First);

/// <summary>One step of Adam (Kingma and Ba, 2015) or AdamW (Loshchilov and Hutter, 2019).</summary>
/// <remarks>
/// Coupled: g += WeightDecay * w. Decoupled: w -= LearningRate * WeightDecay * w. Then m = Beta1 * m + (1 - Beta1) * g,
/// v = Beta2 * v + (1 - Beta2) * g^2, w -= LearningRate * (m * Correction1) / (sqrt(v * Correction2) + Epsilon).
/// </remarks>
/// <param name="LearningRate">The step size.</param>
/// <param name="Beta1">How much of the mean of gradients stays.</param>
/// <param name="Beta2">How much of the mean of squared gradients stays.</param>
/// <param name="Epsilon">Added outside the root, after the correction, as in PyTorch.</param>
/// <param name="Correction1">1 / (1 - Beta1^t).</param>
/// <param name="Correction2">1 / (1 - Beta2^t).</param>
/// <param name="WeightDecay">The decay's factor.</param>
/// <param name="Decoupled">Whether the decay acts on the weights (AdamW) and not on the gradient.</param>
public readonly record struct AdamStep(
    float LearningRate, float Beta1, float Beta2, float Epsilon, float Correction1, float Correction2, float WeightDecay, bool Decoupled);
