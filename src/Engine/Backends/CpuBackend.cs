using System.Runtime.InteropServices;
using FastNets.Kernels.Gemm;
using FastNets.Kernels.Pointwise;
using FastNets.Kernels.Reduction;

namespace FastNets.Backends;

/// <summary>The processor: places are spans of host memory, operations are the kernels.</summary>
public readonly partial struct CpuBackend : IBackend
{
    private readonly ArenaSet _arenas;

    internal CpuBackend(ArenaSet arenas) => _arenas = arenas;

    /// <inheritdoc/>
    public void Dense<TActivation>(Slot x, Slot kernel, Slot bias, Slot preactivation, Slot y, int batch, int inputs, int units, DropoutMask dropout)
        where TActivation : struct, IActivation =>
        Gemm.Dense<TActivation>(
            Matrix(x, batch, inputs), Matrix(kernel, inputs, units), Optional(bias, 1, units), Optional(preactivation, batch, units), Matrix(y, batch, units),
            batch, inputs, units, dropout);

    /// <inheritdoc/>
    public void DenseWeightGradient(Slot x, Slot dZ, Slot dKernel, int batch, int inputs, int units, bool accumulate) =>
        Gemm.Multiply(Matrix(x, batch, inputs), true, Matrix(dZ, batch, units), false, Matrix(dKernel, inputs, units), inputs, units, batch, accumulate);

    /// <inheritdoc/>
    public void DenseInputGradient(Slot dZ, Slot kernel, Slot dX, int batch, int inputs, int units, bool accumulate) =>
        Gemm.Multiply(Matrix(dZ, batch, units), false, Matrix(kernel, inputs, units), true, Matrix(dX, batch, inputs), batch, inputs, units, accumulate);

    /// <inheritdoc/>
    public void Pointwise<TActivation>(Slot x, Slot y, int batch, int columns, DropoutMask dropout)
        where TActivation : struct, IActivation =>
        PointwiseKernels.Forward<TActivation>(Matrix(x, batch, columns), Matrix(y, batch, columns), batch, columns, dropout);

    /// <inheritdoc/>
    public void PointwiseBackward<TActivation>(Slot dY, Slot saved, Slot dX, Slot dBias, int batch, int columns, DropoutMask dropout)
        where TActivation : struct, IActivation =>
        PointwiseKernels.Backward<TActivation>(
            Matrix(dY, batch, columns), Optional(saved, batch, columns), Optional(dX, batch, columns), Optional(dBias, 1, columns), batch, columns, dropout);

    /// <inheritdoc/>
    public void Softmax(Slot x, Slot y, int batch, int columns) =>
        SoftmaxKernels.Forward(Matrix(x, batch, columns), Matrix(y, batch, columns), batch, columns);

    /// <inheritdoc/>
    public void SoftmaxBackward(Slot dY, Slot y, Slot dX, int batch, int columns) =>
        SoftmaxKernels.Backward(Matrix(dY, batch, columns), Matrix(y, batch, columns), Matrix(dX, batch, columns), batch, columns);

    private Span<float> Matrix(Slot slot, int rows, int columns) => _arenas.Span(slot, checked(rows * columns));

    private Span<float> Optional(Slot slot, int rows, int columns) => slot.IsNone ? default : Matrix(slot, rows, columns);

    // Batch after batch or step after step: rows of a matrix either way.
    private Span<float> Series(Slot slot, int outer, int inner, int columns) => Matrix(slot, checked(outer * inner), columns);

    private Span<float> OptionalSeries(Slot slot, int outer, int inner, int columns) => slot.IsNone ? default : Series(slot, outer, inner, columns);

    private Span<int> Integers(Slot slot, int count) => MemoryMarshal.Cast<float, int>(Optional(slot, 1, count));

    private Span<float> Whole(Slot slot) => slot.IsNone ? default : _arenas.Span(slot, slot.Length);
}
