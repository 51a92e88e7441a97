namespace FastNets.Kernels.Losses;

/// <summary>How a batch's cross-entropy is made of its rows.</summary>
/// <param name="LabelSmoothing">s in [0, 1): the targets become (1 - s) t + s / classes (Szegedy et al., 2016).</param>
/// <param name="FocalGamma">gamma, 0 for plain cross-entropy; else each class's term is multiplied by (1 - p)^gamma (Lin et al., 2017). Finite, at least 0.</param>
/// <param name="Sum">Whether the batch's loss is the sum and not the mean.</param>
/// <param name="IgnoreMissing">Whether a class index of -1, or a row of targets with a NaN in it, counts for nothing.</param>
public readonly record struct CrossEntropySettings(float LabelSmoothing, float FocalGamma, bool Sum, bool IgnoreMissing);

/// <summary>How a batch's loss is made of its elements.</summary>
/// <param name="Sum">Whether the batch's loss is the sum and not the mean.</param>
/// <param name="IgnoreMissing">Whether targets that are NaN count for nothing (numpy's nanmean); otherwise they make the loss NaN.</param>
public readonly record struct ElementLossSettings(bool Sum, bool IgnoreMissing);
