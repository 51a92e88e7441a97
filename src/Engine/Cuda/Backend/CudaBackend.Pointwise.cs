using FastNets.Backends;
using FastNets.Cuda.Kernels;
using FastNets.Kernels.Pointwise;

namespace FastNets.Cuda.Backend;

internal readonly unsafe partial struct CudaBackend
{
    // Rows whose column sums one block adds up.
    private const int RowsOfPart = 256;

    // Columns on which a block of the backward pass lies.
    private const int ColumnsOfBlock = 128;

    /// <inheritdoc/>
    public void Dense<TActivation>(Slot x, Slot kernel, Slot bias, Slot preactivation, Slot y, int batch, int inputs, int units, DropoutMask dropout)
        where TActivation : struct, IActivation
    {
        ulong target = Matrix(y, batch, units);
        Multiply(Matrix(x, batch, inputs), inputs, false, Matrix(kernel, inputs, units), units, false, target, units, batch, units, inputs, 0);
        if (bias.IsNone && preactivation.IsNone && TActivation.IsIdentity && !dropout.IsActive) return;
        Tail(
            new TailArguments
            {
                X = target,
                Shift = Optional(bias, 1, units),
                Preactivation = Optional(preactivation, batch, units),
                Y = target,
                Activation = TActivation.DeviceCode,
                Dropout = Dropout(dropout, units),
                Rows = batch,
                Columns = units,
            });
    }

    /// <inheritdoc/>
    public void DenseWeightGradient(Slot x, Slot dZ, Slot dKernel, int batch, int inputs, int units, bool accumulate) =>
        Multiply(
            Matrix(x, batch, inputs), inputs, true, Matrix(dZ, batch, units), units, false, Matrix(dKernel, inputs, units), units, inputs, units, batch, accumulate ? 1 : 0);

    /// <inheritdoc/>
    public void DenseInputGradient(Slot dZ, Slot kernel, Slot dX, int batch, int inputs, int units, bool accumulate) =>
        Multiply(
            Matrix(dZ, batch, units), units, false, Matrix(kernel, inputs, units), units, true, Matrix(dX, batch, inputs), inputs, batch, inputs, units, accumulate ? 1 : 0);

    /// <inheritdoc/>
    public void Pointwise<TActivation>(Slot x, Slot y, int batch, int columns, DropoutMask dropout)
        where TActivation : struct, IActivation =>
        Tail(
            new TailArguments
            {
                X = Matrix(x, batch, columns),
                Y = Matrix(y, batch, columns),
                Activation = TActivation.DeviceCode,
                Dropout = Dropout(dropout, columns),
                Rows = batch,
                Columns = columns,
            });

    /// <inheritdoc/>
    public void Affine<TActivation>(Slot x, Slot scale, Slot shift, Slot y, int batch, int columns)
        where TActivation : struct, IActivation =>
        Tail(
            new TailArguments
            {
                X = Matrix(x, batch, columns),
                Scale = Matrix(scale, 1, columns),
                Shift = Matrix(shift, 1, columns),
                Y = Matrix(y, batch, columns),
                Activation = TActivation.DeviceCode,
                Rows = batch,
                Columns = columns,
            });

    /// <inheritdoc/>
    public void PointwiseBackward<TActivation>(Slot dY, Slot saved, Slot dX, Slot dBias, int batch, int columns, DropoutMask dropout)
        where TActivation : struct, IActivation
    {
        int parts = (batch + RowsOfPart - 1) / RowsOfPart;
        ulong sums = Optional(dBias, 1, columns);
        ulong partials = sums == 0 ? 0 : parts == 1 ? sums : _device.Scratch((long)parts * columns * sizeof(float));
        Launch(
            PointwiseKernelSet.TailBackward,
            LaunchShape.ByColumns(parts, (columns + ColumnsOfBlock - 1) / ColumnsOfBlock),
            new TailBackwardArguments
            {
                DY = Matrix(dY, batch, columns),
                Saved = TActivation.IsIdentity ? 0 : Matrix(saved, batch, columns),
                DX = Optional(dX, batch, columns),
                Partials = partials,
                Activation = TActivation.DeviceCode,
                Dropout = Dropout(dropout, columns),
                Rows = batch,
                Columns = columns,
                Part = RowsOfPart,
            });
        if (parts > 1 && sums != 0) AddParts(partials, sums, 0, parts, columns);
    }

    /// <summary>The sums over the parts of one vector, or of two: partials is [vectors, parts, columns].</summary>
    private void AddParts(ulong partials, ulong first, ulong second, int parts, int columns) =>
        Launch(
            PointwiseKernelSet.AddParts,
            new LaunchShape(NormBlocks(columns), 256, second == 0 ? 1 : 2),
            new AddPartsArguments { Partials = partials, First = first, Second = second, Parts = parts, Columns = columns });

    private void Tail(in TailArguments arguments) =>
        Launch(PointwiseKernelSet.Tail, LaunchShape.InStrides((long)arguments.Rows * ((arguments.Columns + 31) / 32) * 8), arguments);
}
