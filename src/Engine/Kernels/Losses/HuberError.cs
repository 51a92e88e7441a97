using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FastNets.Kernels.Lanes;
using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Losses;

/// <summary>Huber's loss: half the squared error up to delta, delta * (|error| - delta / 2) beyond (Huber, 1964).</summary>
/// <remarks>
/// Derivative: output - target, cut to within delta of 0. With the factor 1/2, as the loss is defined: where all errors are within
/// delta it is half of <see cref="SquaredError"/>. PyTorch's and Keras's losses of this name are the same.
/// </remarks>
/// <param name="delta">Where the square turns into a line; above 0.</param>
public readonly struct HuberError(float delta) : IPointwiseLoss
{
    /// <inheritdoc/>
    public static Loss DeviceCode => FastNets.Loss.Huber;

    /// <inheritdoc/>
    public float DeviceParameter => delta;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Loss(float output, float target) => LossOf(new Lanes1(output), new Lanes1(target)).Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Loss(Vector256<float> output, Vector256<float> target) => LossOf(new Lanes8(output), new Lanes8(target)).Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Loss(Vector512<float> output, Vector512<float> target) => LossOf(new Lanes16(output), new Lanes16(target)).Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Gradient(float output, float target) => SlopeOf(new Lanes1(output), new Lanes1(target)).Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Gradient(Vector256<float> output, Vector256<float> target) => SlopeOf(new Lanes8(output), new Lanes8(target)).Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Gradient(Vector512<float> output, Vector512<float> target) => SlopeOf(new Lanes16(output), new Lanes16(target)).Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T LossOf<T>(T output, T target)
        where T : struct, ILanes<T>
    {
        // The square's part of the error; with c = |error| and c = delta this is both branches.
        T error = T.Abs(output - target);
        T c = Functions.AtMost(error, delta);
        return c * T.MultiplySubtractFrom(T.Create(0.5f), c, error);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T SlopeOf<T>(T output, T target)
        where T : struct, ILanes<T> => Functions.AtMost(Functions.AtLeast(output - target, -delta), delta);
}
