using FastNets.Kernels.Gemm;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Recurrent;

/// <summary>One direction, forward or backward, of one kind of cell: what a scan does beside its products.</summary>
/// <remarks>
/// A scan visits the steps one after another, backward from the last to the first. A visit is a product of some rows with the recurrent
/// kernel, panel by panel, and the cell's functions on each block of units while its sums are in the first cache. Rows don't
/// depend on each other, so that a part of the batch is scanned from end to end by one thread.
/// </remarks>
internal unsafe interface IRecurrentPass
{
    /// <summary>The scan's sizes.</summary>
    RecurrentSequence Sequence { get; }

    /// <summary>The product of each visit.</summary>
    RecurrentProduct Product { get; }

    /// <summary>How many visits there are.</summary>
    int Visits { get; }

    /// <summary>Sets up the state of some rows.</summary>
    /// <param name="row">The first row.</param>
    /// <param name="rows">How many.</param>
    void Begin(int row, int rows);

    /// <summary>The block [batch, depth] that a visit multiplies, or null where nothing flows into it. Called once a visit for some rows.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="row">The first row.</param>
    /// <param name="rows">How many.</param>
    float* Operand(int visit, int row, int rows);

    /// <summary>
    /// Calls for the memory that <see cref="Finish"/> will work on, while the product keeps the processor busy. Backward, where memory is
    /// walked from its end in several streams a row, that is worth 10 to 15 percent; forward the processor does better by itself.
    /// </summary>
    /// <param name="visit">The visit.</param>
    /// <param name="row">The first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="unit">The first unit.</param>
    /// <param name="units">How many.</param>
    void Prefetch(int visit, int row, int rows, int unit, int units);

    /// <summary>The cell's functions on one block of units of some rows.</summary>
    /// <typeparam name="T">The registers.</typeparam>
    /// <typeparam name="TPart">Whether the block is a whole register.</typeparam>
    /// <param name="visit">The visit.</param>
    /// <param name="sums">The products of the first row: a register for each column of a unit.</param>
    /// <param name="stride">From one row's sums to the next.</param>
    /// <param name="row">The first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="unit">The block's first unit.</param>
    /// <param name="mask">The block's units, where it is not a whole register.</param>
    void Finish<T, TPart>(int visit, float* sums, nint stride, int row, int rows, int unit, T mask)
        where T : struct, ILanes<T>
        where TPart : struct, ITileColumns;
}
