namespace FastNets.Kernels.Optimizers;

/// <summary>One step of stochastic gradient descent, as PyTorch states it.</summary>
/// <remarks>
/// g += WeightDecay * w; v = Momentum * v + (1 - Dampening) * g, v = g at the first step; w -= LearningRate * (Nesterov ? g + Momentum * v : v).
/// </remarks>
/// <param name="LearningRate">The step size.</param>
/// <param name="Momentum">How much of the velocity stays; 0 uses no velocity.</param>
/// <param name="Dampening">How much of the gradient is left out of the velocity.</param>
/// <param name="Nesterov">Whether to look one step ahead (Sutskever et al., 2013).</param>
/// <param name="WeightDecay">The decay's factor.</param>
/// <param name="First">Whether the velocity is not read: it starts as the gradient.</param>
/// <param name="Decoupled">Whether the decay acts on the weights, w -= LearningRate * WeightDecay * w, and not on the gradient.</param>
public readonly record struct SgdStep(
    float LearningRate, float Momentum, float Dampening, bool Nesterov, float WeightDecay, bool First, bool Decoupled = false);

/// <summary>One step of Adam (Kingma and Ba, 2015) or AdamW (Loshchilov and Hutter, 2019).</summary>
/// <remarks>
/// Coupled: g += WeightDecay * w. Decoupled: w -= LearningRate * WeightDecay * w. Then m = Beta1 * m + (1 - Beta1) * g,
/// v = Beta2 * v + (1 - Beta2) * g^2, w -= LearningRate * (m * Correction1) / (sqrt(v * Correction2) + Epsilon).
/// AMSGrad (Reddi et al., 2018) has the largest v so far in the place of v in the last line, as PyTorch does.
/// </remarks>
/// <param name="LearningRate">The step size.</param>
/// <param name="Beta1">How much of the mean of gradients stays.</param>
/// <param name="Beta2">How much of the mean of squared gradients stays.</param>
/// <param name="Epsilon">Added outside the root, after the correction, as in PyTorch.</param>
/// <param name="Correction1">1 / (1 - Beta1^t); for epsilon-hat sqrt(1 - Beta2^t) / (1 - Beta1^t).</param>
/// <param name="Correction2">1 / (1 - Beta2^t); for epsilon-hat 1.</param>
/// <param name="WeightDecay">The decay's factor.</param>
/// <param name="Decoupled">Whether the decay acts on the weights (AdamW) and not on the gradient.</param>
/// <param name="AmsGrad">Whether the largest v so far is kept and used.</param>
public readonly record struct AdamStep(
    float LearningRate, float Beta1, float Beta2, float Epsilon, float Correction1, float Correction2, float WeightDecay, bool Decoupled, bool AmsGrad = false);

/// <summary>One step of RMSprop (Tieleman and Hinton, 2012; centered: Graves, 2013), as PyTorch states it.</summary>
/// <remarks>
/// g += WeightDecay * w; s = Alpha * s + (1 - Alpha) * g^2; centered: a = Alpha * a + (1 - Alpha) * g; d = g / (sqrt(s - a^2) + Epsilon), without
/// a where not centered; b = Momentum * b + d; w -= LearningRate * b, or LearningRate * d without momentum. s - a^2, a variance, is 0 where rounding
/// would make it negative.
/// </remarks>
/// <param name="LearningRate">The step size.</param>
/// <param name="Alpha">How much of the mean of squared gradients stays.</param>
/// <param name="Epsilon">Added outside the root.</param>
/// <param name="WeightDecay">Decay coupled into the gradient.</param>
/// <param name="Momentum">How much of the velocity stays; 0 uses no velocity.</param>
/// <param name="Centered">Whether gradients are divided by their deviation and not by their root mean square.</param>
public readonly record struct RmsPropStep(float LearningRate, float Alpha, float Epsilon, float WeightDecay, float Momentum, bool Centered);
