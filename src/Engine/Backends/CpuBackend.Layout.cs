using FastNets.Kernels.Embedding;
using FastNets.Kernels.Layout;
using FastNets.Kernels.Pointwise;

namespace FastNets.Backends;

public readonly partial struct CpuBackend
{
    /// <inheritdoc/>
    public void SwapAxes(Slot x, Slot y, int first, int second, int columns) =>
        LayoutKernels.SwapAxes(Series(x, first, second, columns), Series(y, second, first, columns), first, second, columns);

    /// <inheritdoc/>
    public void Add<TActivation>(Slot a, Slot b, Slot y, int rows, int columns, DropoutMask dropout)
        where TActivation : struct, IActivation =>
        AdditionKernels.Add<TActivation>(Matrix(a, rows, columns), Matrix(b, rows, columns), Matrix(y, rows, columns), rows, columns, dropout);

    /// <inheritdoc/>
    public void CopyColumns(
        Slot source, int sourceColumns, int sourceOffset, Slot target, int targetColumns, int targetOffset, int rows, int count, bool accumulate) =>
        LayoutKernels.CopyColumns(
            Matrix(source, rows, sourceColumns), sourceColumns, sourceOffset, Matrix(target, rows, targetColumns), targetColumns, targetOffset,
            rows, count, accumulate);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A token lies outside [0, vocabulary); nothing is written then.</exception>
    public void Embedding(Slot tokens, Slot table, Slot y, int rows, int vocabulary, int columns) =>
        EmbeddingKernels.Forward(Integers(tokens, rows), Matrix(table, vocabulary, columns), Matrix(y, rows, columns), rows, vocabulary, columns);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A token lies outside [0, vocabulary); nothing is written then.</exception>
    public void EmbeddingGradient(Slot tokens, Slot dY, Slot dTable, int rows, int vocabulary, int columns) =>
        EmbeddingKernels.Gradient(Integers(tokens, rows), Matrix(dY, rows, columns), Matrix(dTable, vocabulary, columns), rows, vocabulary, columns);
}
