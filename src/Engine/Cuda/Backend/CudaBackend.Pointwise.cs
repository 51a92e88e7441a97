using FastNets.Backends;
using FastNets.Cuda.Kernels;
using FastNets.Kernels.Pointwise;

namespace FastNets.Cuda.Backend;

internal readonly unsafe partial struct CudaBackend
{
    // Rows that a block of the backward pass takes: at most, and what its threads take at a time.
    private const int MostRowsOfPart = 256;
    private const int FewestRowsOfPart = 64;

    // Blocks, and threads, that keep any GPU busy.
    private const int EnoughBlocks = 1 << 11;
    private const int EnoughThreads = 1 << 19;

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
        ulong sums = Optional(dBias, 1, columns);
        int part = RowsOfPart(batch, columns, sums != 0);
        int parts = (batch + part - 1) / part;
        ulong partials = sums == 0 || parts <= 1 ? sums : _device.Scratch((long)parts * columns * sizeof(float));
        Launch(
            PointwiseKernelSet.TailBackward,
            NormShape(columns, parts),
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
                Part = part,
            });
        if (parts != 1 && sums != 0) AddParts(partials, sums, 0, parts, columns);
    }

    /// <summary>The rows of a part: few where parts are few, so that a small batch is spread too; but one part needs no second launch for its sums.</summary>
    private static int RowsOfPart(int rows, int columns, bool hasSums)
    {
        int part = MostRowsOfPart;
        if (hasSums && rows <= part) return part;
        while (part > FewestRowsOfPart && ((long)rows + part - 1) / part * NormBlocks(columns) < EnoughBlocks) part /= 2;
        return part;
    }

    /// <summary>The sums over the parts of one vector, or of two: partials is [vectors, parts, columns].</summary>
    private void AddParts(ulong partials, ulong first, ulong second, int parts, int columns) =>
        Launch(
            PointwiseKernelSet.AddParts,
            new LaunchShape(NormBlocks(columns), 256, second == 0 ? 1 : 2),
            new AddPartsArguments { Partials = partials, First = first, Second = second, Parts = parts, Columns = columns });

    private void Tail(in TailArguments arguments)
    {
        // A thread can take two places at a time, which pays where all threads are busy anyhow.
        long threads = (long)arguments.Rows * NormBlocks(arguments.Columns) * 8;
        Launch(PointwiseKernelSet.Tail, LaunchShape.InStrides(threads > EnoughThreads ? (threads + 1) / 2 : threads), arguments);
    }
}
