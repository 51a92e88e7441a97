using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Pointwise;

/// <summary>x times the normal distribution function of x, by the error function (Hendrycks and Gimpel, 2016).</summary>
public readonly struct Gelu : IActivation
{
    // Here the distribution function is 0 and 1; minus infinity itself would give infinity times 0.
    internal const float Lowest = -14f;
    internal const float Highest = 14f;

    /// <inheritdoc/>
    public static bool DerivativeOfInput => true;

    /// <inheritdoc/>
    public static ulong DeviceCode => (ulong)Activation.Gelu;

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
        T a = Functions.AtLeast(x, Lowest);
        T half = a * T.Create(0.5f);
        return T.MultiplyAdd(half, Functions.Erf(a * T.Create(0.70710678f)), half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Slope<T>(T saved)
        where T : struct, ILanes<T>
    {
        T a = Functions.AtMost(Functions.AtLeast(saved, Lowest), Highest);
        T distribution = T.MultiplyAdd(T.Create(0.5f), Functions.Erf(a * T.Create(0.70710678f)), T.Create(0.5f));
        T density = T.Create(0.39894228f) * Functions.Exp(a * a * T.Create(-0.5f));
        return T.MultiplyAdd(a, density, distribution);
    }
}

/// <summary>The approximation of <see cref="Gelu"/> by a hyperbolic tangent (Hendrycks and Gimpel, 2016).</summary>
public readonly struct GeluTanh : IActivation
{
    private const float TwiceRoot = 1.59576912f;
    private const float Cubic = 0.044715f;

    /// <inheritdoc/>
    public static bool DerivativeOfInput => true;

    /// <inheritdoc/>
    public static ulong DeviceCode => (ulong)Activation.GeluTanh;

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

    // (1 + tanh u) / 2 is the logistic function of 2u, which keeps its digits on the left.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Value<T>(T x)
        where T : struct, ILanes<T>
    {
        T a = Functions.AtLeast(x, Gelu.Lowest);
        return a * Functions.Sigmoid(Inner(a));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Slope<T>(T saved)
        where T : struct, ILanes<T>
    {
        T a = Functions.AtMost(Functions.AtLeast(saved, Gelu.Lowest), Gelu.Highest);
        T s = Functions.Sigmoid(Inner(a));
        T slope = T.MultiplyAdd(a * a, T.Create(3 * Cubic * TwiceRoot), T.Create(TwiceRoot));
        return T.MultiplyAdd(a * s * (T.Create(1f) - s), slope, s);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Inner<T>(T a)
        where T : struct, ILanes<T> => T.MultiplyAdd(a * a * a, T.Create(Cubic * TwiceRoot), a * T.Create(TwiceRoot));
}
