using FastNets.Kernels.Pointwise;

namespace FastNets.Backends;

// Operations that move elements, or add them where branches meet.
public partial interface IBackend
{
    /// <summary>y[j, i, :] = x[i, j, :].</summary>
    /// <param name="x">[first, second, columns].</param>
    /// <param name="y">[second, first, columns].</param>
    /// <param name="first">The size of x's first axis.</param>
    /// <param name="second">The size of x's second axis.</param>
    /// <param name="columns">Adjacent elements that stay together.</param>
    void SwapAxes(Slot x, Slot y, int first, int second, int columns);

    /// <summary>y = dropout(f(a + b)), element by element.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="a">[rows, columns].</param>
    /// <param name="b">[rows, columns].</param>
    /// <param name="y">[rows, columns]; may be the place of a or b.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="dropout">The mask on f's output.</param>
    void Add<TActivation>(Slot a, Slot b, Slot y, int rows, int columns, DropoutMask dropout)
        where TActivation : struct, IActivation;

    /// <summary>target[r, targetOffset + j] (+)= source[r, sourceOffset + j] for j below the count; the target's other columns stay.</summary>
    /// <param name="source">[rows, sourceColumns].</param>
    /// <param name="sourceColumns">Columns of the source.</param>
    /// <param name="sourceOffset">The first of the source's columns.</param>
    /// <param name="target">[rows, targetColumns].</param>
    /// <param name="targetColumns">Columns of the target.</param>
    /// <param name="targetOffset">The first of the target's columns.</param>
    /// <param name="rows">Rows of both.</param>
    /// <param name="count">How many columns.</param>
    /// <param name="accumulate">Whether elements are added to the target's.</param>
    void CopyColumns(
        Slot source, int sourceColumns, int sourceOffset, Slot target, int targetColumns, int targetOffset, int rows, int count, bool accumulate);

    /// <summary>y[r, :] = table[tokens[r], :].</summary>
    /// <param name="tokens">32-bit integers, [rows]; one outside [0, vocabulary) is refused before anything is written.</param>
    /// <param name="table">[vocabulary, columns].</param>
    /// <param name="y">[rows, columns].</param>
    /// <param name="rows">How many tokens.</param>
    /// <param name="vocabulary">Rows of the table.</param>
    /// <param name="columns">Columns of the table.</param>
    void Embedding(Slot tokens, Slot table, Slot y, int rows, int vocabulary, int columns);

    /// <summary>dTable[v, :] = the sum of dY[r, :] over the rows r with tokens[r] = v, in their order; 0 where there are none.</summary>
    /// <param name="tokens">32-bit integers, [rows].</param>
    /// <param name="dY">[rows, columns].</param>
    /// <param name="dTable">[vocabulary, columns].</param>
    /// <param name="rows">How many tokens.</param>
    /// <param name="vocabulary">Rows of the table.</param>
    /// <param name="columns">Columns of the table.</param>
    void EmbeddingGradient(Slot tokens, Slot dY, Slot dTable, int rows, int vocabulary, int columns);
}
