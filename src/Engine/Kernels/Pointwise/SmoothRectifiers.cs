using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Pointwise;

/// <summary>log(1 + e^x), the rectifier made smooth.</summary>
public readonly struct Softplus : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeOfInput => true;

    /// <inheritdoc/>
    public static ulong DeviceCode => (ulong)Activation.Softplus;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Forward(float x) => Value(new Lanes1(x)).Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Forward(Vector256<float> x) => Value(new Lanes8(x)).Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Forward(Vector512<float> x) => Value(new Lanes16(x)).Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Derivative(float saved) => Slope(new Lanes1(saved)).Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Derivative(Vector256<float> saved) => Slope(new Lanes8(saved)).Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Derivative(Vector512<float> saved) => Slope(new Lanes16(saved)).Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Value<T>(T x)
        where T : struct, ILanes<T> => Functions.AtLeast(x, 0f) + Functions.LogOnePlus(Functions.Exp(T.Create(0f) - T.Abs(x)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Slope<T>(T saved)
        where T : struct, ILanes<T> => Functions.Sigmoid(saved);
}

/// <summary>x times the logistic function of x, also called swish (Elfwing et al., 2018).</summary>
public readonly struct Silu : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeOfInput => true;

    /// <inheritdoc/>
    public static ulong DeviceCode => (ulong)Activation.Silu;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Forward(float x) => Value(new Lanes1(x)).Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Forward(Vector256<float> x) => Value(new Lanes8(x)).Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Forward(Vector512<float> x) => Value(new Lanes16(x)).Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Derivative(float saved) => Slope(new Lanes1(saved)).Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Derivative(Vector256<float> saved) => Slope(new Lanes8(saved)).Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Derivative(Vector512<float> saved) => Slope(new Lanes16(saved)).Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Value<T>(T x)
        where T : struct, ILanes<T>
    {
        // At the bound the result is 0 already; minus infinity itself would give infinity times 0.
        T a = Functions.AtLeast(x, -104f);
        return a * Functions.Sigmoid(a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Slope<T>(T saved)
        where T : struct, ILanes<T>
    {
        T a = Functions.AtMost(Functions.AtLeast(saved, -104f), 104f);
        T s = Functions.Sigmoid(a);
        return T.MultiplyAdd(a * s, T.Create(1f) - s, s);
    }
}
