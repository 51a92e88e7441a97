using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Pointwise;

/// <summary>The rectifier: max(x, 0) (Nair and Hinton, 2010). NaN stays NaN.</summary>
public readonly struct Relu : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeOfInput => false;

    /// <inheritdoc/>
    public static ulong DeviceCode => (ulong)Activation.ReLU;

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
        where T : struct, ILanes<T> => Functions.AtLeast(x, 0f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Slope<T>(T saved)
        where T : struct, ILanes<T> => T.KeepWhere(T.Greater(saved, T.Create(0f)), T.Create(1f));
}

/// <summary>x above 0, 0.01 x below (Maas et al., 2013).</summary>
public readonly struct LeakyRelu : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeOfInput => false;

    /// <inheritdoc/>
    public static ulong DeviceCode => (ulong)Activation.LeakyReLU;

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
        where T : struct, ILanes<T> => T.Select(T.Less(x, T.Create(0f)), x * T.Create(0.01f), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Slope<T>(T saved)
        where T : struct, ILanes<T> => T.Select(T.Greater(saved, T.Create(0f)), T.Create(1f), T.Create(0.01f));
}
