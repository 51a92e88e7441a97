using FastNets.Backends;
using FastNets.Cuda.Kernels;
using FastNets.Kernels.Losses;

namespace FastNets.Cuda.Backend;

// What a mean divides by must be known before its gradient: by the host where all counts, by a count in each block where that is short, otherwise by a launch before.
internal readonly unsafe partial struct CudaBackend
{
    // Blocks of 256 threads, 8 warps; more work than so many blocks have goes on in strides, so that few sums are left for the last block.
    private const int ThreadsOfLossBlock = 256;
    private const int WarpsOfBlock = ThreadsOfLossBlock / 32;
    private const int MostLossBlocks = 1024;

    // Beyond, a row is a block's work.
    private const int LongestRowOfWarp = 1024;

    // Rows, or samples, that each block counts for itself.
    private const int MostCountedInBlock = 4096;

    // Columns of a long sample that one block takes.
    private const int ColumnsOfPart = 4096;

    /// <inheritdoc/>
    public void CrossEntropy(
        Slot logits, Slot targets, TargetKind kind, Slot classWeights, Slot lengths, Slot losses, Slot total, Slot dLogits, Slot probabilities,
        int rows, int steps, int classes, CrossEntropySettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (rows % steps != 0) throw new ArgumentException($"{rows} rows are not a multiple of {steps} steps.", nameof(rows));
        ulong sum = Matrix(total, 1, 1);
        if (rows == 0)
        {
            _device.Clear(sum, sizeof(float));
            return;
        }

        int lanes = LanesOfRow(classes);
        int rowsOfBlock = ThreadsOfLossBlock / lanes;
        bool areIndices = kind == TargetKind.ClassIndices;
        bool isKnown = settings.Sum || (lengths.IsNone && !settings.IgnoreMissing && (!areIndices || classWeights.IsNone));
        bool counts = !isKnown && (rows > MostCountedInBlock || (settings.IgnoreMissing && !areIndices));
        ulong scratch = _device.Scratch((1 + MostLossBlocks) * sizeof(double));
        var arguments = new CrossEntropyArguments
        {
            Logits = Matrix(logits, rows, classes),
            Indices = areIndices ? Matrix(targets, 1, rows) : 0,
            Values = areIndices ? 0 : Matrix(targets, rows, classes),
            Weights = Optional(classWeights, 1, classes),
            Lengths = Integers(lengths, rows / steps),
            Losses = Matrix(losses, 1, rows),
            Total = sum,
            Gradient = Optional(dLogits, rows, classes),
            Probabilities = Optional(probabilities, rows, classes),
            Divisor = counts ? scratch : 0,
            Partials = scratch + sizeof(double),
            Counter = _device.Counter,
            Known = !isKnown ? 0 : settings.Sum ? 1 : rows,
            Kept = 1.0 - settings.LabelSmoothing,
            Smooth = settings.LabelSmoothing / (double)classes,
            Gamma = settings.FocalGamma,
            Rows = rows,
            Steps = steps,
            Classes = classes,
            IgnoreMissing = settings.IgnoreMissing ? 1 : 0,
            Lanes = lanes,
        };
        if (counts) Launch(CrossEntropyKernelSet.Count, LossShape(rows, rowsOfBlock), arguments);
        if (settings.FocalGamma != 0) Launch(CrossEntropyKernelSet.Focal, LossShape(rows, WarpsOfBlock), arguments);
        else if (classes <= LongestRowOfWarp) Launch(CrossEntropyKernelSet.ShortRows, LossShape(rows, rowsOfBlock), arguments);
        else Launch(CrossEntropyKernelSet.LongRows, LossShape(rows, 1), arguments);
    }

    /// <inheritdoc/>
    public void ElementLoss<TLoss>(
        Slot output, Slot targets, Slot lengths, Slot losses, Slot total, Slot dOutput, int batch, int steps, int columns, TLoss loss, ElementLossSettings settings)
        where TLoss : struct, IPointwiseLoss
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (columns % steps != 0) throw new ArgumentException($"{columns} columns are not a multiple of {steps} steps.", nameof(columns));
        ulong sum = Matrix(total, 1, 1);
        if (batch == 0)
        {
            _device.Clear(sum, sizeof(float));
            return;
        }

        bool isKnown = settings.Sum || (lengths.IsNone && !settings.IgnoreMissing);
        bool counts = !isKnown && (batch > MostCountedInBlock || settings.IgnoreMissing);
        bool isShort = columns <= LongestRowOfWarp;
        int parts = isShort ? 1 : (columns + ColumnsOfPart - 1) / ColumnsOfPart;
        int items = batch * parts;

        // The divisor; a sum for each block or item; a count for each item.
        long sums = Math.Max(items, MostLossBlocks);
        ulong scratch = _device.Scratch(((1 + sums) * sizeof(double)) + ((long)items * sizeof(int)));
        var arguments = new ElementLossArguments
        {
            Output = Matrix(output, batch, columns),
            Targets = Matrix(targets, batch, columns),
            Lengths = Integers(lengths, batch),
            Losses = Matrix(losses, 1, batch),
            Total = sum,
            Gradient = Optional(dOutput, batch, columns),
            Divisor = counts ? scratch : 0,
            Partials = scratch + sizeof(double),
            Counts = scratch + ((ulong)(1 + sums) * sizeof(double)),
            Counter = _device.Counter,
            Known = !isKnown ? 0 : settings.Sum ? 1 : (double)batch * columns,
            Batch = batch,
            Steps = steps,
            Columns = columns,
            Parts = parts,
            Part = ColumnsOfPart,
            Loss = (int)TLoss.DeviceCode,
            Parameter = loss.DeviceParameter,
            IgnoreMissing = settings.IgnoreMissing ? 1 : 0,
        };
        if (counts) Launch(ElementLossKernelSet.Count, settings.IgnoreMissing ? LossShape(batch * columns, ThreadsOfLossBlock * MovesOfThread) : LossShape(batch, ThreadsOfLossBlock), arguments);
        if (isShort) Launch(ElementLossKernelSet.ShortSamples, LossShape(batch, WarpsOfBlock), arguments);
        else Launch(ElementLossKernelSet.LongSamples, LossShape(items, 1), arguments);
    }

    private static LaunchShape LossShape(int items, int itemsOfBlock) => new((int)Math.Min(((long)items + itemsOfBlock - 1) / itemsOfBlock, MostLossBlocks), ThreadsOfLossBlock);
}
