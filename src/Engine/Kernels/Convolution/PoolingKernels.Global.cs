using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Convolution;

public static unsafe partial class PoolingKernels
{
    /// <summary>y[b, c] = the mean of the first lengths[b] steps of x[b, :, c]; 0 where there are none.</summary>
    /// <param name="x">[batch, length, channels].</param>
    /// <param name="lengths">The steps that count, [batch], each from 0 to length; or empty, where all count.</param>
    /// <param name="y">[batch, channels], overwritten.</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="length">Steps of a series.</param>
    /// <param name="channels">Numbers a step.</param>
    /// <exception cref="ArgumentOutOfRangeException">An element of <paramref name="lengths"/> is out of its range; nothing is written then.</exception>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void GlobalAverage(ReadOnlySpan<float> x, ReadOnlySpan<int> lengths, Span<float> y, int batch, int length, int channels) =>
        GlobalAverage(x, lengths, y, batch, length, channels, LaneLoop.Active);

    /// <summary>dX[b, t, c] (+)= dY[b, c] / lengths[b] in the first lengths[b] steps, 0 behind them.</summary>
    /// <param name="dY">[batch, channels].</param>
    /// <param name="lengths">The steps that count, [batch], or empty.</param>
    /// <param name="dX">[batch, length, channels]; overwritten, or added to.</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="length">Steps of a series.</param>
    /// <param name="channels">Numbers a step.</param>
    /// <param name="accumulate">Whether the gradient is added to what dX holds.</param>
    /// <exception cref="ArgumentOutOfRangeException">An element of <paramref name="lengths"/> is out of its range; nothing is written then.</exception>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void GlobalAverageBackward(
        ReadOnlySpan<float> dY, ReadOnlySpan<int> lengths, Span<float> dX, int batch, int length, int channels, bool accumulate) =>
        GlobalAverageBackward(dY, lengths, dX, batch, length, channels, accumulate, LaneLoop.Active);

    /// <summary>y[b, c] = the largest of the first lengths[b] steps of x[b, :, c], NaN where there is one; 0 where there are no steps.</summary>
    /// <param name="x">[batch, length, channels].</param>
    /// <param name="lengths">The steps that count, [batch], each from 0 to length; or empty, where all count.</param>
    /// <param name="y">[batch, channels], overwritten.</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="length">Steps of a series.</param>
    /// <param name="channels">Numbers a step.</param>
    /// <exception cref="ArgumentOutOfRangeException">An element of <paramref name="lengths"/> is out of its range; nothing is written then.</exception>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void GlobalMax(ReadOnlySpan<float> x, ReadOnlySpan<int> lengths, Span<float> y, int batch, int length, int channels) =>
        GlobalMax(x, lengths, y, batch, length, channels, LaneLoop.Active);

    /// <summary>dX (+)= dY at the first of the largest of the first lengths[b] steps, 0 elsewhere; NaN counts as plus infinity.</summary>
    /// <param name="dY">[batch, channels].</param>
    /// <param name="x">The input of the forward pass, [batch, length, channels].</param>
    /// <param name="lengths">The steps that count, [batch], or empty.</param>
    /// <param name="dX">[batch, length, channels]; overwritten, or added to. Must not overlap the inputs.</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="length">Steps of a series.</param>
    /// <param name="channels">Numbers a step.</param>
    /// <param name="accumulate">Whether the gradient is added to what dX holds.</param>
    /// <exception cref="ArgumentOutOfRangeException">An element of <paramref name="lengths"/> is out of its range; nothing is written then.</exception>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void GlobalMaxBackward(
        ReadOnlySpan<float> dY, ReadOnlySpan<float> x, ReadOnlySpan<int> lengths, Span<float> dX, int batch, int length, int channels, bool accumulate) =>
        GlobalMaxBackward(dY, x, lengths, dX, batch, length, channels, accumulate, LaneLoop.Active);

    internal static void GlobalAverage(
        ReadOnlySpan<float> x, ReadOnlySpan<int> lengths, Span<float> y, int batch, int length, int channels, Isa isa) =>
        Global(x, lengths, y, average: true, batch, length, channels, isa);

    internal static void GlobalMax(
        ReadOnlySpan<float> x, ReadOnlySpan<int> lengths, Span<float> y, int batch, int length, int channels, Isa isa) =>
        Global(x, lengths, y, average: false, batch, length, channels, isa);

    internal static void GlobalAverageBackward(
        ReadOnlySpan<float> dY, ReadOnlySpan<int> lengths, Span<float> dX, int batch, int length, int channels, bool accumulate, Isa isa)
    {
        RequireGlobal(dX.Length, nameof(dX), lengths, dY.Length, nameof(dY), batch, length, channels);
        fixed (float* dy = dY, dx = dX)
        fixed (int* l = lengths)
        {
            var body = new GlobalBackwardBody { DY = dy, Lengths = l, DX = dx, Length = length, Channels = channels, Accumulate = accumulate };
            LaneLoop.Run(isa, batch, (long)batch * length * channels >= LaneLoop.ParallelElements, body);
        }
    }

    internal static void GlobalMaxBackward(
        ReadOnlySpan<float> dY, ReadOnlySpan<float> x, ReadOnlySpan<int> lengths, Span<float> dX, int batch, int length, int channels, bool accumulate, Isa isa)
    {
        RequireGlobal(x.Length, nameof(x), lengths, dY.Length, nameof(dY), batch, length, channels);
        Shape.Require(dX.Length, batch * length, channels, nameof(dX));
        fixed (float* dy = dY, px = x, dx = dX)
        fixed (int* l = lengths)
        {
            var body = new GlobalBackwardBody { DY = dy, X = px, Lengths = l, DX = dx, Length = length, Channels = channels, Accumulate = accumulate };
            LaneLoop.Run(isa, batch, (long)batch * length * channels >= LaneLoop.ParallelElements, body);
        }
    }

    private static void Global(
        ReadOnlySpan<float> x, ReadOnlySpan<int> lengths, Span<float> y, bool average, int batch, int length, int channels, Isa isa)
    {
        RequireGlobal(x.Length, nameof(x), lengths, y.Length, nameof(y), batch, length, channels);
        fixed (float* px = x, py = y)
        fixed (int* l = lengths)
        {
            var body = new GlobalBody { X = px, Lengths = l, Y = py, Length = length, Channels = channels, Average = average };
            LaneLoop.Run(isa, batch, (long)batch * length * channels >= LaneLoop.ParallelElements, body);
        }
    }

    private static void RequireGlobal(int x, string xName, ReadOnlySpan<int> lengths, int y, string yName, int batch, int length, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Shape.Require(x, checked(batch * length), channels, xName);
        Shape.Require(y, batch, channels, yName);
        if (lengths.IsEmpty) return;
        Shape.Require(lengths.Length, batch, nameof(lengths));
        for (int i = 0; i < batch; i++)
        {
            if ((uint)lengths[i] > (uint)length)
                throw new ArgumentOutOfRangeException(nameof(lengths), lengths[i], $"Series {i} cannot have so many steps: its place holds 0 to {length}.");
        }
    }

    private struct GlobalBody : ILaneBody
    {
        public float* X;
        public int* Lengths;
        public float* Y;
        public int Length;
        public int Channels;
        public bool Average;

        public readonly void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            float* x = X + ((nint)item * Length * Channels);
            float* y = Y + ((nint)item * Channels);
            int count = Lengths is null ? Length : Lengths[item];
            if (count == 0) new Span<float>(y, Channels).Clear();
            else if (Average) Steps.Mean<TLanes>(x, count, y, Channels);
            else Steps.Max<TLanes>(x, count, y, Channels);
        }
    }

    private struct GlobalBackwardBody : ILaneBody
    {
        public float* DY;

        /// <summary>Null for the mean.</summary>
        public float* X;

        public int* Lengths;
        public float* DX;
        public int Length;
        public int Channels;
        public bool Accumulate;

        public readonly void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            nint offset = (nint)item * Length * Channels;
            float* dY = DY + ((nint)item * Channels);
            int count = Lengths is null ? Length : Lengths[item];
            if (!Accumulate) new Span<float>(DX + offset, Length * Channels).Clear();
            if (X is null) Steps.SpreadMean<TLanes>(dY, DX + offset, count, Channels);
            else Steps.SpreadMax<TLanes>(dY, X + offset, DX + offset, count, Channels);
        }
    }
}
