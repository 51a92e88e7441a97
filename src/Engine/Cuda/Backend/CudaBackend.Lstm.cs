using FastNets.Backends;
using FastNets.Cuda.Kernels;

namespace FastNets.Cuda.Backend;

internal readonly unsafe partial struct CudaBackend
{
    /// <inheritdoc/>
    public void LstmForward(
        Slot gates, Slot recurrentKernel, Slot recurrentBias, Slot initialHidden, Slot initialCell, Slot lengths, Slot hidden, Slot cell,
        int time, int batch, int units, bool reverse) =>
        LstmForward(
            gates, recurrentKernel, recurrentBias, initialHidden, initialCell, lengths, hidden, cell, time, batch, units, reverse,
            Form(LstmKernelSet.Forward, batch, units));

    /// <inheritdoc/>
    public void LstmBackward(
        Slot dHidden, Slot dLastHidden, Slot dLastCell, Slot gates, Slot cell, Slot recurrentKernel, Slot lengths, Slot dInitialHidden, Slot dInitialCell,
        int time, int batch, int units, int truncate, bool reverse) =>
        LstmBackward(
            dHidden, dLastHidden, dLastCell, gates, cell, recurrentKernel, lengths, dInitialHidden, dInitialCell, time, batch, units, truncate, reverse,
            Form(LstmKernelSet.Backward, batch, units));

    internal void LstmForward(
        Slot gates, Slot recurrentKernel, Slot recurrentBias, Slot initialHidden, Slot initialCell, Slot lengths, Slot hidden, Slot cell,
        int time, int batch, int units, bool reverse, RecurrentForm form)
    {
        if (batch == 0 || units == 0) return;
        var arguments = new LstmForwardArguments
        {
            Gates = Series(gates, time, batch, 4 * units),
            Kernel = Matrix(recurrentKernel, units, 4 * units),
            Bias = Optional(recurrentBias, 4, units),
            InitialHidden = Optional(initialHidden, batch, units),
            InitialCell = Optional(initialCell, batch, units),
            Hidden = Series(hidden, time + 1, batch, units),
            Cell = Series(cell, time + 1, batch, units),
            Scan = new ScanArguments(Integers(lengths, batch), time, batch, units, reverse),
        };
        if (form == RecurrentForm.Steps) LstmForwardBySteps(arguments);
        else Launch(LstmKernelSet.Forward[form], LstmKernelSet.Forward.Shape(form, batch, units), arguments);
    }

    internal void LstmBackward(
        Slot dHidden, Slot dLastHidden, Slot dLastCell, Slot gates, Slot cell, Slot recurrentKernel, Slot lengths, Slot dInitialHidden, Slot dInitialCell,
        int time, int batch, int units, int truncate, bool reverse, RecurrentForm form)
    {
        if (batch == 0 || units == 0) return;
        var arguments = new LstmBackwardArguments
        {
            DHidden = OptionalSeries(dHidden, time, batch, units),
            DLastHidden = Optional(dLastHidden, batch, units),
            DLastCell = Optional(dLastCell, batch, units),
            Gates = Series(gates, time, batch, 4 * units),
            Cell = Series(cell, time + 1, batch, units),
            Kernel = Matrix(recurrentKernel, units, 4 * units),
            DInitialHidden = Optional(dInitialHidden, batch, units),
            DInitialCell = Optional(dInitialCell, batch, units),
            Scan = new ScanArguments(Integers(lengths, batch), time, batch, units, reverse),
            Truncate = truncate,
        };
        if (form == RecurrentForm.Steps)
        {
            LstmBackwardBySteps(arguments);
            return;
        }

        arguments.Kernel = BackwardKernel(form, LstmKernelSet.Transpose, arguments.Kernel, 4, units);
        Launch(LstmKernelSet.Backward[form], LstmKernelSet.Backward.Shape(form, batch, units), arguments);
    }

    private void LstmForwardBySteps(in LstmForwardArguments a)
    {
        ScanArguments scan = a.Scan;
        int batch = scan.Batch, units = scan.Units, state = scan.StateSize;
        SetState(Block(a.Hidden, scan.Before(0), state), a.InitialHidden, scan);
        SetState(Block(a.Cell, scan.Before(0), state), a.InitialCell, scan);
        for (int step = 0; step < scan.Time; step++)
        {
            int at = scan.At(step);
            ulong gates = Block(a.Gates, at, 4 * state);
            ulong oldHidden = Block(a.Hidden, scan.Before(step), state);
            if (step > 0 || a.InitialHidden != 0)
                Multiply(oldHidden, units, false, a.Kernel, 4 * units, false, gates, 4 * units, batch, 4 * units, units, 1);
            Launch(
                LstmKernelSet.ForwardStep,
                LaunchShape.InStrides(state),
                new LstmForwardStepArguments
                {
                    Gates = gates,
                    Bias = a.Bias,
                    OldHidden = oldHidden,
                    OldCell = Block(a.Cell, scan.Before(step), state),
                    NewHidden = Block(a.Hidden, scan.After(step), state),
                    NewCell = Block(a.Cell, scan.After(step), state),
                    Lengths = scan.Lengths,
                    At = at,
                    Batch = batch,
                    Units = units,
                });
        }
    }

    private void LstmBackwardBySteps(in LstmBackwardArguments a)
    {
        ScanArguments scan = a.Scan;
        int batch = scan.Batch, units = scan.Units, state = scan.StateSize;
        if (scan.Time == 0)
        {
            if (a.DInitialHidden != 0) SetState(a.DInitialHidden, a.DLastHidden, scan);
            if (a.DInitialCell != 0) SetState(a.DInitialCell, a.DLastCell, scan);
            return;
        }

        ulong scratch = _device.Scratch(2L * state * sizeof(float));

        // What reaches the state past the product is 0 but where a sample is over.
        bool carries = scan.Lengths != 0;
        ulong dNext = a.DLastHidden, dCell = a.DLastCell;
        for (int step = scan.Time - 1; step >= 0; step--)
        {
            int at = scan.At(step);
            bool cut = ScanArguments.IsCut(a.Truncate, step);
            bool flows = !cut && (step > 0 || a.DInitialHidden != 0);
            ulong gates = Block(a.Gates, at, 4 * state);
            ulong dPast = step > 0 ? scratch : a.DInitialHidden;
            ulong dOldCell = step == 0 && a.DInitialCell != 0 ? a.DInitialCell : Block(scratch, 1, state);
            Launch(
                LstmKernelSet.BackwardStep,
                LaunchShape.InStrides(state),
                new LstmBackwardStepArguments
                {
                    DHidden = OptionalBlock(a.DHidden, at, state),
                    DNext = dNext,
                    DCell = dCell,
                    Gates = gates,
                    OldCell = Block(a.Cell, scan.Before(step), state),
                    NewCell = Block(a.Cell, scan.After(step), state),
                    Lengths = scan.Lengths,
                    DPast = flows && carries ? dPast : 0,
                    DOldCell = dOldCell,
                    At = at,
                    Batch = batch,
                    Units = units,
                });
            if (flows) Multiply(gates, 4 * units, false, a.Kernel, 4 * units, true, dPast, units, batch, units, 4 * units, carries ? 1 : 0);
            dNext = flows ? dPast : 0;
            dCell = cut ? 0 : dOldCell;
        }
    }
}
