using FastNets.Kernels.Normalization;
using FastNets.Kernels.Pointwise;

namespace FastNets.Backends;

public readonly partial struct CpuBackend
{
    /// <inheritdoc/>
    public void BatchNorm<TActivation>(
        Slot x, Slot gamma, Slot beta, Slot runningMean, Slot runningVariance, Slot mean, Slot inverseDeviation, Slot y,
        int batch, int features, BatchNormSettings settings, DropoutMask dropout)
        where TActivation : struct, IActivation =>
        BatchNormKernels.Forward<TActivation>(
            Matrix(x, batch, features), Matrix(gamma, 1, features), Matrix(beta, 1, features), Matrix(runningMean, 1, features),
            Matrix(runningVariance, 1, features), Matrix(mean, 1, features), Matrix(inverseDeviation, 1, features), Matrix(y, batch, features),
            batch, features, settings, dropout);

    /// <inheritdoc/>
    public void BatchNormBackward<TActivation>(
        Slot dY, Slot x, Slot gamma, Slot beta, Slot mean, Slot inverseDeviation, Slot dX, Slot dGamma, Slot dBeta,
        int batch, int features, DropoutMask dropout)
        where TActivation : struct, IActivation =>
        BatchNormKernels.Backward<TActivation>(
            Matrix(dY, batch, features), Matrix(x, batch, features), Matrix(gamma, 1, features), Matrix(beta, 1, features), Matrix(mean, 1, features),
            Matrix(inverseDeviation, 1, features), Optional(dX, batch, features), Matrix(dGamma, 1, features), Matrix(dBeta, 1, features),
            batch, features, dropout);

    /// <inheritdoc/>
    public void BatchNormAffine(Slot gamma, Slot beta, Slot runningMean, Slot runningVariance, Slot scale, Slot shift, int features, float epsilon) =>
        BatchNormFolding.Affine(
            Matrix(gamma, 1, features), Matrix(beta, 1, features), Matrix(runningMean, 1, features), Matrix(runningVariance, 1, features),
            Matrix(scale, 1, features), Matrix(shift, 1, features), features, epsilon);

    /// <inheritdoc/>
    public void Affine<TActivation>(Slot x, Slot scale, Slot shift, Slot y, int batch, int columns)
        where TActivation : struct, IActivation =>
        PointwiseKernels.Affine<TActivation>(
            Matrix(x, batch, columns), Matrix(scale, 1, columns), Matrix(shift, 1, columns), Matrix(y, batch, columns), batch, columns);

    /// <inheritdoc/>
    public void FoldBefore(Slot kernel, Slot bias, Slot scale, Slot shift, Slot foldedKernel, Slot foldedBias, int inputs, int units) =>
        BatchNormFolding.Before(
            Matrix(kernel, inputs, units), Optional(bias, 1, units), Matrix(scale, 1, inputs), Matrix(shift, 1, inputs),
            Matrix(foldedKernel, inputs, units), Matrix(foldedBias, 1, units), inputs, units);

    /// <inheritdoc/>
    public void FoldAfter(Slot kernel, Slot bias, Slot scale, Slot shift, Slot foldedKernel, Slot foldedBias, int inputs, int units) =>
        BatchNormFolding.After(
            Matrix(kernel, inputs, units), Optional(bias, 1, units), Matrix(scale, 1, units), Matrix(shift, 1, units),
            Matrix(foldedKernel, inputs, units), Matrix(foldedBias, 1, units), inputs, units);

    /// <inheritdoc/>
    public void LayerNorm<TActivation>(
        Slot x, Slot gamma, Slot beta, Slot mean, Slot inverseDeviation, Slot y, int rows, int columns, float epsilon, DropoutMask dropout)
        where TActivation : struct, IActivation =>
        LayerNormKernels.Forward<TActivation>(
            Matrix(x, rows, columns), Matrix(gamma, 1, columns), Matrix(beta, 1, columns), Matrix(mean, 1, rows), Matrix(inverseDeviation, 1, rows),
            Matrix(y, rows, columns), rows, columns, epsilon, dropout);

    /// <inheritdoc/>
    public void LayerNormBackward<TActivation>(
        Slot dY, Slot x, Slot gamma, Slot beta, Slot mean, Slot inverseDeviation, Slot dX, Slot dGamma, Slot dBeta,
        int rows, int columns, DropoutMask dropout)
        where TActivation : struct, IActivation =>
        LayerNormKernels.Backward<TActivation>(
            Matrix(dY, rows, columns), Matrix(x, rows, columns), Matrix(gamma, 1, columns), Matrix(beta, 1, columns), Matrix(mean, 1, rows),
            Matrix(inverseDeviation, 1, rows), Optional(dX, rows, columns), Matrix(dGamma, 1, columns), Matrix(dBeta, 1, columns), rows, columns, dropout);
}
