using FastNets.Kernels.Lanes;
using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Normalization;

/// <summary>Batch normalisation over the columns of a row-major matrix (Ioffe and Szegedy, 2015).</summary>
/// <remarks>Thread-safe. Same bits for the same instruction set, whatever the number of threads. Nothing is allocated.</remarks>
public static unsafe partial class BatchNormKernels
{
    // A block of columns of an ordinary batch stays in the second cache while it is passed over again.
    private const int ColumnBlock = 256;

    /// <summary>
    /// y = dropout(f(gamma * (x - mean) / sqrt(variance + epsilon) + beta)) with the batch's own statistics, and the running
    /// statistics' update.
    /// </summary>
    /// <remarks>
    /// The variance is the mean of squares of x less the mean, found in a pass after the mean's and corrected by what is left
    /// of the sum of those differences (Chan, Golub and LeVeque, 1983): a large mean costs no digits.
    /// </remarks>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="x">[batch, features].</param>
    /// <param name="gamma">[features].</param>
    /// <param name="beta">[features].</param>
    /// <param name="runningMean">[features], updated.</param>
    /// <param name="runningVariance">[features], updated.</param>
    /// <param name="mean">[features], overwritten: for the backward pass.</param>
    /// <param name="inverseDeviation">[features], overwritten: for the backward pass.</param>
    /// <param name="y">[batch, features], overwritten.</param>
    /// <param name="batch">Rows, at least 1.</param>
    /// <param name="features">Columns.</param>
    /// <param name="settings">Momentum, epsilon and the running variance's kind.</param>
    /// <param name="dropout">The mask on f's output.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Forward<TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, Span<float> runningMean, Span<float> runningVariance,
        Span<float> mean, Span<float> inverseDeviation, Span<float> y, int batch, int features, BatchNormSettings settings, DropoutMask dropout)
        where TActivation : struct, IActivation =>
        Forward<TActivation>(x, gamma, beta, runningMean, runningVariance, mean, inverseDeviation, y, batch, features, settings, dropout, LaneLoop.Active);

    /// <summary>The gradients of <see cref="Forward{TActivation}(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, Span{float}, Span{float}, Span{float}, Span{float}, int, int, BatchNormSettings, DropoutMask)"/>, the statistics' share included.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="dY">[batch, features].</param>
    /// <param name="x">The layer's input, [batch, features].</param>
    /// <param name="gamma">[features].</param>
    /// <param name="beta">[features].</param>
    /// <param name="mean">From the forward pass, [features].</param>
    /// <param name="inverseDeviation">From the forward pass, [features].</param>
    /// <param name="dX">[batch, features], overwritten; or empty. May be dY.</param>
    /// <param name="dGamma">[features], overwritten.</param>
    /// <param name="dBeta">[features], overwritten.</param>
    /// <param name="batch">Rows, at least 1.</param>
    /// <param name="features">Columns.</param>
    /// <param name="dropout">The mask of the forward pass.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Backward<TActivation>(
        ReadOnlySpan<float> dY, ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, ReadOnlySpan<float> mean,
        ReadOnlySpan<float> inverseDeviation, Span<float> dX, Span<float> dGamma, Span<float> dBeta, int batch, int features, DropoutMask dropout)
        where TActivation : struct, IActivation =>
        Backward<TActivation>(dY, x, gamma, beta, mean, inverseDeviation, dX, dGamma, dBeta, batch, features, dropout, LaneLoop.Active);

    internal static void Forward<TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, Span<float> runningMean, Span<float> runningVariance,
        Span<float> mean, Span<float> inverseDeviation, Span<float> y, int batch, int features, BatchNormSettings settings, DropoutMask dropout, Isa isa)
        where TActivation : struct, IActivation
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        Shape.Require(x.Length, batch, features, nameof(x));
        Shape.Require(y.Length, batch, features, nameof(y));
        Shape.Require(gamma.Length, features, nameof(gamma));
        Shape.Require(beta.Length, features, nameof(beta));
        Shape.Require(runningMean.Length, features, nameof(runningMean));
        Shape.Require(runningVariance.Length, features, nameof(runningVariance));
        Shape.Require(mean.Length, features, nameof(mean));
        Shape.Require(inverseDeviation.Length, features, nameof(inverseDeviation));
        fixed (float* px = x, g = gamma, b = beta, rm = runningMean, rv = runningVariance, m = mean, s = inverseDeviation, py = y)
        {
            var body = new ForwardBody<TActivation>
            {
                X = px,
                Gamma = g,
                Beta = b,
                RunningMean = rm,
                RunningVariance = rv,
                Mean = m,
                InverseDeviation = s,
                Y = py,
                Batch = batch,
                Features = features,
                Settings = settings,
                Dropout = new DropoutBits(dropout, features),
            };
            LaneLoop.Run(isa, (features + ColumnBlock - 1) / ColumnBlock, (long)batch * features >= LaneLoop.ParallelElements / 2, body);
        }
    }

    internal static void Backward<TActivation>(
        ReadOnlySpan<float> dY, ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, ReadOnlySpan<float> mean,
        ReadOnlySpan<float> inverseDeviation, Span<float> dX, Span<float> dGamma, Span<float> dBeta, int batch, int features, DropoutMask dropout, Isa isa)
        where TActivation : struct, IActivation
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        Shape.Require(dY.Length, batch, features, nameof(dY));
        Shape.Require(x.Length, batch, features, nameof(x));
        Shape.Require(gamma.Length, features, nameof(gamma));
        Shape.Require(beta.Length, features, nameof(beta));
        Shape.Require(mean.Length, features, nameof(mean));
        Shape.Require(inverseDeviation.Length, features, nameof(inverseDeviation));
        Shape.RequireIfAny(dX.Length, batch, features, nameof(dX));
        Shape.Require(dGamma.Length, features, nameof(dGamma));
        Shape.Require(dBeta.Length, features, nameof(dBeta));
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
                DGamma = dg,
                DBeta = db,
                Batch = batch,
                Features = features,
                Dropout = new DropoutBits(dropout, features),
            };
            LaneLoop.Run(isa, (features + ColumnBlock - 1) / ColumnBlock, (long)batch * features >= LaneLoop.ParallelElements / 2, body);
        }
    }
}
