using FastNets.Backends;
using FastNets.Cuda.Kernels;
using FastNets.Kernels.Normalization;
using FastNets.Kernels.Pointwise;

namespace FastNets.Cuda.Backend;

// Statistics and gradients by column come from parts of the rows: one launch where there is one part, otherwise one that puts the parts' results together.
internal readonly unsafe partial struct CudaBackend
{
    // FN_PART_ROWS of normalization.cuh, and the columns of a block.
    private const int RowsOfNormPart = 256;
    private const int ColumnsOfNormBlock = 32;

    /// <inheritdoc/>
    public void BatchNorm<TActivation>(
        Slot x, Slot gamma, Slot beta, Slot runningMean, Slot runningVariance, Slot mean, Slot inverseDeviation, Slot y,
        int batch, int features, BatchNormSettings settings, DropoutMask dropout)
        where TActivation : struct, IActivation
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        int parts = NormParts(batch);
        long bytes = (long)features * sizeof(float);
        ulong partials = parts > 1 ? _device.Scratch(((3L * parts) + 2) * bytes) : 0;
        var feature = new FeatureArguments
        {
            Gamma = Matrix(gamma, 1, features),
            Beta = Matrix(beta, 1, features),
            RunningMean = Matrix(runningMean, 1, features),
            RunningVariance = Matrix(runningVariance, 1, features),
            Mean = Matrix(mean, 1, features),
            Inverse = Matrix(inverseDeviation, 1, features),
            Momentum = settings.Momentum,
            Epsilon = settings.Epsilon,
            Unbiased = settings.UnbiasedVariance ? 1 : 0,
            Rows = batch,
        };
        Launch(
            BatchNormKernelSet.Forward,
            NormShape(features, parts),
            new BatchNormArguments
            {
                X = Matrix(x, batch, features),
                Y = Matrix(y, batch, features),
                Partials = partials,
                Feature = feature,
                Activation = TActivation.DeviceCode,
                Dropout = Dropout(dropout, features),
                Rows = batch,
                Columns = features,
            });
        if (parts == 1) return;
        ulong scale = partials + (ulong)(3 * parts * bytes);
        ulong shift = scale + (ulong)bytes;
        Launch(
            BatchNormKernelSet.Finish,
            new LaunchShape(NormBlocks(features), 1024),
            new BatchNormFinishArguments { Partials = partials, Scale = scale, Shift = shift, Feature = feature, Parts = parts, Columns = features });
        Tail(
            new TailArguments
            {
                X = Matrix(x, batch, features),
                Centre = feature.Mean,
                Scale = scale,
                Shift = shift,
                Y = Matrix(y, batch, features),
                Activation = TActivation.DeviceCode,
                Dropout = Dropout(dropout, features),
                Rows = batch,
                Columns = features,
            });
    }

    /// <inheritdoc/>
    public void BatchNormBackward<TActivation>(
        Slot dY, Slot x, Slot gamma, Slot beta, Slot mean, Slot inverseDeviation, Slot dX, Slot dGamma, Slot dBeta,
        int batch, int features, DropoutMask dropout)
        where TActivation : struct, IActivation
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        int parts = NormParts(batch);
        var arguments = new BatchNormBackwardArguments
        {
            Sums = NormSums<TActivation>(dY, x, gamma, beta, Matrix(mean, 1, features), Matrix(inverseDeviation, 1, features), dX, batch, features, dropout),
            DX = Optional(dX, batch, features),
            Partials = parts > 1 ? _device.Scratch(2L * parts * features * sizeof(float)) : 0,
            DGamma = Matrix(dGamma, 1, features),
            DBeta = Matrix(dBeta, 1, features),
        };
        Launch(BatchNormKernelSet.Backward, NormShape(features, parts), arguments);
        if (parts == 1) return;
        AddParts(arguments.Partials, arguments.DGamma, arguments.DBeta, parts, features);
        if (!dX.IsNone) Launch(BatchNormKernelSet.InputGradient, NormShape(features, parts), arguments);
    }

    /// <inheritdoc/>
    public void LayerNorm<TActivation>(
        Slot x, Slot gamma, Slot beta, Slot mean, Slot inverseDeviation, Slot y, int rows, int columns, float epsilon, DropoutMask dropout)
        where TActivation : struct, IActivation
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        Launch(
            columns <= LongRow ? LayerNormKernelSet.Forward : LayerNormKernelSet.ForwardLong,
            LayerNormShape(rows, columns),
            new LayerNormArguments
            {
                X = Matrix(x, rows, columns),
                Gamma = Matrix(gamma, 1, columns),
                Beta = Matrix(beta, 1, columns),
                Mean = Matrix(mean, 1, rows),
                Inverse = Matrix(inverseDeviation, 1, rows),
                Y = Matrix(y, rows, columns),
                Activation = TActivation.DeviceCode,
                Dropout = Dropout(dropout, columns),
                Rows = rows,
                Columns = columns,
                Epsilon = epsilon,
            });
    }

    /// <inheritdoc/>
    public void LayerNormBackward<TActivation>(
        Slot dY, Slot x, Slot gamma, Slot beta, Slot mean, Slot inverseDeviation, Slot dX, Slot dGamma, Slot dBeta,
        int rows, int columns, DropoutMask dropout)
        where TActivation : struct, IActivation
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        int parts = NormParts(rows);
        NormSumsArguments sums = NormSums<TActivation>(
            dY, x, gamma, beta, Matrix(mean, 1, rows), Matrix(inverseDeviation, 1, rows), dX, rows, columns, dropout);
        ulong gammaSums = Matrix(dGamma, 1, columns);
        ulong betaSums = Matrix(dBeta, 1, columns);
        long bytes = (long)parts * columns * sizeof(float);
        ulong partials = parts > 1 ? _device.Scratch(2 * bytes) : 0;
        Launch(
            LayerNormKernelSet.Sums,
            NormShape(columns, parts),
            new LayerNormSumsArguments { Sums = sums, DGamma = parts > 1 ? partials : gammaSums, DBeta = parts > 1 ? partials + (ulong)bytes : betaSums });
        if (parts != 1) AddParts(partials, gammaSums, betaSums, parts, columns);
        if (dX.IsNone) return;
        Launch(
            columns <= LongRow ? LayerNormKernelSet.InputGradient : LayerNormKernelSet.InputGradientLong,
            LayerNormShape(rows, columns),
            new LayerNormInputGradientArguments
            {
                G = sums.G != 0 ? sums.G : sums.DY,
                X = sums.X,
                Gamma = sums.Gamma,
                Mean = sums.Mean,
                Inverse = sums.Inverse,
                DX = Matrix(dX, rows, columns),
                Rows = rows,
                Columns = columns,
            });
    }

    private static int NormParts(int rows) => (rows + RowsOfNormPart - 1) / RowsOfNormPart;

    private static int NormBlocks(int columns) => (columns + ColumnsOfNormBlock - 1) / ColumnsOfNormBlock;

    private static LaunchShape NormShape(int columns, int parts) => LaunchShape.ByColumns(parts, NormBlocks(columns));

    private static LaunchShape LayerNormShape(int rows, int columns) =>
        columns <= LongRow ? LaunchShape.InStrides((long)rows * 32) : BlockARow(rows, 256);

    private NormSumsArguments NormSums<TActivation>(
        Slot dY, Slot x, Slot gamma, Slot beta, ulong mean, ulong inverseDeviation, Slot dX, int rows, int columns, DropoutMask dropout)
        where TActivation : struct, IActivation => new()
        {
            DY = Matrix(dY, rows, columns),
            X = Matrix(x, rows, columns),
            Gamma = Matrix(gamma, 1, columns),
            Beta = Matrix(beta, 1, columns),
            Mean = mean,
            Inverse = inverseDeviation,
            // The gradient before the normalisation waits in dX's place where it isn't dY itself.
            G = TActivation.IsIdentity && !dropout.IsActive ? 0 : Optional(dX, rows, columns),
            Activation = TActivation.DeviceCode,
            Dropout = Dropout(dropout, columns),
            Rows = rows,
            Columns = columns,
        };
}
