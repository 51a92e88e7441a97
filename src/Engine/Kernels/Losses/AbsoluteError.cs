using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Losses;

/// <summary>The absolute error: |output - target|. Its mean is the mean absolute error.</summary>
/// <remarks>Derivative: the sign of output - target, and 0 where they are equal.</remarks>
public readonly struct AbsoluteError : IPointwiseLoss
{
    /// <inheritdoc/>
    public static Loss DeviceCode => FastNets.Loss.MeanAbsoluteError;

    /// <inheritdoc/>
    public float DeviceParameter => 0;

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
    private static T LossOf<T>(T output, T target)
        where T : struct, ILanes<T> => T.Abs(output - target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SlopeOf<T>(T output, T target)
        where T : struct, ILanes<T>
    {
        T error = output - target;
        return T.Select(T.Greater(T.Abs(error), T.Create(0f)), T.CopySign(T.Create(1f), error), error);
    }
}
