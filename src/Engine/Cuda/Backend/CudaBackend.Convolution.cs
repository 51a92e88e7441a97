using FastNets.Backends;
using FastNets.Cuda.Kernels;
using FastNets.Kernels.Convolution;
using FastNets.Kernels.Pointwise;

namespace FastNets.Cuda.Backend;

internal readonly unsafe partial struct CudaBackend
{
    // Windows are laid out for so many bytes at a time: enough for products of full size, few enough to stay in the second cache until they are read.
    private const long MostWindowBytes = 32 << 20;

    /// <inheritdoc/>
    public void Conv1D<TActivation>(Slot x, Slot kernel, Slot bias, Slot preactivation, Slot y, int batch, ConvolutionShape shape, DropoutMask dropout)
        where TActivation : struct, IActivation
    {
        shape.Check();
        int filters = shape.Filters;
        int rows = checked(batch * shape.OutputLength);
        int depth = checked(shape.Width * shape.Channels);
        ulong source = Series(x, batch, shape.Length, shape.Channels);
        ulong weights = Matrix(kernel, depth, filters);
        ulong target = Matrix(y, rows, filters);
        int part = RowsOfWindows(rows, depth, shape);
        for (int first = 0, count; first < rows; first += count)
        {
            count = Math.Min(part, rows - first);
            ulong windows = Windows(source, first, count, depth, shape);
            Multiply(windows, depth, false, weights, filters, false, target + Offset(first, filters), filters, count, filters, depth, 0);
        }

        if (bias.IsNone && preactivation.IsNone && TActivation.IsIdentity && !dropout.IsActive) return;
        Tail(
            new TailArguments
            {
                X = target,
                Shift = Optional(bias, 1, filters),
                Preactivation = Optional(preactivation, rows, filters),
                Y = target,
                Activation = TActivation.DeviceCode,
                Dropout = Dropout(dropout, filters),
                Rows = rows,
                Columns = filters,
            });
    }

    /// <inheritdoc/>
    public void Conv1DWeightGradient(Slot x, Slot dZ, Slot dKernel, int batch, ConvolutionShape shape)
    {
        shape.Check();
        int filters = shape.Filters;
        int rows = checked(batch * shape.OutputLength);
        int depth = checked(shape.Width * shape.Channels);
        ulong source = Series(x, batch, shape.Length, shape.Channels);
        ulong gradient = Matrix(dZ, rows, filters);
        ulong target = Matrix(dKernel, depth, filters);
        if (rows == 0) _device.Clear(target, (long)depth * filters * sizeof(float));
        int part = RowsOfWindows(rows, depth, shape);
        for (int first = 0, count; first < rows; first += count)
        {
            count = Math.Min(part, rows - first);
            ulong windows = Windows(source, first, count, depth, shape);
            Multiply(windows, depth, true, gradient + Offset(first, filters), filters, false, target, filters, depth, filters, count, first == 0 ? 0 : 1);
        }
    }

    /// <inheritdoc/>
    public void Conv1DInputGradient(Slot dZ, Slot kernel, Slot dX, int batch, ConvolutionShape shape, bool accumulate)
    {
        shape.Check();
        int filters = shape.Filters;
        int rows = checked(batch * shape.OutputLength);
        int depth = checked(shape.Width * shape.Channels);
        ulong gradient = Matrix(dZ, rows, filters);
        ulong weights = Matrix(kernel, depth, filters);
        ulong target = Series(dX, batch, shape.Length, shape.Channels);
        if (IsPatches(shape))
        {
            Multiply(gradient, filters, false, weights, filters, true, target, depth, rows, depth, filters, accumulate ? 1 : 0);
            return;
        }

        int part = RowsOfWindows(rows, depth, shape);
        for (int first = 0, count; first < rows; first += count)
        {
            count = Math.Min(part, rows - first);
            ulong windows = _device.Scratch((long)count * depth * sizeof(float));
            Multiply(gradient + Offset(first, filters), filters, false, weights, filters, true, windows, depth, count, depth, filters, 0);
            int firstSeries = first / shape.OutputLength;
            int series = ((first + count - 1) / shape.OutputLength) - firstSeries + 1;
            Launch(
                ConvolutionKernelSet.Gather,
                LaunchShape.InStrides((long)series * shape.Length * shape.Channels),
                new GatherArguments
                {
                    Windows = windows,
                    DX = target,
                    Part = new WindowRows(first, count, shape),
                    Series = series,
                    Accumulate = accumulate ? 1 : 0,
                });
        }
    }

    /// <summary>Whether windows lie side by side and fill the series: then x is the matrix of windows as it lies there.</summary>
    private static bool IsPatches(in ConvolutionShape shape) =>
        shape.Stride == shape.Width && shape.PadLeft == 0 && (shape.Dilation == 1 || shape.Width == 1) && (long)shape.OutputLength * shape.Width == shape.Length;

    /// <summary>How many rows of the matrix of windows, [batch * output length, width * channels], are worked on at a time.</summary>
    private static int RowsOfWindows(int rows, int depth, in ConvolutionShape shape) =>
        IsPatches(shape) ? rows : (int)Math.Clamp(MostWindowBytes / sizeof(float) / depth, 1, int.MaxValue);

    private static ulong Offset(int row, int columns) => (ulong)row * (ulong)columns * sizeof(float);

    /// <summary>The address of some rows of the matrix of windows: in the series themselves where they are that matrix, else laid out in scratch memory.</summary>
    private ulong Windows(ulong x, int first, int count, int depth, in ConvolutionShape shape)
    {
        if (IsPatches(shape)) return x;
        ulong windows = _device.Scratch((long)count * depth * sizeof(float));
        int unit = shape.Channels % 4 == 0 && x % 16 == 0 ? 4 : 1;
        Launch(
            ConvolutionKernelSet.Windows,
            Moves((long)count * depth / unit),
            new WindowsArguments
            {
                X = x,
                Windows = windows,
                Part = new WindowRows(first, count, shape),
                Unit = unit,
            });
        return windows;
    }
}
