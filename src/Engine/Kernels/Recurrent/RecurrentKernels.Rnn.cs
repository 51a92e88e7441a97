using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Recurrent;

public static unsafe partial class RecurrentKernels
{
    /// <summary>The simple recurrent network, all steps: h = f(x W + b + h_prev U + b_U).</summary>
    /// <typeparam name="TActivation">f, with a derivative of its output: <see cref="Tanh"/>, <see cref="Relu"/>.</typeparam>
    /// <param name="projection">x W + b, [time, batch, units].</param>
    /// <param name="recurrentKernel">U, [units, units].</param>
    /// <param name="recurrentBias">b_U, [units], or empty.</param>
    /// <param name="initialHidden">[batch, units], or empty for 0.</param>
    /// <param name="lengths">[batch], or empty where all samples are as long as the sequence.</param>
    /// <param name="hidden">h, [time + 1, batch, units], overwritten.</param>
    /// <param name="time">Steps; at 0 only the initial state is written.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="units">Units.</param>
    /// <param name="reverse">Whether the scan begins at the end of time.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="NotSupportedException">f's derivative is one of its input, which is not kept.</exception>
    /// <remarks>Source: Elman, "Finding structure in time", 1990.</remarks>
    public static void RnnForward<TActivation>(
        ReadOnlySpan<float> projection, ReadOnlySpan<float> recurrentKernel, ReadOnlySpan<float> recurrentBias, ReadOnlySpan<float> initialHidden,
        ReadOnlySpan<int> lengths, Span<float> hidden, int time, int batch, int units, bool reverse)
        where TActivation : struct, IActivation =>
        RnnForward<TActivation>(projection, recurrentKernel, recurrentBias, initialHidden, lengths, hidden, time, batch, units, reverse, CpuIsa.Active);

    /// <summary>The backward pass of <see cref="RnnForward{TActivation}(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float}, int, int, int, bool)"/> through all steps.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="dHidden">The gradient of every step's h, [time, batch, units], or empty.</param>
    /// <param name="dLastHidden">The gradient of the last h of the scan, [batch, units], or empty; added to dHidden's last.</param>
    /// <param name="hidden">What forward left, [time + 1, batch, units].</param>
    /// <param name="recurrentKernel">U, [units, units].</param>
    /// <param name="lengths">[batch], or empty, as in forward.</param>
    /// <param name="dZ">The gradients of f's input, [time, batch, units], overwritten; may be dHidden.</param>
    /// <param name="dInitialHidden">[batch, units], overwritten, or empty.</param>
    /// <param name="time">Steps.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="units">Units.</param>
    /// <param name="truncate">The steps of a run within which gradients flow, or 0 for all.</param>
    /// <param name="reverse">As in forward.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape, or the truncation is negative.</exception>
    /// <exception cref="NotSupportedException">f's derivative is one of its input, which is not kept.</exception>
    public static void RnnBackward<TActivation>(
        ReadOnlySpan<float> dHidden, ReadOnlySpan<float> dLastHidden, ReadOnlySpan<float> hidden, ReadOnlySpan<float> recurrentKernel,
        ReadOnlySpan<int> lengths, Span<float> dZ, Span<float> dInitialHidden, int time, int batch, int units, int truncate, bool reverse)
        where TActivation : struct, IActivation =>
        RnnBackward<TActivation>(
            dHidden, dLastHidden, hidden, recurrentKernel, lengths, dZ, dInitialHidden, time, batch, units, truncate, reverse, CpuIsa.Active);

    internal static void RnnForward<TActivation>(
        ReadOnlySpan<float> projection, ReadOnlySpan<float> recurrentKernel, ReadOnlySpan<float> recurrentBias, ReadOnlySpan<float> initialHidden,
        ReadOnlySpan<int> lengths, Span<float> hidden, int time, int batch, int units, bool reverse, Isa isa)
        where TActivation : struct, IActivation
    {
        RequireDerivativeOfOutput<TActivation>();
        RequireSequence(projection.Length, time, batch, units, nameof(projection));
        RequireKernel(recurrentKernel.Length, units, 1, nameof(recurrentKernel));
        RequireBiasIfAny(recurrentBias.Length, units, 1, nameof(recurrentBias));
        Shape.RequireIfAny(initialHidden.Length, batch, units, nameof(initialHidden));
        RequireLengthsIfAny(lengths.Length, batch, nameof(lengths));
        RequireSequence(hidden.Length, time + 1, batch, units, nameof(hidden));
        fixed (float* pp = projection, pu = recurrentKernel, pb = recurrentBias, ph0 = initialHidden, ph = hidden)
        fixed (int* pl = lengths)
        {
            var pass = new RnnForwardPass<TActivation>
            {
                Sequence = new(time, batch, units, reverse, pl),
                Product = new() { Kernel = pu, Bias = pb, Gates = 1, Units = units },
                Projection = pp,
                InitialHidden = ph0,
                Hidden = ph,
            };
            RecurrentScan.Run(pass, isa);
        }
    }

    internal static void RnnBackward<TActivation>(
        ReadOnlySpan<float> dHidden, ReadOnlySpan<float> dLastHidden, ReadOnlySpan<float> hidden, ReadOnlySpan<float> recurrentKernel,
        ReadOnlySpan<int> lengths, Span<float> dZ, Span<float> dInitialHidden, int time, int batch, int units, int truncate, bool reverse, Isa isa)
        where TActivation : struct, IActivation
    {
        RequireDerivativeOfOutput<TActivation>();
        RequireSequenceIfAny(dHidden.Length, time, batch, units, nameof(dHidden));
        Shape.RequireIfAny(dLastHidden.Length, batch, units, nameof(dLastHidden));
        RequireSequence(hidden.Length, time + 1, batch, units, nameof(hidden));
        RequireKernel(recurrentKernel.Length, units, 1, nameof(recurrentKernel));
        RequireLengthsIfAny(lengths.Length, batch, nameof(lengths));
        RequireSequence(dZ.Length, time, batch, units, nameof(dZ));
        Shape.RequireIfAny(dInitialHidden.Length, batch, units, nameof(dInitialHidden));
        ArgumentOutOfRangeException.ThrowIfNegative(truncate);
        fixed (float* pdh = dHidden, pdl = dLastHidden, ph = hidden, pu = recurrentKernel, pdz = dZ, pdh0 = dInitialHidden)
        fixed (int* pl = lengths)
        {
            var pass = new RnnBackwardPass<TActivation>
            {
                Gradient = new()
                {
                    Sequence = new(time, batch, units, reverse, pl),
                    DHidden = pdh,
                    DLast = pdl,
                    DInitial = pdh0,
                    Carried = Carried(1, batch, units),
                    AlwaysCarried = pl is not null,
                    Truncate = truncate,
                },
                Product = new() { Kernel = pu, Gates = 1, Units = units, Transposed = true },
                Hidden = ph,
                DZ = pdz,
            };
            RecurrentScan.Run(pass, isa);
        }
    }
}
