using FastNets.Kernels.Pointwise;

namespace FastNets.Backends;

public partial interface IBackend
{
    /// <summary>Layer normalisation over the columns of each row, y = dropout(f(gamma * (x - mean) / sqrt(variance + epsilon) + beta)).</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="x">[rows, columns].</param>
    /// <param name="gamma">[columns].</param>
    /// <param name="beta">[columns].</param>
    /// <param name="mean">Kept for the backward pass, [rows].</param>
    /// <param name="inverseDeviation">1 / sqrt(variance + epsilon), kept for the backward pass, [rows].</param>
    /// <param name="y">[rows, columns]; may be the place of x.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="dropout">The mask on f's output.</param>
    void LayerNorm<TActivation>(
        Slot x, Slot gamma, Slot beta, Slot mean, Slot inverseDeviation, Slot y, int rows, int columns, float epsilon, DropoutMask dropout)
        where TActivation : struct, IActivation;

    /// <summary>The gradients of <see cref="LayerNorm{TActivation}"/>, the statistics' share included.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="dY">[rows, columns].</param>
    /// <param name="x">The layer's input, [rows, columns]; f's input is made from it again.</param>
    /// <param name="gamma">[columns].</param>
    /// <param name="beta">[columns].</param>
    /// <param name="mean">From the forward pass, [rows].</param>
    /// <param name="inverseDeviation">From the forward pass, [rows].</param>
    /// <param name="dX">[rows, columns], or none where the input needs no gradient; may be the place of dY.</param>
    /// <param name="dGamma">[columns].</param>
    /// <param name="dBeta">[columns].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="dropout">The mask of the forward pass.</param>
    void LayerNormBackward<TActivation>(
        Slot dY, Slot x, Slot gamma, Slot beta, Slot mean, Slot inverseDeviation, Slot dX, Slot dGamma, Slot dBeta,
        int rows, int columns, DropoutMask dropout)
        where TActivation : struct, IActivation;
}
