namespace FastNets.Training;

/// <summary>What a network gives on samples that it is not trained on.</summary>
/// <param name="Samples">How many there were.</param>
/// <param name="Loss">Their mean loss, penalties not included.</param>
/// <param name="Accuracy">The fraction whose largest output was their class; null where the loss is not a classifier's.</param>
public readonly record struct EvaluationResult(int Samples, double Loss, double? Accuracy);
