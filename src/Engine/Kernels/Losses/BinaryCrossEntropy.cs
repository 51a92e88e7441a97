using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FastNets.Kernels.Lanes;
using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Losses;

/// <summary>
/// The cross-entropy of a probability that the output is the logit x of, -t log(sigmoid(x)) - (1 - t) log(1 - sigmoid(x)), computed
/// as max(x, 0) - x t + log(1 + e^-|x|): finite for every finite x, with no clipping.
/// </summary>
/// <remarks>
/// Targets t are probabilities in [0, 1]. Derivative: sigmoid(x) - t. PyTorch's BCEWithLogitsLoss; Keras's BinaryCrossentropy with from_logits.
/// </remarks>
public readonly struct BinaryCrossEntropy : IPointwiseLoss
{
    /// <inheritdoc/>
    public static Loss DeviceCode => FastNets.Loss.BinaryCrossEntropy;

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
        where T : struct, ILanes<T>
    {
        T rest = Functions.LogOnePlus(Functions.Exp(T.Create(0f) - T.Abs(output)));
        return T.MultiplySubtractFrom(output, target, Functions.AtLeast(output, 0f)) + rest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SlopeOf<T>(T output, T target)
        where T : struct, ILanes<T> => Functions.Sigmoid(output) - target;
}
