using FastNets.Kernels.Convolution;
using FastNets.Kernels.Pointwise;

namespace FastNets.Backends;

public readonly partial struct CpuBackend
{
    /// <inheritdoc/>
    public void Conv1D<TActivation>(
        Slot x, Slot kernel, Slot bias, Slot preactivation, Slot y, int batch, ConvolutionShape shape, DropoutMask dropout)
        where TActivation : struct, IActivation =>
        ConvolutionKernels.Forward<TActivation>(
            Series(x, batch, shape.Length, shape.Channels), Series(kernel, shape.Width, shape.Channels, shape.Filters), Optional(bias, 1, shape.Filters),
            OptionalSeries(preactivation, batch, shape.OutputLength, shape.Filters),
            Series(y, batch, shape.OutputLength, shape.Filters), batch, shape, dropout);

    /// <inheritdoc/>
    public void Conv1DWeightGradient(Slot x, Slot dZ, Slot dKernel, int batch, ConvolutionShape shape) =>
        ConvolutionKernels.WeightGradient(
            Series(x, batch, shape.Length, shape.Channels), Series(dZ, batch, shape.OutputLength, shape.Filters),
            Series(dKernel, shape.Width, shape.Channels, shape.Filters), batch, shape);

    /// <inheritdoc/>
    public void Conv1DInputGradient(Slot dZ, Slot kernel, Slot dX, int batch, ConvolutionShape shape, bool accumulate) =>
        ConvolutionKernels.InputGradient(
            Series(dZ, batch, shape.OutputLength, shape.Filters), Series(kernel, shape.Width, shape.Channels, shape.Filters),
            Series(dX, batch, shape.Length, shape.Channels), batch, shape, accumulate);

    /// <inheritdoc/>
    public void MaxPool1D(Slot x, Slot y, int batch, PoolingShape shape) =>
        PoolingKernels.Max(Series(x, batch, shape.Length, shape.Channels), Series(y, batch, shape.OutputLength, shape.Channels), batch, shape);

    /// <inheritdoc/>
    public void MaxPool1DBackward(Slot dY, Slot x, Slot dX, int batch, PoolingShape shape, bool accumulate) =>
        PoolingKernels.MaxBackward(
            Series(dY, batch, shape.OutputLength, shape.Channels), Series(x, batch, shape.Length, shape.Channels),
            Series(dX, batch, shape.Length, shape.Channels), batch, shape, accumulate);

    /// <inheritdoc/>
    public void AveragePool1D(Slot x, Slot y, int batch, PoolingShape shape) =>
        PoolingKernels.Average(Series(x, batch, shape.Length, shape.Channels), Series(y, batch, shape.OutputLength, shape.Channels), batch, shape);

    /// <inheritdoc/>
    public void AveragePool1DBackward(Slot dY, Slot dX, int batch, PoolingShape shape, bool accumulate) =>
        PoolingKernels.AverageBackward(
            Series(dY, batch, shape.OutputLength, shape.Channels), Series(dX, batch, shape.Length, shape.Channels), batch, shape, accumulate);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">An element of <paramref name="lengths"/> lies outside [0, length]; nothing is written then.</exception>
    public void GlobalAveragePool1D(Slot x, Slot lengths, Slot y, int batch, int length, int channels) =>
        PoolingKernels.GlobalAverage(Series(x, batch, length, channels), Integers(lengths, batch), Matrix(y, batch, channels), batch, length, channels);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">An element of <paramref name="lengths"/> lies outside [0, length]; nothing is written then.</exception>
    public void GlobalAveragePool1DBackward(Slot dY, Slot lengths, Slot dX, int batch, int length, int channels, bool accumulate) =>
        PoolingKernels.GlobalAverageBackward(
            Matrix(dY, batch, channels), Integers(lengths, batch), Series(dX, batch, length, channels), batch, length, channels, accumulate);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">An element of <paramref name="lengths"/> lies outside [0, length]; nothing is written then.</exception>
    public void GlobalMaxPool1D(Slot x, Slot lengths, Slot y, int batch, int length, int channels) =>
        PoolingKernels.GlobalMax(Series(x, batch, length, channels), Integers(lengths, batch), Matrix(y, batch, channels), batch, length, channels);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">An element of <paramref name="lengths"/> lies outside [0, length]; nothing is written then.</exception>
    public void GlobalMaxPool1DBackward(Slot dY, Slot x, Slot lengths, Slot dX, int batch, int length, int channels, bool accumulate) =>
        PoolingKernels.GlobalMaxBackward(
            Matrix(dY, batch, channels), Series(x, batch, length, channels), Integers(lengths, batch), Series(dX, batch, length, channels),
            batch, length, channels, accumulate);
}
