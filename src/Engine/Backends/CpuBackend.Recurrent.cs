using System.Runtime.InteropServices;
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
            Steps(gates, time, batch, 4 * units), Matrix(recurrentKernel, units, 4 * units), Optional(recurrentBias, 4, units),
            Optional(initialHidden, batch, units), Optional(initialCell, batch, units), Lengths(lengths, batch),
            Steps(hidden, time + 1, batch, units), Steps(cell, time + 1, batch, units), time, batch, units, reverse);

    /// <inheritdoc/>
    public void LstmBackward(
        Slot dHidden, Slot dLastHidden, Slot dLastCell, Slot gates, Slot cell, Slot recurrentKernel, Slot lengths, Slot dInitialHidden, Slot dInitialCell,
        int time, int batch, int units, int truncate, bool reverse) =>
        RecurrentKernels.LstmBackward(
            OptionalSteps(dHidden, time, batch, units), Optional(dLastHidden, batch, units), Optional(dLastCell, batch, units),
            Steps(gates, time, batch, 4 * units), Steps(cell, time + 1, batch, units), Matrix(recurrentKernel, units, 4 * units), Lengths(lengths, batch),
            Optional(dInitialHidden, batch, units), Optional(dInitialCell, batch, units), time, batch, units, truncate, reverse);

    /// <inheritdoc/>
    public void GruForward(
        Slot gates, Slot recurrentKernel, Slot recurrentBias, Slot initialHidden, Slot lengths, Slot candidate, Slot hidden,
        int time, int batch, int units, bool reverse) =>
        RecurrentKernels.GruForward(
            Steps(gates, time, batch, 3 * units), Matrix(recurrentKernel, units, 3 * units), Optional(recurrentBias, 3, units),
            Optional(initialHidden, batch, units), Lengths(lengths, batch), Steps(candidate, time, batch, units), Steps(hidden, time + 1, batch, units),
            time, batch, units, reverse);

    /// <inheritdoc/>
    public void GruBackward(
        Slot dHidden, Slot dLastHidden, Slot gates, Slot candidate, Slot hidden, Slot recurrentKernel, Slot lengths, Slot dRecurrent, Slot dInitialHidden,
        int time, int batch, int units, int truncate, bool reverse) =>
        RecurrentKernels.GruBackward(
            OptionalSteps(dHidden, time, batch, units), Optional(dLastHidden, batch, units), Steps(gates, time, batch, 3 * units),
            Steps(candidate, time, batch, units), Steps(hidden, time + 1, batch, units), Matrix(recurrentKernel, units, 3 * units), Lengths(lengths, batch),
            Steps(dRecurrent, time, batch, 3 * units), Optional(dInitialHidden, batch, units), time, batch, units, truncate, reverse);

    /// <inheritdoc/>
    public void RnnForward<TActivation>(
        Slot projection, Slot recurrentKernel, Slot recurrentBias, Slot initialHidden, Slot lengths, Slot hidden,
        int time, int batch, int units, bool reverse)
        where TActivation : struct, IActivation =>
        RecurrentKernels.RnnForward<TActivation>(
            Steps(projection, time, batch, units), Matrix(recurrentKernel, units, units), Optional(recurrentBias, 1, units),
            Optional(initialHidden, batch, units), Lengths(lengths, batch), Steps(hidden, time + 1, batch, units), time, batch, units, reverse);

    /// <inheritdoc/>
    public void RnnBackward<TActivation>(
        Slot dHidden, Slot dLastHidden, Slot hidden, Slot recurrentKernel, Slot lengths, Slot dZ, Slot dInitialHidden,
        int time, int batch, int units, int truncate, bool reverse)
        where TActivation : struct, IActivation =>
        RecurrentKernels.RnnBackward<TActivation>(
            OptionalSteps(dHidden, time, batch, units), Optional(dLastHidden, batch, units), Steps(hidden, time + 1, batch, units),
            Matrix(recurrentKernel, units, units), Lengths(lengths, batch), Steps(dZ, time, batch, units), Optional(dInitialHidden, batch, units),
            time, batch, units, truncate, reverse);

    private Span<float> Steps(Slot slot, int time, int batch, int columns) => Matrix(slot, checked(time * batch), columns);

    private Span<float> OptionalSteps(Slot slot, int time, int batch, int columns) => slot.IsNone ? default : Steps(slot, time, batch, columns);

    private Span<int> Lengths(Slot slot, int batch) => MemoryMarshal.Cast<float, int>(Optional(slot, 1, batch));
}
