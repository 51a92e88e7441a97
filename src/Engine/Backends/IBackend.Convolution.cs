using FastNets.Kernels.Convolution;
using FastNets.Kernels.Pointwise;

namespace FastNets.Backends;

// Operations on series, which are [batch, length, channels]: the channels of a step are adjacent.
public partial interface IBackend
{
    /// <summary>y = dropout(f(z)), z[b, t, f] = bias[f] + sum over w and c of x[b, t * stride + w * dilation - padLeft, c] * W[w, c, f], the tail in the product's epilogue.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="x">[batch, length, channels].</param>
    /// <param name="kernel">W, [width, channels, filters].</param>
    /// <param name="bias">[filters], or none.</param>
    /// <param name="preactivation">Where z is kept for the backward pass, [batch, output length, filters], or none.</param>
    /// <param name="y">[batch, output length, filters].</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="dropout">The mask on f's output as a matrix of [batch * output length, filters], as <see cref="PointwiseBackward{TActivation}"/> draws it again.</param>
    void Conv1D<TActivation>(Slot x, Slot kernel, Slot bias, Slot preactivation, Slot y, int batch, ConvolutionShape shape, DropoutMask dropout)
        where TActivation : struct, IActivation;

    /// <summary>dW[w, c, f] = sum over b and t of x[b, t * stride + w * dilation - padLeft, c] * dZ[b, t, f].</summary>
    /// <param name="x">[batch, length, channels].</param>
    /// <param name="dZ">[batch, output length, filters].</param>
    /// <param name="dKernel">dW, [width, channels, filters].</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="shape">The sizes.</param>
    void Conv1DWeightGradient(Slot x, Slot dZ, Slot dKernel, int batch, ConvolutionShape shape);

    /// <summary>dX[b, j, c] (+)= sum over f and those t and w with t * stride + w * dilation - padLeft = j of dZ[b, t, f] * W[w, c, f].</summary>
    /// <param name="dZ">[batch, output length, filters].</param>
    /// <param name="kernel">W, [width, channels, filters].</param>
    /// <param name="dX">[batch, length, channels].</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="accumulate">Whether the gradient is added to what dX holds.</param>
    void Conv1DInputGradient(Slot dZ, Slot kernel, Slot dX, int batch, ConvolutionShape shape, bool accumulate);

    /// <summary>y[b, t, c] = the largest of x[b, t * stride - padLeft + w, c] for w below the width; steps outside the series count as minus infinity.</summary>
    /// <param name="x">[batch, length, channels].</param>
    /// <param name="y">[batch, output length, channels].</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="shape">The sizes.</param>
    void MaxPool1D(Slot x, Slot y, int batch, PoolingShape shape);

    /// <summary>dX (+)= dY at the first of the largest elements of each window (NaN taken for plus infinity), 0 elsewhere.</summary>
    /// <param name="dY">[batch, output length, channels].</param>
    /// <param name="x">The input of the forward pass, [batch, length, channels].</param>
    /// <param name="dX">[batch, length, channels].</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="accumulate">Whether the gradient is added to what dX holds.</param>
    void MaxPool1DBackward(Slot dY, Slot x, Slot dX, int batch, PoolingShape shape, bool accumulate);

    /// <summary>y[b, t, c] = the mean of those steps of window t that lie within the series; 0 where none does.</summary>
    /// <param name="x">[batch, length, channels].</param>
    /// <param name="y">[batch, output length, channels].</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="shape">The sizes.</param>
    void AveragePool1D(Slot x, Slot y, int batch, PoolingShape shape);

    /// <summary>dX (+)= each window's dY in equal shares to its steps within the series.</summary>
    /// <param name="dY">[batch, output length, channels].</param>
    /// <param name="dX">[batch, length, channels].</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="accumulate">Whether the gradient is added to what dX holds.</param>
    void AveragePool1DBackward(Slot dY, Slot dX, int batch, PoolingShape shape, bool accumulate);

    /// <summary>y[b, c] = the mean of the first lengths[b] steps of x[b, :, c]; 0 where there are none.</summary>
    /// <param name="x">[batch, length, channels].</param>
    /// <param name="lengths">The steps that count, 32-bit integers, [batch]; or none, where all count.</param>
    /// <param name="y">[batch, channels].</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="length">Steps of a series.</param>
    /// <param name="channels">Numbers a step.</param>
    void GlobalAveragePool1D(Slot x, Slot lengths, Slot y, int batch, int length, int channels);

    /// <summary>dX (+)= dY / lengths[b] in the first lengths[b] steps, 0 behind them.</summary>
    /// <param name="dY">[batch, channels].</param>
    /// <param name="lengths">The steps that count, 32-bit integers, [batch]; or none.</param>
    /// <param name="dX">[batch, length, channels].</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="length">Steps of a series.</param>
    /// <param name="channels">Numbers a step.</param>
    /// <param name="accumulate">Whether the gradient is added to what dX holds.</param>
    void GlobalAveragePool1DBackward(Slot dY, Slot lengths, Slot dX, int batch, int length, int channels, bool accumulate);

    /// <summary>y[b, c] = the largest of the first lengths[b] steps of x[b, :, c]; 0 where there are none.</summary>
    /// <param name="x">[batch, length, channels].</param>
    /// <param name="lengths">The steps that count, 32-bit integers, [batch]; or none, where all count.</param>
    /// <param name="y">[batch, channels].</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="length">Steps of a series.</param>
    /// <param name="channels">Numbers a step.</param>
    void GlobalMaxPool1D(Slot x, Slot lengths, Slot y, int batch, int length, int channels);

    /// <summary>dX (+)= dY at the first of the largest of the first lengths[b] steps (NaN taken for plus infinity), 0 elsewhere.</summary>
    /// <param name="dY">[batch, channels].</param>
    /// <param name="x">The input of the forward pass, [batch, length, channels].</param>
    /// <param name="lengths">The steps that count, 32-bit integers, [batch]; or none.</param>
    /// <param name="dX">[batch, length, channels].</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="length">Steps of a series.</param>
    /// <param name="channels">Numbers a step.</param>
    /// <param name="accumulate">Whether the gradient is added to what dX holds.</param>
    void GlobalMaxPool1DBackward(Slot dY, Slot x, Slot lengths, Slot dX, int batch, int length, int channels, bool accumulate);
}
