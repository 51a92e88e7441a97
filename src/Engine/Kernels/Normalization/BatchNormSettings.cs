namespace FastNets.Kernels.Normalization;

/// <summary>The settings of batch normalisation.</summary>
/// <param name="Momentum">How much of a running statistic stays at each step (Keras's meaning; PyTorch's momentum is 1 less this).</param>
/// <param name="Epsilon">Added to the variance before the root.</param>
/// <param name="UnbiasedVariance">Whether the running variance is divided by batch - 1 (PyTorch) and not by batch (Keras). With a batch of 1 it is left as it was.</param>
public readonly record struct BatchNormSettings(float Momentum, float Epsilon, bool UnbiasedVariance);
