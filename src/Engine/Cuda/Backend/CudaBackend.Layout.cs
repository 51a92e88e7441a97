using FastNets.Backends;
using FastNets.Cuda.Kernels;
using FastNets.Kernels.Pointwise;

namespace FastNets.Cuda.Backend;

internal readonly unsafe partial struct CudaBackend
{
    // FN_FEW_COLUMNS, FN_TILE_EDGE and FN_TILE_COLUMNS of layout.cu.
    private const int FewColumns = 8;
    private const int TileEdge = 32;
    private const int TileColumns = 128;

    // FN_RUN, FN_RUN_COLUMNS, FN_EMBEDDING_WARPS and FN_ENTRIES of embedding.cu.
    private const int RunOfTokens = 256;
    private const int ColumnsOfRun = 128;
    private const int EmbeddingWarps = 8;
    private const int MostEntriesLog2 = 5;

    // Warps that look through the tokens, above which a warp takes more entries of the table.
    private const int EnoughWarps = 4096;

    // What a thread has in flight in kernels that only move numbers.
    private const int MovesOfThread = 4;

    /// <inheritdoc/>
    public void SwapAxes(Slot x, Slot y, int first, int second, int columns)
    {
        ulong source = Series(x, first, second, columns);
        ulong target = Series(y, second, first, columns);
        if (first == 1 || second == 1)
        {
            _device.Copy(source, target, (long)first * second * columns * sizeof(float));
            return;
        }

        if (first == 0 || second == 0 || columns == 0) return;
        int edge = Math.Min(TileEdge, TileColumns / columns);
        var arguments = new SwapAxesArguments { X = source, Y = target, First = first, Second = second, Columns = columns, Edge = edge };
        if (columns <= FewColumns)
            Launch(LayoutKernelSet.SwapAxesTiles, BlockARow((first + edge - 1) / edge * ((second + edge - 1) / edge), 256), arguments);
        else
            Launch(LayoutKernelSet.SwapAxesRows, Moves((long)first * second * columns), arguments);
    }

    /// <inheritdoc/>
    public void Add<TActivation>(Slot a, Slot b, Slot y, int rows, int columns, DropoutMask dropout)
        where TActivation : struct, IActivation
    {
        var arguments = new AddArguments
        {
            A = Matrix(a, rows, columns),
            B = Matrix(b, rows, columns),
            Y = Matrix(y, rows, columns),
            Activation = TActivation.DeviceCode,
            Dropout = Dropout(dropout, columns),
            Rows = rows,
            Columns = columns,
        };
        long groups = (long)rows * ((columns + DropoutBits.Columns - 1) / DropoutBits.Columns);
        if (dropout.IsActive) Launch(LayoutKernelSet.AddDropout, Moves(groups * DropoutBits.Columns), arguments);
        else Launch(LayoutKernelSet.Add, Moves((long)rows * columns), arguments);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The columns don't lie within a matrix.</exception>
    public void CopyColumns(
        Slot source, int sourceColumns, int sourceOffset, Slot target, int targetColumns, int targetOffset, int rows, int count, bool accumulate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sourceOffset);
        ArgumentOutOfRangeException.ThrowIfNegative(targetOffset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, sourceColumns - sourceOffset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, targetColumns - targetOffset);
        Launch(
            LayoutKernelSet.CopyColumns,
            Moves((long)rows * count),
            new CopyColumnsArguments
            {
                Source = Matrix(source, rows, sourceColumns) + ((ulong)sourceOffset * sizeof(float)),
                Target = Matrix(target, rows, targetColumns) + ((ulong)targetOffset * sizeof(float)),
                SourceColumns = sourceColumns,
                TargetColumns = targetColumns,
                Rows = rows,
                Count = count,
                Accumulate = accumulate ? 1 : 0,
            });
    }

    /// <inheritdoc/>
    /// <remarks>Tokens are not looked at here: the network refuses those that the table doesn't have before the pass, whether it is recorded or not.</remarks>
    public void Embedding(Slot tokens, Slot table, Slot y, int rows, int vocabulary, int columns) =>
        Launch(
            EmbeddingKernelSet.Forward,
            Moves((long)rows * columns),
            new EmbeddingArguments
            {
                Tokens = Integers(tokens, rows),
                Table = Matrix(table, vocabulary, columns),
                Y = Matrix(y, rows, columns),
                Rows = rows,
                Columns = columns,
            });

    /// <inheritdoc/>
    /// <remarks>The rows of an entry are added in their order within each run of 256, and the runs' sums in the order of the runs.</remarks>
    public void EmbeddingGradient(Slot tokens, Slot dY, Slot dTable, int rows, int vocabulary, int columns)
    {
        int runs = (rows + RunOfTokens - 1) / RunOfTokens;
        long marks = (long)runs * RunOfTokens * sizeof(uint);
        ulong scratch = _device.Scratch(marks + ((long)rows * columns * sizeof(float)));
        ulong gradient = Matrix(dY, rows, columns);
        Launch(
            EmbeddingKernelSet.Runs,
            LaunchShape.ByColumns(runs, (columns + ColumnsOfRun - 1) / ColumnsOfRun),
            new EmbeddingRunsArguments
            {
                Tokens = Integers(tokens, rows),
                DY = gradient,
                Marks = scratch,
                Sums = scratch + (ulong)marks,
                Rows = rows,
                Columns = columns,
            });

        int parts = (columns + 31) / 32;
        int entriesLog2 = 0;
        while (entriesLog2 < MostEntriesLog2 && (long)parts * (((vocabulary - 1) >> entriesLog2) + 1) > EnoughWarps) entriesLog2++;
        int sets = (int)(((long)vocabulary + (1 << entriesLog2) - 1) >> entriesLog2);
        Launch(
            EmbeddingKernelSet.Gradient,
            LaunchShape.ByColumns((sets + EmbeddingWarps - 1) / EmbeddingWarps, parts, 32 * EmbeddingWarps),
            new EmbeddingGradientArguments
            {
                Marks = scratch,
                DY = gradient,
                Sums = scratch + (ulong)marks,
                DTable = Matrix(dTable, vocabulary, columns),
                Rows = rows,
                Vocabulary = vocabulary,
                Columns = columns,
                EntriesLog2 = entriesLog2,
            });
    }

    /// <inheritdoc/>
    /// <remarks>The fraction is the launch's own: a pass that moves by another one each time must not be recorded.</remarks>
    public void MoveTowards(Slot x, Slot y, float fraction)
    {
        ulong source = Whole(x);
        ulong target = _device.Address(y, x.Length);
        if (fraction == 1) _device.Copy(source, target, (long)x.Length * sizeof(float));
        else Launch(LayoutKernelSet.MoveTowards, Moves(x.Length), new MoveTowardsArguments { X = source, Y = target, Length = x.Length, Fraction = fraction });
    }

    /// <summary>For a kernel whose threads take four items each at a time, in strides of all threads.</summary>
    private static LaunchShape Moves(long items) => LaunchShape.InStrides((items + MovesOfThread - 1) / MovesOfThread);
}
