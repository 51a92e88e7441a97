namespace FastNets.Kernels.Recurrent;

public static unsafe partial class RecurrentKernels
{
    /// <summary>
    /// Gated recurrent unit, all steps: with a = x W + b, e = h_prev U + b_U and s the logistic function, r = s(a_r + e_r), z = s(a_z + e_z),
    /// n = tanh(a_n + r * e_n), h = (1 - z) * n + z * h_prev. The reset gate acts after the recurrent product.
    /// </summary>
    /// <param name="gates">In place, [time, batch, 3 units] in the order r, z, n: on entry a, on exit r, z and n; 0 where a sample is over.</param>
    /// <param name="recurrentKernel">U, [units, 3 units].</param>
    /// <param name="recurrentBias">b_U, [3 units], or empty.</param>
    /// <param name="initialHidden">[batch, units], or empty for 0.</param>
    /// <param name="lengths">[batch], or empty where all samples are as long as the sequence.</param>
    /// <param name="candidate">e_n, kept for the backward pass, [time, batch, units], overwritten.</param>
    /// <param name="hidden">h, [time + 1, batch, units], overwritten.</param>
    /// <param name="time">Steps; at 0 only the initial state is written.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="units">Units.</param>
    /// <param name="reverse">Whether the scan begins at the end of time.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <remarks>
    /// Source: Cho et al., "Learning phrase representations using RNN encoder-decoder for statistical machine translation", 2014, in the
    /// variant of the paper's first version, which needs one recurrent product a step instead of two.
    /// </remarks>
    public static void GruForward(
        Span<float> gates, ReadOnlySpan<float> recurrentKernel, ReadOnlySpan<float> recurrentBias, ReadOnlySpan<float> initialHidden,
        ReadOnlySpan<int> lengths, Span<float> candidate, Span<float> hidden, int time, int batch, int units, bool reverse) =>
        GruForward(gates, recurrentKernel, recurrentBias, initialHidden, lengths, candidate, hidden, time, batch, units, reverse, CpuIsa.Active);

    /// <summary>The backward pass of <see cref="GruForward(Span{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float}, Span{float}, int, int, int, bool)"/> through all steps.</summary>
    /// <param name="dHidden">The gradient of every step's h, [time, batch, units], or empty.</param>
    /// <param name="dLastHidden">The gradient of the last h of the scan, [batch, units], or empty; added to dHidden's last.</param>
    /// <param name="gates">In place, [time, batch, 3 units]: on entry what forward left, on exit the gradients of a.</param>
    /// <param name="candidate">What forward left, [time, batch, units].</param>
    /// <param name="hidden">What forward left, [time + 1, batch, units].</param>
    /// <param name="recurrentKernel">U, [units, 3 units].</param>
    /// <param name="lengths">[batch], or empty, as in forward.</param>
    /// <param name="dRecurrent">The gradients of e, [time, batch, 3 units], overwritten: those of a, the last one times r.</param>
    /// <param name="dInitialHidden">[batch, units], overwritten, or empty.</param>
    /// <param name="time">Steps.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="units">Units.</param>
    /// <param name="truncate">The steps of a run within which gradients flow, or 0 for all.</param>
    /// <param name="reverse">As in forward.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape, or the truncation is negative.</exception>
    public static void GruBackward(
        ReadOnlySpan<float> dHidden, ReadOnlySpan<float> dLastHidden, Span<float> gates, ReadOnlySpan<float> candidate, ReadOnlySpan<float> hidden,
        ReadOnlySpan<float> recurrentKernel, ReadOnlySpan<int> lengths, Span<float> dRecurrent, Span<float> dInitialHidden,
        int time, int batch, int units, int truncate, bool reverse) =>
        GruBackward(
            dHidden, dLastHidden, gates, candidate, hidden, recurrentKernel, lengths, dRecurrent, dInitialHidden, time, batch, units, truncate, reverse,
            CpuIsa.Active);

    internal static void GruForward(
        Span<float> gates, ReadOnlySpan<float> recurrentKernel, ReadOnlySpan<float> recurrentBias, ReadOnlySpan<float> initialHidden,
        ReadOnlySpan<int> lengths, Span<float> candidate, Span<float> hidden, int time, int batch, int units, bool reverse, Isa isa)
    {
        const int GateCount = GruForwardPass.GateCount;
        RequireSequence(gates.Length, time, batch, GateCount * units, nameof(gates));
        RequireKernel(recurrentKernel.Length, units, GateCount, nameof(recurrentKernel));
        RequireBiasIfAny(recurrentBias.Length, units, GateCount, nameof(recurrentBias));
        Shape.RequireIfAny(initialHidden.Length, batch, units, nameof(initialHidden));
        RequireLengthsIfAny(lengths.Length, batch, nameof(lengths));
        RequireSequence(candidate.Length, time, batch, units, nameof(candidate));
        RequireSequence(hidden.Length, time + 1, batch, units, nameof(hidden));
        fixed (float* pg = gates, pu = recurrentKernel, pb = recurrentBias, ph0 = initialHidden, pn = candidate, ph = hidden)
        fixed (int* pl = lengths)
        {
            var pass = new GruForwardPass
            {
                Sequence = new(time, batch, units, reverse, pl),
                Product = new() { Kernel = pu, Bias = pb, Gates = GateCount, Units = units },
                Gates = pg,
                InitialHidden = ph0,
                Candidate = pn,
                Hidden = ph,
            };
            RecurrentScan.Run(pass, isa);
        }
    }

    internal static void GruBackward(
        ReadOnlySpan<float> dHidden, ReadOnlySpan<float> dLastHidden, Span<float> gates, ReadOnlySpan<float> candidate, ReadOnlySpan<float> hidden,
        ReadOnlySpan<float> recurrentKernel, ReadOnlySpan<int> lengths, Span<float> dRecurrent, Span<float> dInitialHidden,
        int time, int batch, int units, int truncate, bool reverse, Isa isa)
    {
        const int GateCount = GruForwardPass.GateCount;
        RequireSequenceIfAny(dHidden.Length, time, batch, units, nameof(dHidden));
        Shape.RequireIfAny(dLastHidden.Length, batch, units, nameof(dLastHidden));
        RequireSequence(gates.Length, time, batch, GateCount * units, nameof(gates));
        RequireSequence(candidate.Length, time, batch, units, nameof(candidate));
        RequireSequence(hidden.Length, time + 1, batch, units, nameof(hidden));
        RequireKernel(recurrentKernel.Length, units, GateCount, nameof(recurrentKernel));
        RequireLengthsIfAny(lengths.Length, batch, nameof(lengths));
        RequireSequence(dRecurrent.Length, time, batch, GateCount * units, nameof(dRecurrent));
        Shape.RequireIfAny(dInitialHidden.Length, batch, units, nameof(dInitialHidden));
        ArgumentOutOfRangeException.ThrowIfNegative(truncate);
        fixed (float* pdh = dHidden, pdl = dLastHidden, pg = gates, pn = candidate, ph = hidden, pu = recurrentKernel, pdr = dRecurrent, pdh0 = dInitialHidden)
        fixed (int* pl = lengths)
        {
            var pass = new GruBackwardPass
            {
                Gradient = new()
                {
                    Sequence = new(time, batch, units, reverse, pl),
                    DHidden = pdh,
                    DLast = pdl,
                    DInitial = pdh0,
                    Carried = Carried(1, batch, units),
                    AlwaysCarried = true,
                    Truncate = truncate,
                },
                Product = new() { Kernel = pu, Gates = GateCount, Units = units, Transposed = true },
                Gates = pg,
                Candidate = pn,
                Hidden = ph,
                DRecurrent = pdr,
            };
            RecurrentScan.Run(pass, isa);
        }
    }
}
