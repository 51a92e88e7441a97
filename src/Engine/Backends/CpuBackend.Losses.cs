using System.Runtime.InteropServices;
using FastNets.Kernels.Losses;

namespace FastNets.Backends;

public readonly partial struct CpuBackend
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A class index lies outside [0, classes); nothing is written then.</exception>
    public void SoftmaxCrossEntropy(Slot logits, Slot targets, TargetKind kind, Slot losses, Slot dLogits, Slot probabilities, int batch, int classes)
    {
        Span<float> z = Matrix(logits, batch, classes);
        Span<float> l = Matrix(losses, 1, batch);
        Span<float> d = Optional(dLogits, batch, classes);
        Span<float> p = Optional(probabilities, batch, classes);
        if (kind == TargetKind.ClassIndices)
            LossKernels.SoftmaxCrossEntropy(z, MemoryMarshal.Cast<float, int>(Matrix(targets, 1, batch)), l, d, p, batch, classes);
        else
            LossKernels.SoftmaxCrossEntropy(z, Matrix(targets, batch, classes), l, d, p, batch, classes);
    }

    /// <inheritdoc/>
    public void PointwiseLoss<TLoss>(Slot output, Slot targets, Slot losses, Slot dOutput, int batch, int columns, TLoss loss)
        where TLoss : struct, IPointwiseLoss =>
        LossKernels.Pointwise(
            Matrix(output, batch, columns), Matrix(targets, batch, columns), Matrix(losses, 1, batch), Optional(dOutput, batch, columns), batch, columns, loss);
}
