using FastNets.Kernels.Normalization;
using FastNets.Kernels.Pointwise;

namespace FastNets.Backends;

/// <summary>The operations that generated networks are written in: one contract, a backend for each kind of device.</summary>
/// <remarks>
/// Operands are places in the network's arenas, matrices row-major without gaps, sizes in elements. Unless an operation
/// says otherwise it overwrites its outputs, and outputs don't overlap inputs. Backends are structs and type arguments,
/// so that on the CPU each call is direct. Not thread-safe: a network is used by one thread at a time.
/// </remarks>
public partial interface IBackend
{
    /// <summary>y = dropout(f(x W + b)), the tail in the product's epilogue.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="x">[batch, inputs].</param>
    /// <param name="kernel">W, [inputs, units].</param>
    /// <param name="bias">b, [units], or none.</param>
    /// <param name="preactivation">Where x W + b is kept for the backward pass, [batch, units], or none.</param>
    /// <param name="y">[batch, units].</param>
    /// <param name="batch">Rows of x and y.</param>
    /// <param name="inputs">Columns of x.</param>
    /// <param name="units">Columns of y.</param>
    /// <param name="dropout">The mask on f's output.</param>
    void Dense<TActivation>(Slot x, Slot kernel, Slot bias, Slot preactivation, Slot y, int batch, int inputs, int units, DropoutMask dropout)
        where TActivation : struct, IActivation;

    /// <summary>dW = x^T dZ.</summary>
    /// <param name="x">[batch, inputs].</param>
    /// <param name="dZ">[batch, units].</param>
    /// <param name="dKernel">dW, [inputs, units].</param>
    /// <param name="batch">Rows of x and dZ.</param>
    /// <param name="inputs">Columns of x.</param>
    /// <param name="units">Columns of dZ.</param>
    /// <param name="accumulate">Whether the product is added to what dKernel holds.</param>
    void DenseWeightGradient(Slot x, Slot dZ, Slot dKernel, int batch, int inputs, int units, bool accumulate);

    /// <summary>dX = dZ W^T.</summary>
    /// <param name="dZ">[batch, units].</param>
    /// <param name="kernel">W, [inputs, units].</param>
    /// <param name="dX">[batch, inputs].</param>
    /// <param name="batch">Rows of dZ and dX.</param>
    /// <param name="inputs">Columns of dX.</param>
    /// <param name="units">Columns of dZ.</param>
    /// <param name="accumulate">Whether the product is added to what dX holds.</param>
    void DenseInputGradient(Slot dZ, Slot kernel, Slot dX, int batch, int inputs, int units, bool accumulate);

    /// <summary>y = dropout(f(x)), element by element; x and y may be the same place.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="x">[batch, columns].</param>
    /// <param name="y">[batch, columns].</param>
    /// <param name="batch">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="dropout">The mask on f's output.</param>
    void Pointwise<TActivation>(Slot x, Slot y, int batch, int columns, DropoutMask dropout)
        where TActivation : struct, IActivation;

    /// <summary>dX = f'(saved) * mask * dY and, where asked for, its column sums, in one pass; dX and dY may be the same place.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="dY">[batch, columns].</param>
    /// <param name="saved">
    /// [batch, columns]: f's input where <see cref="IActivation.DerivativeOfInput"/>, else the operation's output, dropout included
    /// (a kept element is divided by the mask's scale again; a dropped one has gradient 0). None where f is the identity.
    /// </param>
    /// <param name="dX">[batch, columns], or none where only the column sums are wanted.</param>
    /// <param name="dBias">[columns], or none.</param>
    /// <param name="batch">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="dropout">The mask of the forward pass.</param>
    void PointwiseBackward<TActivation>(Slot dY, Slot saved, Slot dX, Slot dBias, int batch, int columns, DropoutMask dropout)
        where TActivation : struct, IActivation;

    /// <summary>y = softmax over each row, shifted by the row's largest value; x and y may be the same place.</summary>
    /// <param name="x">[batch, columns].</param>
    /// <param name="y">[batch, columns].</param>
    /// <param name="batch">Rows.</param>
    /// <param name="columns">Columns.</param>
    void Softmax(Slot x, Slot y, int batch, int columns);

    /// <summary>dX = y * (dY - sum(y * dY)), row by row; dX and dY may be the same place.</summary>
    /// <param name="dY">[batch, columns].</param>
    /// <param name="y">The softmax, [batch, columns].</param>
    /// <param name="dX">[batch, columns].</param>
    /// <param name="batch">Rows.</param>
    /// <param name="columns">Columns.</param>
    void SoftmaxBackward(Slot dY, Slot y, Slot dX, int batch, int columns);

    /// <summary>
    /// Batch normalisation with the batch's own statistics, y = dropout(f(gamma * (x - mean) / sqrt(variance + epsilon) + beta)),
    /// in two passes: statistics; normalisation, affine map and tail. Updates the running statistics.
    /// </summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="x">[batch, features].</param>
    /// <param name="gamma">[features].</param>
    /// <param name="beta">[features].</param>
    /// <param name="runningMean">[features], updated: momentum * old + (1 - momentum) * mean.</param>
    /// <param name="runningVariance">[features], updated likewise.</param>
    /// <param name="mean">Kept for the backward pass, [features].</param>
    /// <param name="inverseDeviation">1 / sqrt(variance + epsilon), kept for the backward pass, [features].</param>
    /// <param name="y">[batch, features].</param>
    /// <param name="batch">Rows.</param>
    /// <param name="features">Columns.</param>
    /// <param name="settings">Momentum, epsilon and the running variance's kind.</param>
    /// <param name="dropout">The mask on f's output.</param>
    void BatchNorm<TActivation>(
        Slot x, Slot gamma, Slot beta, Slot runningMean, Slot runningVariance, Slot mean, Slot inverseDeviation, Slot y,
        int batch, int features, BatchNormSettings settings, DropoutMask dropout)
        where TActivation : struct, IActivation;

    /// <summary>The gradients of <see cref="BatchNorm{TActivation}"/>, the statistics' share included, in two passes.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="dY">[batch, features].</param>
    /// <param name="x">The layer's input, [batch, features]; f's input is made from it again.</param>
    /// <param name="gamma">[features].</param>
    /// <param name="beta">[features].</param>
    /// <param name="mean">From the forward pass, [features].</param>
    /// <param name="inverseDeviation">From the forward pass, [features].</param>
    /// <param name="dX">[batch, features], or none where the input needs no gradient; may be the place of dY.</param>
    /// <param name="dGamma">[features].</param>
    /// <param name="dBeta">[features].</param>
    /// <param name="batch">Rows.</param>
    /// <param name="features">Columns.</param>
    /// <param name="dropout">The mask of the forward pass.</param>
    void BatchNormBackward<TActivation>(
        Slot dY, Slot x, Slot gamma, Slot beta, Slot mean, Slot inverseDeviation, Slot dX, Slot dGamma, Slot dBeta,
        int batch, int features, DropoutMask dropout)
        where TActivation : struct, IActivation;

    /// <summary>Batch normalisation by the running statistics as one affine map: scale = gamma / sqrt(variance + epsilon), shift = beta - mean * scale.</summary>
    /// <param name="gamma">[features].</param>
    /// <param name="beta">[features].</param>
    /// <param name="runningMean">[features].</param>
    /// <param name="runningVariance">[features].</param>
    /// <param name="scale">[features].</param>
    /// <param name="shift">[features].</param>
    /// <param name="features">The number of features.</param>
    /// <param name="epsilon">Added to the variance.</param>
    void BatchNormAffine(Slot gamma, Slot beta, Slot runningMean, Slot runningVariance, Slot scale, Slot shift, int features, float epsilon);

    /// <summary>y = f(scale * x + shift), column by column; x and y may be the same place.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="x">[batch, columns].</param>
    /// <param name="scale">[columns].</param>
    /// <param name="shift">[columns].</param>
    /// <param name="y">[batch, columns].</param>
    /// <param name="batch">Rows.</param>
    /// <param name="columns">Columns.</param>
    void Affine<TActivation>(Slot x, Slot scale, Slot shift, Slot y, int batch, int columns)
        where TActivation : struct, IActivation;

    /// <summary>Puts an affine map before a dense layer into its weights: W'[i, j] = scale[i] * W[i, j], b' = b + shift W.</summary>
    /// <param name="kernel">W, [inputs, units].</param>
    /// <param name="bias">b, [units], or none.</param>
    /// <param name="scale">[inputs].</param>
    /// <param name="shift">[inputs].</param>
    /// <param name="foldedKernel">W', [inputs, units].</param>
    /// <param name="foldedBias">b', [units].</param>
    /// <param name="inputs">Rows of W.</param>
    /// <param name="units">Columns of W.</param>
    void FoldBefore(Slot kernel, Slot bias, Slot scale, Slot shift, Slot foldedKernel, Slot foldedBias, int inputs, int units);

    /// <summary>Puts an affine map after a dense layer into its weights: W'[i, j] = W[i, j] * scale[j], b' = b * scale + shift. W' and b' may be the places of W and b.</summary>
    /// <param name="kernel">W, [inputs, units].</param>
    /// <param name="bias">b, [units], or none.</param>
    /// <param name="scale">[units].</param>
    /// <param name="shift">[units].</param>
    /// <param name="foldedKernel">W', [inputs, units].</param>
    /// <param name="foldedBias">b', [units].</param>
    /// <param name="inputs">Rows of W.</param>
    /// <param name="units">Columns of W.</param>
    void FoldAfter(Slot kernel, Slot bias, Slot scale, Slot shift, Slot foldedKernel, Slot foldedBias, int inputs, int units);
}
