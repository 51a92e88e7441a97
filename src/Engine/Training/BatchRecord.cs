namespace FastNets.Training;

/// <summary>What one training step gave.</summary>
/// <param name="Epoch">The epoch's number, from 1.</param>
/// <param name="Batch">The step's number within the epoch, from 1.</param>
/// <param name="Batches">How many steps the epoch has.</param>
/// <param name="Samples">The number of samples of this step.</param>
/// <param name="Loss">The mean loss of these samples before the update, penalties not included.</param>
/// <param name="Penalty">The penalties' value before the update.</param>
/// <param name="MeanLoss">The mean loss of the epoch's samples so far.</param>
/// <param name="Accuracy">The accuracy of the epoch's samples so far; NaN where the loss is not a classifier's.</param>
/// <param name="GradientNorm">The gradients' norm before clipping; NaN where the optimizer does not clip by a norm.</param>
public readonly record struct BatchRecord(
    int Epoch, int Batch, int Batches, int Samples, float Loss, float Penalty, double MeanLoss, double Accuracy, float GradientNorm);
