using FastNets.Kernels.Lanes;
using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Normalization;

/// <summary>Layer normalisation over the columns of each row of a row-major matrix (Ba, Kiros and Hinton, 2016).</summary>
/// <remarks>
/// Thread-safe. Same bits for the same instruction set, whatever the number of threads. Allocates only scratch that is kept for
/// the thread's next call.
/// </remarks>
public static unsafe partial class LayerNormKernels
{
    private const int ElementsPerItem = 1 << 14;

    /// <summary>y = dropout(f(gamma * (x - mean) / sqrt(variance + epsilon) + beta)), mean and variance those of each row.</summary>
    /// <remarks>
    /// The variance is the mean of squares of x less the mean, found in a pass after the mean's and corrected by what is left
    /// of the sum of those differences (Chan, Golub and LeVeque, 1983): a large mean costs no digits.
    /// </remarks>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="x">[rows, columns].</param>
    /// <param name="gamma">[columns].</param>
    /// <param name="beta">[columns].</param>
    /// <param name="mean">[rows], overwritten: for the backward pass.</param>
    /// <param name="inverseDeviation">1 / sqrt(variance + epsilon), [rows], overwritten: for the backward pass.</param>
    /// <param name="y">[rows, columns], overwritten; may be x.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns, at least 1.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="dropout">The mask on f's output.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Forward<TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, Span<float> mean, Span<float> inverseDeviation, Span<float> y,
        int rows, int columns, float epsilon, DropoutMask dropout)
        where TActivation : struct, IActivation =>
        Forward<TActivation>(x, gamma, beta, mean, inverseDeviation, y, rows, columns, epsilon, dropout, LaneLoop.Active);

    /// <summary>The gradients of <see cref="Forward{TActivation}(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, Span{float}, Span{float}, int, int, float, DropoutMask)"/>, the statistics' share included.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="dY">[rows, columns].</param>
    /// <param name="x">The layer's input, [rows, columns]; f's input is made from it again.</param>
    /// <param name="gamma">[columns].</param>
    /// <param name="beta">[columns].</param>
    /// <param name="mean">From the forward pass, [rows].</param>
    /// <param name="inverseDeviation">From the forward pass, [rows].</param>
    /// <param name="dX">[rows, columns], overwritten; or empty. May be dY.</param>
    /// <param name="dGamma">[columns], overwritten.</param>
    /// <param name="dBeta">[columns], overwritten.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns, at least 1.</param>
    /// <param name="dropout">The mask of the forward pass.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Backward<TActivation>(
        ReadOnlySpan<float> dY, ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, ReadOnlySpan<float> mean,
        ReadOnlySpan<float> inverseDeviation, Span<float> dX, Span<float> dGamma, Span<float> dBeta, int rows, int columns, DropoutMask dropout)
        where TActivation : struct, IActivation =>
        Backward<TActivation>(dY, x, gamma, beta, mean, inverseDeviation, dX, dGamma, dBeta, rows, columns, dropout, LaneLoop.Active);

    internal static void Forward<TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, Span<float> mean, Span<float> inverseDeviation, Span<float> y,
        int rows, int columns, float epsilon, DropoutMask dropout, Isa isa)
        where TActivation : struct, IActivation
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        Shape.Require(x.Length, rows, columns, nameof(x));
        Shape.Require(y.Length, rows, columns, nameof(y));
        Shape.Require(gamma.Length, columns, nameof(gamma));
        Shape.Require(beta.Length, columns, nameof(beta));
        Shape.Require(mean.Length, rows, nameof(mean));
        Shape.Require(inverseDeviation.Length, rows, nameof(inverseDeviation));
        fixed (float* px = x, g = gamma, b = beta, m = mean, s = inverseDeviation, py = y)
        {
            var body = new ForwardBody<TActivation>
            {
                X = px,
                Mean = m,
                InverseDeviation = s,
                Y = py,
                Rows = rows,
                Columns = columns,
                RowsPerItem = Math.Max(1, ElementsPerItem / columns),
                Epsilon = epsilon,
                Tail = new RowTail<TActivation>(null, g, b, new DropoutBits(dropout, columns)),
            };
            LaneLoop.Run(isa, (rows + body.RowsPerItem - 1) / body.RowsPerItem, (long)rows * columns >= LaneLoop.ParallelElements / 2, body);
        }
    }

    internal static void Backward<TActivation>(
        ReadOnlySpan<float> dY, ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, ReadOnlySpan<float> mean,
        ReadOnlySpan<float> inverseDeviation, Span<float> dX, Span<float> dGamma, Span<float> dBeta, int rows, int columns, DropoutMask dropout, Isa isa)
        where TActivation : struct, IActivation
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        Shape.Require(dY.Length, rows, columns, nameof(dY));
        Shape.Require(x.Length, rows, columns, nameof(x));
        Shape.Require(gamma.Length, columns, nameof(gamma));
        Shape.Require(beta.Length, columns, nameof(beta));
        Shape.Require(mean.Length, rows, nameof(mean));
        Shape.Require(inverseDeviation.Length, rows, nameof(inverseDeviation));
        Shape.RequireIfAny(dX.Length, rows, columns, nameof(dX));
        Shape.Require(dGamma.Length, columns, nameof(dGamma));
        Shape.Require(dBeta.Length, columns, nameof(dBeta));
        int items = (rows + PointwiseKernels.RowsPerSum - 1) / PointwiseKernels.RowsPerSum;
        fixed (float* dy = dY, px = x, g = gamma, b = beta, m = mean, s = inverseDeviation, dx = dX, dg = dGamma, db = dBeta)
        {
            var body = new BackwardBody<TActivation>
            {
                DY = dy,
                X = px,
                Gamma = g,
                Beta = b,
                Mean = m,
                InverseDeviation = s,
                DX = dx,
                Partials = (float*)ThreadScratch.Get(ThreadScratch.Use.Partials, 2 * (nuint)items * (nuint)columns * sizeof(float)),
                Rows = rows,
                Columns = columns,
                Dropout = new DropoutBits(dropout, columns),
            };
            LaneLoop.Run(isa, items, (long)rows * columns >= LaneLoop.ParallelElements / 2, body);
            var sums = new SumBody { Partials = body.Partials, DGamma = dg, DBeta = db, Items = items, Columns = columns };
            LaneLoop.Run(isa, 1, parallel: false, sums);
        }
    }
}
