using System.Runtime.Intrinsics;

namespace FastNets.Kernels.Pointwise;

/// <summary>f(x) = x: kernels leave it out.</summary>
public readonly struct Identity : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeOfInput => false;

    /// <inheritdoc/>
    public static ulong DeviceCode => 0;

    /// <inheritdoc/>
    public static bool IsIdentity => true;

    /// <inheritdoc/>
    public static float Forward(float x) => x;

    /// <inheritdoc/>
    public static Vector256<float> Forward(Vector256<float> x) => x;

    /// <inheritdoc/>
    public static Vector512<float> Forward(Vector512<float> x) => x;

    /// <inheritdoc/>
    public static float Derivative(float saved) => 1f;

    /// <inheritdoc/>
    public static Vector256<float> Derivative(Vector256<float> saved) => Vector256<float>.One;

    /// <inheritdoc/>
    public static Vector512<float> Derivative(Vector512<float> saved) => Vector512<float>.One;
}
