using FastNets.Kernels.Losses;

namespace FastNets.Backends;

// Losses: each gives the rows' losses, the batch's loss and its gradient in one operation.
public partial interface IBackend
{
    /// <summary>
    /// Softmax with cross-entropy from logits by log-sum-exp: each row's loss, the batch's mean or sum, and its gradient. With
    /// p = softmax(z) and a[c] = w[c] * ((1 - s) * t[c] + s / classes), a row's loss is sum over c of a[c] * (1 - p[c])^gamma * -log(p[c]).
    /// </summary>
    /// <param name="logits">z, [rows, classes].</param>
    /// <param name="targets">Class indices [rows], or t [rows, classes].</param>
    /// <param name="kind">What the targets are.</param>
    /// <param name="classWeights">w, [classes], or none.</param>
    /// <param name="lengths">32-bit integers [rows / steps]: row r counts only where r % steps is below the length of r / steps. Or none: all count.</param>
    /// <param name="losses">[rows]: each row's loss, 0 for rows that don't count.</param>
    /// <param name="total">[1]: the batch's loss.</param>
    /// <param name="dLogits">The gradient of the total, [rows, classes], or none where it is not needed; may be the place of the logits.</param>
    /// <param name="probabilities">softmax(z), [rows, classes], all rows, or none; may be the place of the logits where there is no gradient.</param>
    /// <param name="rows">Samples * steps: the rows of one sample are consecutive.</param>
    /// <param name="steps">Rows of a sample; 1 for ordinary classification.</param>
    /// <param name="classes">Columns.</param>
    /// <param name="settings">Smoothing s, focus gamma, mean or sum, missing targets.</param>
    /// <exception cref="ArgumentOutOfRangeException">A class index of a row within its length lies outside [0, classes); nothing is written then.</exception>
    /// <remarks>
    /// The mean divides the sum of the losses by the sum of w over the rows' own classes (class indices), or by the number of rows that
    /// count (values), as PyTorch does. Where no row counts, or that sum is 0, the total and the gradient are 0.
    /// </remarks>
    void CrossEntropy(
        Slot logits, Slot targets, TargetKind kind, Slot classWeights, Slot lengths, Slot losses, Slot total, Slot dLogits, Slot probabilities,
        int rows, int steps, int classes, CrossEntropySettings settings);

    /// <summary>A loss that is a function of one element at a time: each sample's mean, the batch's mean or sum, and its gradient.</summary>
    /// <typeparam name="TLoss">The loss.</typeparam>
    /// <param name="output">[batch, columns].</param>
    /// <param name="targets">[batch, columns].</param>
    /// <param name="lengths">32-bit integers [batch]: how many of each sample's steps count. Or none: all count.</param>
    /// <param name="losses">[batch]: each sample's mean over its elements that count, 0 where none does.</param>
    /// <param name="total">[1]: the mean over all elements of the batch that count, or their sum; 0 where none counts.</param>
    /// <param name="dOutput">The gradient of the total, [batch, columns], or none where it is not needed; may be the place of the output.</param>
    /// <param name="batch">Rows.</param>
    /// <param name="steps">Steps of a sample: column c belongs to step c / (columns / steps).</param>
    /// <param name="columns">Columns, a multiple of the steps.</param>
    /// <param name="loss">The loss, with its settings.</param>
    /// <param name="settings">Mean or sum, missing targets.</param>
    void ElementLoss<TLoss>(
        Slot output, Slot targets, Slot lengths, Slot losses, Slot total, Slot dOutput, int batch, int steps, int columns, TLoss loss, ElementLossSettings settings)
        where TLoss : struct, IPointwiseLoss;
}
