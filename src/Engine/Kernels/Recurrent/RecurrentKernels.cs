using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Recurrent;

/// <summary>Recurrent layers over whole sequences: LSTM, GRU and the simple recurrent network, forward and backward through time.</summary>
/// <remarks>
/// <para>One call runs all steps. The input's share, x W + b for all steps, is one matrix product before it; the gradients of W, b
/// and x, and of the recurrent kernel U, are matrix products and column sums over all steps after it: dU = H^T dZ with H the states
/// that the steps read.</para>
/// <para>Sequences are time-major and row-major, [time, batch, columns]. States are [time + 1, batch, units]: the initial state in block
/// 0 and the state after step t in block t + 1; reversed, where the scan begins at the end of time, the initial state is in block
/// <c>time</c> and the state after step t in block t.</para>
/// <para><b>Lengths.</b> From a sample's length on its state is carried on unchanged, h_t = h_prev and c_t = c_prev, in both directions;
/// whatever lies at those places in the input, NaN too, has no influence. Backward is exactly the derivative of that: the gradients of
/// the pre-activations are 0 there, and a gradient that arrives at such a state goes on to the state before it.</para>
/// <para><b>Truncation.</b> With <c>truncate</c> = k > 0 no gradient flows back from a step to the one before it where the former's number,
/// counted from 0 in the scan's own order, is a multiple of k (truncated backpropagation through time, Williams and Peng 1990).
/// The initial state belongs to the first run of k steps.</para>
/// <para>Thread-safe. Each sample's steps are computed by one thread, in an order that depends on the shape alone: same bits for the same
/// instruction set, whatever the number of threads. Allocates only scratch that is kept for the thread's next call.</para>
/// </remarks>
public static unsafe partial class RecurrentKernels
{
    private static void RequireSequence(int actual, int time, int batch, int columns, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(time);
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (actual < (Int128)time * batch * columns)
            throw new ArgumentException($"{name} has {actual} elements; [{time}, {batch}, {columns}] needs {(Int128)time * batch * columns}.", name);
    }

    private static void RequireSequenceIfAny(int actual, int time, int batch, int columns, string name)
    {
        if (actual != 0) RequireSequence(actual, time, batch, columns, name);
    }

    private static void RequireKernel(int actual, int units, int gates, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(units);
        if (actual < (Int128)units * units * gates)
            throw new ArgumentException($"{name} has {actual} elements; [{units}, {gates} * {units}] needs {(Int128)units * units * gates}.", name);
    }

    private static void RequireBiasIfAny(int actual, int units, int gates, string name)
    {
        if (actual != 0 && actual < (long)units * gates)
            throw new ArgumentException($"{name} has {actual} elements; [{gates} * {units}] needs {(long)units * gates}.", name);
    }

    private static void RequireLengthsIfAny(int actual, int batch, string name)
    {
        if (actual != 0) Shape.Require(actual, batch, name);
    }

    private static void RequireDerivativeOfOutput<TActivation>()
        where TActivation : struct, IActivation
    {
        if (TActivation.DerivativeOfInput)
            throw new NotSupportedException($"{typeof(TActivation).Name} cannot be a recurrent network's function: its derivative is one of its input, and only its output is kept. Use Tanh or Relu.");
    }

    /// <summary>Memory for one or two gradients that go past the products, [states, batch, units].</summary>
    private static float* Carried(int states, int batch, int units) =>
        (float*)ThreadScratch.Get(ThreadScratch.Use.Carried, (nuint)states * (nuint)batch * (nuint)units * sizeof(float));
}
