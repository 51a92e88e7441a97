using FastNets.Backends;
using FastNets.Cuda.Kernels;

namespace FastNets.Cuda.Backend;

internal readonly unsafe partial struct CudaBackend
{
    /// <inheritdoc/>
    public void GruForward(
        Slot gates, Slot recurrentKernel, Slot recurrentBias, Slot initialHidden, Slot lengths, Slot candidate, Slot hidden,
        int time, int batch, int units, bool reverse) =>
        GruForward(
            gates, recurrentKernel, recurrentBias, initialHidden, lengths, candidate, hidden, time, batch, units, reverse,
            Form(GruKernelSet.Forward, batch, units));

    /// <inheritdoc/>
    public void GruBackward(
        Slot dHidden, Slot dLastHidden, Slot gates, Slot candidate, Slot hidden, Slot recurrentKernel, Slot lengths, Slot dRecurrent, Slot dInitialHidden,
        int time, int batch, int units, int truncate, bool reverse) =>
        GruBackward(
            dHidden, dLastHidden, gates, candidate, hidden, recurrentKernel, lengths, dRecurrent, dInitialHidden, time, batch, units, truncate, reverse,
            Form(GruKernelSet.Backward, batch, units));

    internal void GruForward(
        Slot gates, Slot recurrentKernel, Slot recurrentBias, Slot initialHidden, Slot lengths, Slot candidate, Slot hidden,
        int time, int batch, int units, bool reverse, RecurrentForm form)
    {
        if (batch == 0 || units == 0) return;
        var arguments = new GruForwardArguments
        {
            Gates = Series(gates, time, batch, 3 * units),
            Kernel = Matrix(recurrentKernel, units, 3 * units),
            Bias = Optional(recurrentBias, 3, units),
            InitialHidden = Optional(initialHidden, batch, units),
            Candidate = Series(candidate, time, batch, units),
            Hidden = Series(hidden, time + 1, batch, units),
            Scan = new ScanArguments(Integers(lengths, batch), time, batch, units, reverse),
        };
        if (form == RecurrentForm.Steps) GruForwardBySteps(arguments);
        else Launch(GruKernelSet.Forward[form], GruKernelSet.Forward.Shape(form, batch, units), arguments);
    }

    internal void GruBackward(
        Slot dHidden, Slot dLastHidden, Slot gates, Slot candidate, Slot hidden, Slot recurrentKernel, Slot lengths, Slot dRecurrent, Slot dInitialHidden,
        int time, int batch, int units, int truncate, bool reverse, RecurrentForm form)
    {
        if (batch == 0 || units == 0) return;
        var arguments = new GruBackwardArguments
        {
            DHidden = OptionalSeries(dHidden, time, batch, units),
            DLastHidden = Optional(dLastHidden, batch, units),
            Gates = Series(gates, time, batch, 3 * units),
            Candidate = Series(candidate, time, batch, units),
            Hidden = Series(hidden, time + 1, batch, units),
            Kernel = Matrix(recurrentKernel, units, 3 * units),
            DRecurrent = Series(dRecurrent, time, batch, 3 * units),
            DInitialHidden = Optional(dInitialHidden, batch, units),
            Scan = new ScanArguments(Integers(lengths, batch), time, batch, units, reverse),
            Truncate = truncate,
        };
        if (form == RecurrentForm.Steps)
        {
            GruBackwardBySteps(arguments);
            return;
        }

        arguments.Kernel = BackwardKernel(form, GruKernelSet.Transpose, arguments.Kernel, 3, units);
        Launch(GruKernelSet.Backward[form], GruKernelSet.Backward.Shape(form, batch, units), arguments);
    }

    private void GruForwardBySteps(in GruForwardArguments a)
    {
        ScanArguments scan = a.Scan;
        int batch = scan.Batch, units = scan.Units, state = scan.StateSize;
        SetState(Block(a.Hidden, scan.Before(0), state), a.InitialHidden, scan);
        ulong product = _device.Scratch(3L * state * sizeof(float));
        for (int step = 0; step < scan.Time; step++)
        {
            int at = scan.At(step);
            bool multiplies = step > 0 || a.InitialHidden != 0;
            ulong oldHidden = Block(a.Hidden, scan.Before(step), state);
            if (multiplies) Multiply(oldHidden, units, false, a.Kernel, 3 * units, false, product, 3 * units, batch, 3 * units, units, 0);
            Launch(
                GruKernelSet.ForwardStep,
                LaunchShape.InStrides(state),
                new GruForwardStepArguments
                {
                    Gates = Block(a.Gates, at, 3 * state),
                    Product = multiplies ? product : 0,
                    Bias = a.Bias,
                    OldHidden = oldHidden,
                    NewHidden = Block(a.Hidden, scan.After(step), state),
                    Candidate = Block(a.Candidate, at, state),
                    Lengths = scan.Lengths,
                    At = at,
                    Batch = batch,
                    Units = units,
                });
        }
    }

    private void GruBackwardBySteps(in GruBackwardArguments a)
    {
        ScanArguments scan = a.Scan;
        int batch = scan.Batch, units = scan.Units, state = scan.StateSize;
        if (scan.Time == 0)
        {
            if (a.DInitialHidden != 0) SetState(a.DInitialHidden, a.DLastHidden, scan);
            return;
        }

        ulong scratch = _device.Scratch((long)state * sizeof(float));
        ulong dNext = a.DLastHidden;
        for (int step = scan.Time - 1; step >= 0; step--)
        {
            int at = scan.At(step);
            bool flows = !ScanArguments.IsCut(a.Truncate, step) && (step > 0 || a.DInitialHidden != 0);
            ulong dRecurrent = Block(a.DRecurrent, at, 3 * state);
            ulong dPast = !flows ? 0 : step > 0 ? scratch : a.DInitialHidden;
            Launch(
                GruKernelSet.BackwardStep,
                LaunchShape.InStrides(state),
                new GruBackwardStepArguments
                {
                    DHidden = OptionalBlock(a.DHidden, at, state),
                    DNext = dNext,
                    Gates = Block(a.Gates, at, 3 * state),
                    Candidate = Block(a.Candidate, at, state),
                    OldHidden = Block(a.Hidden, scan.Before(step), state),
                    Lengths = scan.Lengths,
                    DRecurrent = dRecurrent,
                    DPast = dPast,
                    At = at,
                    Batch = batch,
                    Units = units,
                });

            // The update gate lets a share of the gradient past the product, on which the product comes.
            if (flows) Multiply(dRecurrent, 3 * units, false, a.Kernel, 3 * units, true, dPast, units, batch, units, 3 * units, 1);
            dNext = dPast;
        }
    }
}
