using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Pointwise;

/// <summary>x above 0, e^x - 1 below (Clevert et al., 2016).</summary>
public readonly struct Elu : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeOfInput => false;

    /// <inheritdoc/>
    public static ulong DeviceCode => (ulong)Activation.Elu;

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
        where T : struct, ILanes<T> => T.Select(T.Greater(x, T.Create(0f)), x, Functions.ExpMinusOne(Functions.AtMost(x, 0f)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Slope<T>(T saved)
        where T : struct, ILanes<T> => T.Select(T.Greater(saved, T.Create(0f)), T.Create(1f), saved + T.Create(1f));
}

/// <summary>The self-normalising unit: lambda x above 0, lambda alpha (e^x - 1) below (Klambauer et al., 2017).</summary>
public readonly struct Selu : IActivation
{
    private const float Lambda = 1.05070099f;
    private const float Alpha = 1.67326324f;

    /// <inheritdoc/>
    public static bool DerivativeOfInput => false;

    /// <inheritdoc/>
    public static ulong DeviceCode => (ulong)Activation.Selu;

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
        where T : struct, ILanes<T> => T.Select(T.Greater(x, T.Create(0f)), x * T.Create(Lambda), Functions.ExpMinusOne(Functions.AtMost(x, 0f)) * T.Create(Lambda * Alpha));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Slope<T>(T saved)
        where T : struct, ILanes<T> => T.Select(T.Greater(saved, T.Create(0f)), T.Create(Lambda), saved + T.Create(Lambda * Alpha));
}
