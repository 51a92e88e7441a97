using FastNets.Kernels.Gemm;
using FastNets.Kernels.Lanes;
using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Convolution;

/// <summary>Convolutions over the steps of series, forward and backward. Series are [batch, length, channels]: a step's channels are adjacent.</summary>
/// <remarks>
/// <para>Thread-safe. Each element is summed by one thread in an order that depends on the shape alone: same bits for the same
/// instruction set, whatever the number of threads. Allocates only scratch that is kept for the thread's next call.</para>
/// <para>A window of adjacent taps is adjacent in memory, so that a convolution is a matrix product whose rows overlap: nothing is unfolded.</para>
/// </remarks>
public static unsafe partial class ConvolutionKernels
{
    /// <summary>y = dropout(f(z)), z[b, t, f] = bias[f] + sum over w and c of x[b, t * stride + w * dilation - padLeft, c] * W[w, c, f].</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="x">[batch, length, channels]; steps outside the series are 0.</param>
    /// <param name="kernel">W, [width, channels, filters].</param>
    /// <param name="bias">[filters], or empty.</param>
    /// <param name="preactivation">z, [batch, output length, filters], overwritten; or empty.</param>
    /// <param name="y">[batch, output length, filters], overwritten. Must not overlap the inputs.</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="dropout">The mask on f's output as a matrix of [batch * output length, filters].</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range.</exception>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Forward<TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> kernel, ReadOnlySpan<float> bias, Span<float> preactivation, Span<float> y,
        int batch, ConvolutionShape shape, DropoutMask dropout)
        where TActivation : struct, IActivation => Forward<TActivation>(x, kernel, bias, preactivation, y, batch, shape, dropout, CpuIsa.Active);

    /// <summary>dW[w, c, f] = sum over b and t of x[b, t * stride + w * dilation - padLeft, c] * dZ[b, t, f].</summary>
    /// <param name="x">[batch, length, channels].</param>
    /// <param name="dZ">[batch, output length, filters].</param>
    /// <param name="dKernel">dW, [width, channels, filters], overwritten.</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="shape">The sizes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range.</exception>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void WeightGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> dZ, Span<float> dKernel, int batch, ConvolutionShape shape) =>
        WeightGradient(x, dZ, dKernel, batch, shape, CpuIsa.Active);

    /// <summary>dX[b, j, c] (+)= sum over f and those t and w with t * stride + w * dilation - padLeft = j of dZ[b, t, f] * W[w, c, f].</summary>
    /// <param name="dZ">[batch, output length, filters].</param>
    /// <param name="kernel">W, [width, channels, filters].</param>
    /// <param name="dX">[batch, length, channels]; overwritten, or added to. Must not overlap the inputs.</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="accumulate">Whether the gradient is added to what dX holds; if not, old NaN values don't spread.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range.</exception>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void InputGradient(
        ReadOnlySpan<float> dZ, ReadOnlySpan<float> kernel, Span<float> dX, int batch, ConvolutionShape shape, bool accumulate) =>
        InputGradient(dZ, kernel, dX, batch, shape, accumulate, CpuIsa.Active);

    internal static void Forward<TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> kernel, ReadOnlySpan<float> bias, Span<float> preactivation, Span<float> y,
        int batch, ConvolutionShape shape, DropoutMask dropout, Isa isa)
        where TActivation : struct, IActivation
    {
        int rows = RequireSeries(x.Length, nameof(x), kernel.Length, nameof(kernel), y.Length, nameof(y), batch, shape);
        Shape.RequireIfAny(bias.Length, 1, shape.Filters, nameof(bias));
        Shape.RequireIfAny(preactivation.Length, rows, shape.Filters, nameof(preactivation));
        fixed (float* px = x, pw = kernel, pb = bias, pz = preactivation, py = y)
        {
            var tail = new RowTail<TActivation>(null, null, pb, new DropoutBits(dropout, shape.Filters));
            Run(ForwardProduct(px, pw, py, batch, shape), new DenseEpilogue<TActivation>(tail, pz, shape.Filters), isa);
        }
    }

    internal static void WeightGradient(
        ReadOnlySpan<float> x, ReadOnlySpan<float> dZ, Span<float> dKernel, int batch, ConvolutionShape shape, Isa isa)
    {
        RequireSeries(x.Length, nameof(x), dKernel.Length, nameof(dKernel), dZ.Length, nameof(dZ), batch, shape);
        fixed (float* px = x, pz = dZ, pw = dKernel) Run(WeightGradientProduct(px, pz, pw, batch, shape), default(NoEpilogue), isa);
    }

    internal static void InputGradient(
        ReadOnlySpan<float> dZ, ReadOnlySpan<float> kernel, Span<float> dX, int batch, ConvolutionShape shape, bool accumulate, Isa isa)
    {
        RequireSeries(dX.Length, nameof(dX), kernel.Length, nameof(kernel), dZ.Length, nameof(dZ), batch, shape);
        fixed (float* pz = dZ, pw = kernel, px = dX)
        {
            float* window = OutputWindow(pz, batch, shape, out int first, out nint series);
            for (int phase = 0; phase < shape.Stride; phase++)
            {
                if (InputGradientProduct(window, first, series, pw, px, phase, batch, shape, out SeriesProduct product))
                {
                    product.Accumulate = accumulate;
                    Run(product, default(NoEpilogue), isa);
                }
                else if (!accumulate)
                {
                    Clear(product);
                }
            }
        }
    }

    private static int RequireSeries(int x, string xName, int kernel, string kernelName, int y, string yName, int batch, in ConvolutionShape shape)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        shape.Check();
        int rows = checked(batch * shape.OutputLength);
        Shape.Require(x, checked(batch * shape.Length), shape.Channels, xName);
        Shape.Require(kernel, checked(shape.Width * shape.Channels), shape.Filters, kernelName);
        Shape.Require(y, rows, shape.Filters, yName);
        return rows;
    }

    private static void Run<TEpilogue>(in SeriesProduct product, TEpilogue epilogue, Isa isa)
        where TEpilogue : struct, IGemmEpilogue
    {
        switch (isa)
        {
            case Isa.Vector512: SeriesProductDriver<Lanes16, TEpilogue>.Run(product, epilogue); break;
            case Isa.Vector256: SeriesProductDriver<Lanes8, TEpilogue>.Run(product, epilogue); break;
            default: SeriesProductScalar.Run(product, epilogue); break;
        }
    }
}
