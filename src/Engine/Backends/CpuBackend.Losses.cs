using FastNets.Kernels.Losses;

namespace FastNets.Backends;

public readonly partial struct CpuBackend
{
    /// <inheritdoc/>
    public void CrossEntropy(
        Slot logits, Slot targets, TargetKind kind, Slot classWeights, Slot lengths, Slot losses, Slot total, Slot dLogits, Slot probabilities,
        int rows, int steps, int classes, CrossEntropySettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        Span<float> z = Matrix(logits, rows, classes);
        Span<float> w = Optional(classWeights, 1, classes);
        ReadOnlySpan<int> n = Integers(lengths, rows / steps);
        Span<float> l = Matrix(losses, 1, rows);
        Span<float> sum = Matrix(total, 1, 1);
        Span<float> d = Optional(dLogits, rows, classes);
        Span<float> p = Optional(probabilities, rows, classes);
        if (kind == TargetKind.ClassIndices)
            CrossEntropyKernels.Run(z, Integers(targets, rows), w, n, l, sum, d, p, rows, steps, classes, settings);
        else
            CrossEntropyKernels.Run(z, Matrix(targets, rows, classes), w, n, l, sum, d, p, rows, steps, classes, settings);
    }

    /// <inheritdoc/>
    public void ElementLoss<TLoss>(
        Slot output, Slot targets, Slot lengths, Slot losses, Slot total, Slot dOutput, int batch, int steps, int columns, TLoss loss, ElementLossSettings settings)
        where TLoss : struct, IPointwiseLoss =>
        ElementLossKernels.Run(
            Matrix(output, batch, columns), Matrix(targets, batch, columns), Integers(lengths, batch), Matrix(losses, 1, batch), Matrix(total, 1, 1),
            Optional(dOutput, batch, columns), batch, steps, columns, loss, settings);
}
