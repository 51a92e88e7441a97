using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Convolution;

/// <summary>Pooling over windows of the steps of series, channel by channel, forward and backward. Series are [batch, length, channels].</summary>
/// <remarks>Thread-safe; work is cut by series. Same bits for every instruction set and number of threads. Nothing is allocated.</remarks>
public static unsafe partial class PoolingKernels
{
    /// <summary>y[b, t, c] = the largest of x[b, t * stride - padLeft + w, c] for w below the width.</summary>
    /// <remarks>Steps outside the series count as minus infinity. A NaN in the window is the result.</remarks>
    /// <param name="x">[batch, length, channels].</param>
    /// <param name="y">[batch, output length, channels], overwritten.</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="shape">The sizes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range.</exception>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Max(ReadOnlySpan<float> x, Span<float> y, int batch, PoolingShape shape) => Max(x, y, batch, shape, LaneLoop.Active);

    /// <summary>dX (+)= dY at the first of the largest elements of each window, 0 elsewhere.</summary>
    /// <remarks>NaN counts as plus infinity here: the first of either takes the window's gradient.</remarks>
    /// <param name="dY">[batch, output length, channels].</param>
    /// <param name="x">The input of the forward pass, [batch, length, channels].</param>
    /// <param name="dX">[batch, length, channels]; overwritten, or added to. Must not overlap the inputs.</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="accumulate">Whether the gradient is added to what dX holds.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range.</exception>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void MaxBackward(ReadOnlySpan<float> dY, ReadOnlySpan<float> x, Span<float> dX, int batch, PoolingShape shape, bool accumulate) =>
        MaxBackward(dY, x, dX, batch, shape, accumulate, LaneLoop.Active);

    /// <summary>y[b, t, c] = the mean of those x[b, t * stride - padLeft + w, c], w below the width, that lie within the series; 0 where none does.</summary>
    /// <param name="x">[batch, length, channels].</param>
    /// <param name="y">[batch, output length, channels], overwritten.</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="shape">The sizes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range.</exception>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Average(ReadOnlySpan<float> x, Span<float> y, int batch, PoolingShape shape) => Average(x, y, batch, shape, LaneLoop.Active);

    /// <summary>dX[b, j, c] (+)= the sum of dY[b, t, c] / n[t] over the windows t that hold step j, n[t] the steps of the series in window t.</summary>
    /// <param name="dY">[batch, output length, channels].</param>
    /// <param name="dX">[batch, length, channels]; overwritten, or added to. Must not overlap dY.</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="accumulate">Whether the gradient is added to what dX holds.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range.</exception>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void AverageBackward(ReadOnlySpan<float> dY, Span<float> dX, int batch, PoolingShape shape, bool accumulate) =>
        AverageBackward(dY, dX, batch, shape, accumulate, LaneLoop.Active);

    internal static void Max(ReadOnlySpan<float> x, Span<float> y, int batch, PoolingShape shape, Isa isa)
    {
        Require(x.Length, nameof(x), y.Length, nameof(y), batch, shape);
        fixed (float* px = x, py = y) LaneLoop.Run(isa, batch, IsLarge(batch, shape), new ForwardBody { X = px, Y = py, Shape = shape });
    }

    internal static void Average(ReadOnlySpan<float> x, Span<float> y, int batch, PoolingShape shape, Isa isa)
    {
        Require(x.Length, nameof(x), y.Length, nameof(y), batch, shape);
        fixed (float* px = x, py = y) LaneLoop.Run(isa, batch, IsLarge(batch, shape), new ForwardBody { X = px, Y = py, Shape = shape, Average = true });
    }

    internal static void MaxBackward(
        ReadOnlySpan<float> dY, ReadOnlySpan<float> x, Span<float> dX, int batch, PoolingShape shape, bool accumulate, Isa isa)
    {
        Require(x.Length, nameof(x), dY.Length, nameof(dY), batch, shape);
        Shape.Require(dX.Length, batch * shape.Length, shape.Channels, nameof(dX));
        fixed (float* dy = dY, px = x, dx = dX)
            LaneLoop.Run(isa, batch, IsLarge(batch, shape), new BackwardBody { DY = dy, X = px, DX = dx, Shape = shape, Accumulate = accumulate });
    }

    internal static void AverageBackward(ReadOnlySpan<float> dY, Span<float> dX, int batch, PoolingShape shape, bool accumulate, Isa isa)
    {
        Require(dX.Length, nameof(dX), dY.Length, nameof(dY), batch, shape);
        fixed (float* dy = dY, dx = dX)
            LaneLoop.Run(isa, batch, IsLarge(batch, shape), new BackwardBody { DY = dy, DX = dx, Shape = shape, Accumulate = accumulate });
    }

    private static void Require(int x, string xName, int y, string yName, int batch, in PoolingShape shape)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        shape.Check();
        Shape.Require(x, checked(batch * shape.Length), shape.Channels, xName);
        Shape.Require(y, checked(batch * shape.OutputLength), shape.Channels, yName);
    }

    private static bool IsLarge(int batch, in PoolingShape shape) =>
        (long)batch * Math.Max(shape.Length, (long)shape.OutputLength * shape.Width) * shape.Channels >= LaneLoop.ParallelElements;
}
