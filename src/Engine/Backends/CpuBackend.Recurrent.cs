using FastNets.Kernels.Pointwise;
using FastNets.Kernels.Recurrent;

namespace FastNets.Backends;

public readonly partial struct CpuBackend
{
    /// <inheritdoc/>
    public void LstmForward(
        Slot gates, Slot recurrentKernel, Slot recurrentBias, Slot initialHidden, Slot initialCell, Slot lengths, Slot hidden, Slot cell,
        int time, int batch, int units, bool reverse) =>
        RecurrentKernels.LstmForward(
            Series(gates, time, batch, 4 * units), Matrix(recurrentKernel, units, 4 * units), Optional(recurrentBias, 4, units),
            Optional(initialHidden, batch, units), Optional(initialCell, batch, units), Integers(lengths, batch),
            Series(hidden, time + 1, batch, units), Series(cell, time + 1, batch, units), time, batch, units, reverse);

    /// <inheritdoc/>
    public void LstmBackward(
        Slot dHidden, Slot dLastHidden, Slot dLastCell, Slot gates, Slot cell, Slot recurrentKernel, Slot lengths, Slot dInitialHidden, Slot dInitialCell,
        int time, int batch, int units, int truncate, bool reverse) =>
        RecurrentKernels.LstmBackward(
            OptionalSeries(dHidden, time, batch, units), Optional(dLastHidden, batch, units), Optional(dLastCell, batch, units),
            Series(gates, time, batch, 4 * units), Series(cell, time + 1, batch, units), Matrix(recurrentKernel, units, 4 * units), Integers(lengths, batch),
            Optional(dInitialHidden, batch, units), Optional(dInitialCell, batch, units), time, batch, units, truncate, reverse);

    /// <inheritdoc/>
    public void GruForward(
        Slot gates, Slot recurrentKernel, Slot recurrentBias, Slot initialHidden, Slot lengths, Slot candidate, Slot hidden,
        int time, int batch, int units, bool reverse) =>
        RecurrentKernels.GruForward(
            Series(gates, time, batch, 3 * units), Matrix(recurrentKernel, units, 3 * units), Optional(recurrentBias, 3, units),
            Optional(initialHidden, batch, units), Integers(lengths, batch), Series(candidate, time, batch, units), Series(hidden, time + 1, batch, units),
            time, batch, units, reverse);

    /// <inheritdoc/>
    public void GruBackward(
        Slot dHidden, Slot dLastHidden, Slot gates, Slot candidate, Slot hidden, Slot recurrentKernel, Slot lengths, Slot dRecurrent, Slot dInitialHidden,
        int time, int batch, int units, int truncate, bool reverse) =>
        RecurrentKernels.GruBackward(
            OptionalSeries(dHidden, time, batch, units), Optional(dLastHidden, batch, units), Series(gates, time, batch, 3 * units),
            Series(candidate, time, batch, units), Series(hidden, time + 1, batch, units), Matrix(recurrentKernel, units, 3 * units), Integers(lengths, batch),
            Series(dRecurrent, time, batch, 3 * units), Optional(dInitialHidden, batch, units), time, batch, units, truncate, reverse);

    /// <inheritdoc/>
    public void RnnForward<TActivation>(
        Slot projection, Slot recurrentKernel, Slot recurrentBias, Slot initialHidden, Slot lengths, Slot hidden,
        int time, int batch, int units, bool reverse)
        where TActivation : struct, IActivation =>
        RecurrentKernels.RnnForward<TActivation>(
            Series(projection, time, batch, units), Matrix(recurrentKernel, units, units), Optional(recurrentBias, 1, units),
            Optional(initialHidden, batch, units), Integers(lengths, batch), Series(hidden, time + 1, batch, units), time, batch, units, reverse);

    /// <inheritdoc/>
    public void RnnBackward<TActivation>(
        Slot dHidden, Slot dLastHidden, Slot hidden, Slot recurrentKernel, Slot lengths, Slot dZ, Slot dInitialHidden,
        int time, int batch, int units, int truncate, bool reverse)
        where TActivation : struct, IActivation =>
        RecurrentKernels.RnnBackward<TActivation>(
            OptionalSeries(dHidden, time, batch, units), Optional(dLastHidden, batch, units), Series(hidden, time + 1, batch, units),
            Matrix(recurrentKernel, units, units), Integers(lengths, batch), Series(dZ, time, batch, units), Optional(dInitialHidden, batch, units),
            time, batch, units, truncate, reverse);
}
