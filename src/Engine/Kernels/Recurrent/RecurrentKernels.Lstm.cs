namespace FastNets.Kernels.Recurrent;

public static unsafe partial class RecurrentKernels
{
    /// <summary>
    /// Long short-term memory, all steps: with z = x W + b + h_prev U + b_U and s the logistic function, i = s(z_i), f = s(z_f),
    /// g = tanh(z_g), o = s(z_o), c = f * c_prev + i * g, h = o * tanh(c).
    /// </summary>
    /// <param name="gates">In place, [time, batch, 4 units] in the order i, f, g, o: on entry x W + b, on exit the gates; 0 where a sample is over.</param>
    /// <param name="recurrentKernel">U, [units, 4 units].</param>
    /// <param name="recurrentBias">b_U, [4 units], or empty.</param>
    /// <param name="initialHidden">[batch, units], or empty for 0.</param>
    /// <param name="initialCell">[batch, units], or empty for 0.</param>
    /// <param name="lengths">[batch], or empty where all samples are as long as the sequence.</param>
    /// <param name="hidden">h, [time + 1, batch, units], overwritten.</param>
    /// <param name="cell">c, [time + 1, batch, units], overwritten.</param>
    /// <param name="time">Steps; at 0 only the initial states are written.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="units">Units.</param>
    /// <param name="reverse">Whether the scan begins at the end of time.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <remarks>Sources: Hochreiter and Schmidhuber, "Long short-term memory", 1997; the forget gate is that of Gers, Schmidhuber and Cummins, "Learning to forget", 2000.</remarks>
    public static void LstmForward(
        Span<float> gates, ReadOnlySpan<float> recurrentKernel, ReadOnlySpan<float> recurrentBias, ReadOnlySpan<float> initialHidden,
        ReadOnlySpan<float> initialCell, ReadOnlySpan<int> lengths, Span<float> hidden, Span<float> cell, int time, int batch, int units, bool reverse) =>
        LstmForward(gates, recurrentKernel, recurrentBias, initialHidden, initialCell, lengths, hidden, cell, time, batch, units, reverse, CpuIsa.Active);

    /// <summary>The backward pass of <see cref="LstmForward(Span{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float}, Span{float}, int, int, int, bool)"/> through all steps.</summary>
    /// <param name="dHidden">The gradient of every step's h, [time, batch, units], or empty.</param>
    /// <param name="dLastHidden">The gradient of the last h of the scan, [batch, units], or empty; added to dHidden's last.</param>
    /// <param name="dLastCell">The gradient of the last c of the scan, [batch, units], or empty.</param>
    /// <param name="gates">In place, [time, batch, 4 units]: on entry what forward left, on exit dZ, the gradients of z.</param>
    /// <param name="cell">What forward left, [time + 1, batch, units].</param>
    /// <param name="recurrentKernel">U, [units, 4 units].</param>
    /// <param name="lengths">[batch], or empty, as in forward.</param>
    /// <param name="dInitialHidden">[batch, units], overwritten, or empty.</param>
    /// <param name="dInitialCell">[batch, units], overwritten, or empty.</param>
    /// <param name="time">Steps.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="units">Units.</param>
    /// <param name="truncate">The steps of a run within which gradients flow, or 0 for all.</param>
    /// <param name="reverse">As in forward.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape, or the truncation is negative.</exception>
    public static void LstmBackward(
        ReadOnlySpan<float> dHidden, ReadOnlySpan<float> dLastHidden, ReadOnlySpan<float> dLastCell, Span<float> gates, ReadOnlySpan<float> cell,
        ReadOnlySpan<float> recurrentKernel, ReadOnlySpan<int> lengths, Span<float> dInitialHidden, Span<float> dInitialCell,
        int time, int batch, int units, int truncate, bool reverse) =>
        LstmBackward(
            dHidden, dLastHidden, dLastCell, gates, cell, recurrentKernel, lengths, dInitialHidden, dInitialCell, time, batch, units, truncate, reverse,
            CpuIsa.Active);

    internal static void LstmForward(
        Span<float> gates, ReadOnlySpan<float> recurrentKernel, ReadOnlySpan<float> recurrentBias, ReadOnlySpan<float> initialHidden,
        ReadOnlySpan<float> initialCell, ReadOnlySpan<int> lengths, Span<float> hidden, Span<float> cell, int time, int batch, int units, bool reverse, Isa isa)
    {
        const int GateCount = LstmForwardPass.GateCount;
        RequireSequence(gates.Length, time, batch, GateCount * units, nameof(gates));
        RequireKernel(recurrentKernel.Length, units, GateCount, nameof(recurrentKernel));
        RequireBiasIfAny(recurrentBias.Length, units, GateCount, nameof(recurrentBias));
        Shape.RequireIfAny(initialHidden.Length, batch, units, nameof(initialHidden));
        Shape.RequireIfAny(initialCell.Length, batch, units, nameof(initialCell));
        RequireLengthsIfAny(lengths.Length, batch, nameof(lengths));
        RequireSequence(hidden.Length, time + 1, batch, units, nameof(hidden));
        RequireSequence(cell.Length, time + 1, batch, units, nameof(cell));
        fixed (float* pg = gates, pu = recurrentKernel, pb = recurrentBias, ph0 = initialHidden, pc0 = initialCell, ph = hidden, pc = cell)
        fixed (int* pl = lengths)
        {
            var pass = new LstmForwardPass
            {
                Sequence = new(time, batch, units, reverse, pl),
                Product = new() { Kernel = pu, Bias = pb, Gates = GateCount, Units = units },
                Gates = pg,
                InitialHidden = ph0,
                InitialCell = pc0,
                Hidden = ph,
                Cell = pc,
            };
            RecurrentScan.Run(pass, isa);
        }
    }

    internal static void LstmBackward(
        ReadOnlySpan<float> dHidden, ReadOnlySpan<float> dLastHidden, ReadOnlySpan<float> dLastCell, Span<float> gates, ReadOnlySpan<float> cell,
        ReadOnlySpan<float> recurrentKernel, ReadOnlySpan<int> lengths, Span<float> dInitialHidden, Span<float> dInitialCell,
        int time, int batch, int units, int truncate, bool reverse, Isa isa)
    {
        const int GateCount = LstmForwardPass.GateCount;
        RequireSequenceIfAny(dHidden.Length, time, batch, units, nameof(dHidden));
        Shape.RequireIfAny(dLastHidden.Length, batch, units, nameof(dLastHidden));
        Shape.RequireIfAny(dLastCell.Length, batch, units, nameof(dLastCell));
        RequireSequence(gates.Length, time, batch, GateCount * units, nameof(gates));
        RequireSequence(cell.Length, time + 1, batch, units, nameof(cell));
        RequireKernel(recurrentKernel.Length, units, GateCount, nameof(recurrentKernel));
        RequireLengthsIfAny(lengths.Length, batch, nameof(lengths));
        Shape.RequireIfAny(dInitialHidden.Length, batch, units, nameof(dInitialHidden));
        Shape.RequireIfAny(dInitialCell.Length, batch, units, nameof(dInitialCell));
        ArgumentOutOfRangeException.ThrowIfNegative(truncate);
        fixed (float* pdh = dHidden, pdlh = dLastHidden, pdlc = dLastCell, pg = gates, pc = cell, pu = recurrentKernel, pdh0 = dInitialHidden, pdc0 = dInitialCell)
        fixed (int* pl = lengths)
        {
            float* carried = Carried(2, batch, units);
            var pass = new LstmBackwardPass
            {
                Gradient = new()
                {
                    Sequence = new(time, batch, units, reverse, pl),
                    DHidden = pdh,
                    DLast = pdlh,
                    DInitial = pdh0,
                    Carried = carried,
                    AlwaysCarried = pl is not null,
                    Truncate = truncate,
                },
                Product = new() { Kernel = pu, Gates = GateCount, Units = units, Transposed = true },
                DLastCell = pdlc,
                DInitialCell = pdc0,
                CarriedCell = carried + ((nint)batch * units),
                Gates = pg,
                Cell = pc,
            };
            RecurrentScan.Run(pass, isa);
        }
    }
}
