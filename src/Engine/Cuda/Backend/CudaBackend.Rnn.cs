using FastNets.Backends;
using FastNets.Cuda.Kernels;
using FastNets.Kernels.Pointwise;

namespace FastNets.Cuda.Backend;

internal readonly unsafe partial struct CudaBackend
{
    /// <inheritdoc/>
    public void RnnForward<TActivation>(
        Slot projection, Slot recurrentKernel, Slot recurrentBias, Slot initialHidden, Slot lengths, Slot hidden,
        int time, int batch, int units, bool reverse)
        where TActivation : struct, IActivation =>
        RnnForward<TActivation>(
            projection, recurrentKernel, recurrentBias, initialHidden, lengths, hidden, time, batch, units, reverse,
            RnnForm<TActivation>(RnnKernelSet.Forward, batch, units));

    /// <inheritdoc/>
    public void RnnBackward<TActivation>(
        Slot dHidden, Slot dLastHidden, Slot hidden, Slot recurrentKernel, Slot lengths, Slot dZ, Slot dInitialHidden,
        int time, int batch, int units, int truncate, bool reverse)
        where TActivation : struct, IActivation =>
        RnnBackward<TActivation>(
            dHidden, dLastHidden, hidden, recurrentKernel, lengths, dZ, dInitialHidden, time, batch, units, truncate, reverse,
            RnnForm<TActivation>(RnnKernelSet.Backward, batch, units));

    internal void RnnForward<TActivation>(
        Slot projection, Slot recurrentKernel, Slot recurrentBias, Slot initialHidden, Slot lengths, Slot hidden,
        int time, int batch, int units, bool reverse, RecurrentForm form)
        where TActivation : struct, IActivation
    {
        if (batch == 0 || units == 0) return;
        var arguments = new RnnForwardArguments
        {
            Projection = Series(projection, time, batch, units),
            Kernel = Matrix(recurrentKernel, units, units),
            Bias = Optional(recurrentBias, 1, units),
            InitialHidden = Optional(initialHidden, batch, units),
            Hidden = Series(hidden, time + 1, batch, units),
            Scan = new ScanArguments(Integers(lengths, batch), time, batch, units, reverse),
            Activation = FunctionOfOutput<TActivation>(),
        };
        if (form == RecurrentForm.Steps) RnnForwardBySteps(arguments);
        else Launch(RnnKernelSet.Forward[form], RnnKernelSet.Forward.Shape(form, batch, units), arguments);
    }

    internal void RnnBackward<TActivation>(
        Slot dHidden, Slot dLastHidden, Slot hidden, Slot recurrentKernel, Slot lengths, Slot dZ, Slot dInitialHidden,
        int time, int batch, int units, int truncate, bool reverse, RecurrentForm form)
        where TActivation : struct, IActivation
    {
        if (batch == 0 || units == 0) return;
        var arguments = new RnnBackwardArguments
        {
            DHidden = OptionalSeries(dHidden, time, batch, units),
            DLastHidden = Optional(dLastHidden, batch, units),
            Hidden = Series(hidden, time + 1, batch, units),
            Kernel = Matrix(recurrentKernel, units, units),
            DZ = Series(dZ, time, batch, units),
            DInitialHidden = Optional(dInitialHidden, batch, units),
            Scan = new ScanArguments(Integers(lengths, batch), time, batch, units, reverse),
            Truncate = truncate,
            Activation = FunctionOfOutput<TActivation>(),
        };
        if (form == RecurrentForm.Steps)
        {
            RnnBackwardBySteps(arguments);
            return;
        }

        arguments.Kernel = BackwardKernel(form, RnnKernelSet.Transpose, arguments.Kernel, 1, units);
        Launch(RnnKernelSet.Backward[form], RnnKernelSet.Backward.Shape(form, batch, units), arguments);
    }

    private static int FunctionOfOutput<TActivation>()
        where TActivation : struct, IActivation =>
        TActivation.DerivativeOfInput
            ? throw new NotSupportedException(
                $"{typeof(TActivation).Name} cannot be a recurrent network's function: its derivative is one of its input, and only its output is kept. Use Tanh or Relu.")
            : (int)TActivation.DeviceCode;

    /// <summary>The form; the kernels that run all steps have two functions, those that a network can declare.</summary>
    private RecurrentForm RnnForm<TActivation>(RecurrentKernelForms kernels, int batch, int units)
        where TActivation : struct, IActivation =>
        TActivation.DeviceCode is (ulong)Activation.Tanh or (ulong)Activation.ReLU ? Form(kernels, batch, units) : RecurrentForm.Steps;

    private void RnnForwardBySteps(in RnnForwardArguments a)
    {
        ScanArguments scan = a.Scan;
        int batch = scan.Batch, units = scan.Units, state = scan.StateSize;
        SetState(Block(a.Hidden, scan.Before(0), state), a.InitialHidden, scan);
        for (int step = 0; step < scan.Time; step++)
        {
            int at = scan.At(step);
            bool multiplies = step > 0 || a.InitialHidden != 0;
            ulong oldHidden = Block(a.Hidden, scan.Before(step), state);
            ulong newHidden = Block(a.Hidden, scan.After(step), state);
            if (multiplies) Multiply(oldHidden, units, false, a.Kernel, units, false, newHidden, units, batch, units, units, 0);
            Launch(
                RnnKernelSet.ForwardStep,
                LaunchShape.InStrides(state),
                new RnnForwardStepArguments
                {
                    Projection = Block(a.Projection, at, state),
                    Bias = a.Bias,
                    OldHidden = oldHidden,
                    NewHidden = newHidden,
                    Lengths = scan.Lengths,
                    Product = multiplies ? 1 : 0,
                    At = at,
                    Batch = batch,
                    Units = units,
                    Activation = a.Activation,
                });
        }
    }

    private void RnnBackwardBySteps(in RnnBackwardArguments a)
    {
        ScanArguments scan = a.Scan;
        int batch = scan.Batch, units = scan.Units, state = scan.StateSize;
        if (scan.Time == 0)
        {
            if (a.DInitialHidden != 0) SetState(a.DInitialHidden, a.DLastHidden, scan);
            return;
        }

        ulong scratch = _device.Scratch((long)state * sizeof(float));

        // What reaches the state past the product is 0 but where a sample is over.
        bool carries = scan.Lengths != 0;
        ulong dNext = a.DLastHidden;
        for (int step = scan.Time - 1; step >= 0; step--)
        {
            int at = scan.At(step);
            bool flows = !ScanArguments.IsCut(a.Truncate, step) && (step > 0 || a.DInitialHidden != 0);
            ulong dZ = Block(a.DZ, at, state);
            ulong dPast = !flows ? 0 : step > 0 ? scratch : a.DInitialHidden;
            Launch(
                RnnKernelSet.BackwardStep,
                LaunchShape.InStrides(state),
                new RnnBackwardStepArguments
                {
                    DHidden = OptionalBlock(a.DHidden, at, state),
                    DNext = dNext,
                    NewHidden = Block(a.Hidden, scan.After(step), state),
                    Lengths = scan.Lengths,
                    DZ = dZ,
                    DPast = carries ? dPast : 0,
                    At = at,
                    Batch = batch,
                    Units = units,
                    Activation = a.Activation,
                });
            if (flows) Multiply(dZ, units, false, a.Kernel, units, true, dPast, units, batch, units, units, carries ? 1 : 0);
            dNext = dPast;
        }
    }
}
