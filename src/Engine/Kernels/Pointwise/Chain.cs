using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FastNets.Kernels.Pointwise;

/// <summary>One activation after another as a single one: f(x) = second(first(x)). An identity among them vanishes.</summary>
/// <remarks>
/// Of two real functions the derivative is one of the input, because the first one's output is nowhere kept; the forward
/// value of the first is computed again in the backward pass.
/// </remarks>
/// <typeparam name="TFirst">The one that sees the input.</typeparam>
/// <typeparam name="TSecond">The one that gives the output.</typeparam>
public readonly struct Chain<TFirst, TSecond> : IActivation
    where TFirst : struct, IActivation
    where TSecond : struct, IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeOfInput =>
        TFirst.IsIdentity ? TSecond.DerivativeOfInput : !TSecond.IsIdentity || TFirst.DerivativeOfInput;

    /// <inheritdoc/>
    public static bool IsIdentity => TFirst.IsIdentity && TSecond.IsIdentity;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The chain has more than 16 functions.</exception>
    public static ulong DeviceCode
    {
        get
        {
            int bits = (67 - BitOperations.LeadingZeroCount(TFirst.DeviceCode)) / 4 * 4;
            if (TSecond.DeviceCode == 0 || bits == 0) return TFirst.DeviceCode | TSecond.DeviceCode;
            return bits + 64 - BitOperations.LeadingZeroCount(TSecond.DeviceCode) <= 64
                ? TFirst.DeviceCode | (TSecond.DeviceCode << bits)
                : throw new NotSupportedException("More than 16 functions follow each other without a layer between them that learns.");
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Forward(float x) => TSecond.Forward(TFirst.Forward(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Forward(Vector256<float> x) => TSecond.Forward(TFirst.Forward(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Forward(Vector512<float> x) => TSecond.Forward(TFirst.Forward(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Derivative(float saved)
    {
        if (TFirst.IsIdentity) return TSecond.Derivative(saved);
        if (TSecond.IsIdentity) return TFirst.Derivative(saved);
        float between = TFirst.Forward(saved);
        float first = TFirst.Derivative(TFirst.DerivativeOfInput ? saved : between);
        float second = TSecond.Derivative(TSecond.DerivativeOfInput ? between : TSecond.Forward(between));
        return first * second;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Derivative(Vector256<float> saved)
    {
        if (TFirst.IsIdentity) return TSecond.Derivative(saved);
        if (TSecond.IsIdentity) return TFirst.Derivative(saved);
        Vector256<float> between = TFirst.Forward(saved);
        Vector256<float> first = TFirst.Derivative(TFirst.DerivativeOfInput ? saved : between);
        Vector256<float> second = TSecond.Derivative(TSecond.DerivativeOfInput ? between : TSecond.Forward(between));
        return first * second;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Derivative(Vector512<float> saved)
    {
        if (TFirst.IsIdentity) return TSecond.Derivative(saved);
        if (TSecond.IsIdentity) return TFirst.Derivative(saved);
        Vector512<float> between = TFirst.Forward(saved);
        Vector512<float> first = TFirst.Derivative(TFirst.DerivativeOfInput ? saved : between);
        Vector512<float> second = TSecond.Derivative(TSecond.DerivativeOfInput ? between : TSecond.Forward(between));
        return first * second;
    }
}
