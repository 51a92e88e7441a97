using FastNets.Kernels.Pointwise;

namespace FastNets.Backends;

// Recurrent layers. Sequences are time-major, [time, batch, columns]; states are [time + 1, batch, units]: the initial state in block 0
// and the state after step t in block t + 1; reversed, the initial state in block `time` and the state after step t in block t. From a
// sample's length on its state is carried on unchanged. With truncate = k > 0 no gradient flows back from a step whose number in
// the scan's own order is a positive multiple of k. The gradients of the input and of all weights are matrix products after the scan.
public partial interface IBackend
{
    /// <summary>
    /// Long short-term memory, all steps: z = x W + b + h_prev U + b_U, i = s(z_i), f = s(z_f), g = tanh(z_g), o = s(z_o),
    /// c = f * c_prev + i * g, h = o * tanh(c).
    /// </summary>
    /// <param name="gates">In place, [time, batch, 4 units] in the order i, f, g, o: x W + b on entry, the gates on exit.</param>
    /// <param name="recurrentKernel">U, [units, 4 units].</param>
    /// <param name="recurrentBias">b_U, [4 units], or none.</param>
    /// <param name="initialHidden">[batch, units], or none for 0.</param>
    /// <param name="initialCell">[batch, units], or none for 0.</param>
    /// <param name="lengths">Each sample's length, 32-bit integers, [batch], or none.</param>
    /// <param name="hidden">h, [time + 1, batch, units].</param>
    /// <param name="cell">c, [time + 1, batch, units].</param>
    /// <param name="time">Steps; at 0 only the initial states are written.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="units">Units.</param>
    /// <param name="reverse">Whether the scan begins at the end of time.</param>
    void LstmForward(
        Slot gates, Slot recurrentKernel, Slot recurrentBias, Slot initialHidden, Slot initialCell, Slot lengths, Slot hidden, Slot cell,
        int time, int batch, int units, bool reverse);

    /// <summary>The backward pass of <see cref="LstmForward"/> through all steps.</summary>
    /// <param name="dHidden">The gradient of every step's h, [time, batch, units], or none.</param>
    /// <param name="dLastHidden">The gradient of the scan's last h, [batch, units], or none.</param>
    /// <param name="dLastCell">The gradient of the scan's last c, [batch, units], or none.</param>
    /// <param name="gates">In place, [time, batch, 4 units]: what forward left on entry, the gradients of z on exit.</param>
    /// <param name="cell">What forward left, [time + 1, batch, units].</param>
    /// <param name="recurrentKernel">U, [units, 4 units].</param>
    /// <param name="lengths">[batch], or none.</param>
    /// <param name="dInitialHidden">[batch, units], or none.</param>
    /// <param name="dInitialCell">[batch, units], or none.</param>
    /// <param name="time">Steps.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="units">Units.</param>
    /// <param name="truncate">The steps of a run within which gradients flow, or 0 for all.</param>
    /// <param name="reverse">As in forward.</param>
    void LstmBackward(
        Slot dHidden, Slot dLastHidden, Slot dLastCell, Slot gates, Slot cell, Slot recurrentKernel, Slot lengths, Slot dInitialHidden, Slot dInitialCell,
        int time, int batch, int units, int truncate, bool reverse);

    /// <summary>
    /// Gated recurrent unit, all steps: a = x W + b, e = h_prev U + b_U, r = s(a_r + e_r), z = s(a_z + e_z), n = tanh(a_n + r * e_n),
    /// h = (1 - z) * n + z * h_prev.
    /// </summary>
    /// <param name="gates">In place, [time, batch, 3 units] in the order r, z, n: a on entry, r, z and n on exit.</param>
    /// <param name="recurrentKernel">U, [units, 3 units].</param>
    /// <param name="recurrentBias">b_U, [3 units], or none.</param>
    /// <param name="initialHidden">[batch, units], or none for 0.</param>
    /// <param name="lengths">Each sample's length, 32-bit integers, [batch], or none.</param>
    /// <param name="candidate">e_n, kept for the backward pass, [time, batch, units].</param>
    /// <param name="hidden">h, [time + 1, batch, units].</param>
    /// <param name="time">Steps; at 0 only the initial state is written.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="units">Units.</param>
    /// <param name="reverse">Whether the scan begins at the end of time.</param>
    void GruForward(
        Slot gates, Slot recurrentKernel, Slot recurrentBias, Slot initialHidden, Slot lengths, Slot candidate, Slot hidden,
        int time, int batch, int units, bool reverse);

    /// <summary>The backward pass of <see cref="GruForward"/> through all steps.</summary>
    /// <param name="dHidden">The gradient of every step's h, [time, batch, units], or none.</param>
    /// <param name="dLastHidden">The gradient of the scan's last h, [batch, units], or none.</param>
    /// <param name="gates">In place, [time, batch, 3 units]: what forward left on entry, the gradients of a on exit.</param>
    /// <param name="candidate">What forward left, [time, batch, units].</param>
    /// <param name="hidden">What forward left, [time + 1, batch, units].</param>
    /// <param name="recurrentKernel">U, [units, 3 units].</param>
    /// <param name="lengths">[batch], or none.</param>
    /// <param name="dRecurrent">The gradients of e, [time, batch, 3 units].</param>
    /// <param name="dInitialHidden">[batch, units], or none.</param>
    /// <param name="time">Steps.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="units">Units.</param>
    /// <param name="truncate">The steps of a run within which gradients flow, or 0 for all.</param>
    /// <param name="reverse">As in forward.</param>
    void GruBackward(
        Slot dHidden, Slot dLastHidden, Slot gates, Slot candidate, Slot hidden, Slot recurrentKernel, Slot lengths, Slot dRecurrent, Slot dInitialHidden,
        int time, int batch, int units, int truncate, bool reverse);

    /// <summary>The simple recurrent network, all steps: h = f(x W + b + h_prev U + b_U).</summary>
    /// <typeparam name="TActivation">f, with a derivative of its output.</typeparam>
    /// <param name="projection">x W + b, [time, batch, units].</param>
    /// <param name="recurrentKernel">U, [units, units].</param>
    /// <param name="recurrentBias">b_U, [units], or none.</param>
    /// <param name="initialHidden">[batch, units], or none for 0.</param>
    /// <param name="lengths">Each sample's length, 32-bit integers, [batch], or none.</param>
    /// <param name="hidden">h, [time + 1, batch, units].</param>
    /// <param name="time">Steps; at 0 only the initial state is written.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="units">Units.</param>
    /// <param name="reverse">Whether the scan begins at the end of time.</param>
    void RnnForward<TActivation>(
        Slot projection, Slot recurrentKernel, Slot recurrentBias, Slot initialHidden, Slot lengths, Slot hidden,
        int time, int batch, int units, bool reverse)
        where TActivation : struct, IActivation;

    /// <summary>The backward pass of <see cref="RnnForward{TActivation}"/> through all steps.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="dHidden">The gradient of every step's h, [time, batch, units], or none.</param>
    /// <param name="dLastHidden">The gradient of the scan's last h, [batch, units], or none.</param>
    /// <param name="hidden">What forward left, [time + 1, batch, units].</param>
    /// <param name="recurrentKernel">U, [units, units].</param>
    /// <param name="lengths">[batch], or none.</param>
    /// <param name="dZ">The gradients of f's input, [time, batch, units]; may be the place of dHidden.</param>
    /// <param name="dInitialHidden">[batch, units], or none.</param>
    /// <param name="time">Steps.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="units">Units.</param>
    /// <param name="truncate">The steps of a run within which gradients flow, or 0 for all.</param>
    /// <param name="reverse">As in forward.</param>
    void RnnBackward<TActivation>(
        Slot dHidden, Slot dLastHidden, Slot hidden, Slot recurrentKernel, Slot lengths, Slot dZ, Slot dInitialHidden,
        int time, int batch, int units, int truncate, bool reverse)
        where TActivation : struct, IActivation;
}
