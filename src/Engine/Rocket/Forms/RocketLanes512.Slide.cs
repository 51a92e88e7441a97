using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastNets.Rocket;

/// <content>What a step of a window needs.</content>
internal readonly unsafe partial struct RocketLanes512
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes512 AddWhole(RocketLanes512 a, RocketLanes512 b) => new((a._value.AsInt32() + b._value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes512 SubtractWhole(RocketLanes512 a, RocketLanes512 b) => new((a._value.AsInt32() - b._value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes512 LoadBytes(byte* address) => new(Avx512F.ConvertToVector512Int32(Vector128.Load(address)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreBytes(byte* address) => Avx512F.ConvertToVector128Byte(_value.AsInt32()).Store(address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes512 Outputs(float* alpha, float* taps, RocketLanes512 first, RocketLanes512 second, RocketLanes512 third)
    {
        Vector512<float> low = Vector512.Load(taps), high = Vector512.Load(taps + 1);
        return new(Vector512.Create(*alpha)
            + Avx512F.PermuteVar16x32(low, first._value.AsInt32())
            + Avx512F.PermuteVar16x32(low, second._value.AsInt32())
            + Avx512F.PermuteVar16x32(high, third._value.AsInt32()));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes512 Share(RocketLanes512 counts, RocketLanes512 divisor, RocketLanes512 reciprocal)
    {
        // As ShareOutput does it.
        Vector512<float> count = Avx512F.ConvertToVector512Single(counts._value.AsInt32());
        Vector512<float> quotient = count * reciprocal._value;
        Vector512<float> rest = Avx512F.FusedMultiplyAddNegated(quotient, divisor._value, count);
        return new(Avx512F.FusedMultiplyAdd(rest, reciprocal._value, quotient));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFours(RocketLanes512 value0, RocketLanes512 value1, RocketLanes512 value2, RocketLanes512 value3, float* target, nint stride)
    {
        // Four by four within each quarter: of lanes 0, 4, 8 and 12, then of lanes 1, 5, 9 and 13, and so on.
        Vector512<double> low01 = Avx512F.UnpackLow(value0._value, value1._value).AsDouble(), low23 = Avx512F.UnpackLow(value2._value, value3._value).AsDouble();
        Vector512<double> high01 = Avx512F.UnpackHigh(value0._value, value1._value).AsDouble(), high23 = Avx512F.UnpackHigh(value2._value, value3._value).AsDouble();
        StoreQuarters(Avx512F.UnpackLow(low01, low23).AsSingle(), target, 4 * stride);
        StoreQuarters(Avx512F.UnpackHigh(low01, low23).AsSingle(), target + stride, 4 * stride);
        StoreQuarters(Avx512F.UnpackLow(high01, high23).AsSingle(), target + (2 * stride), 4 * stride);
        StoreQuarters(Avx512F.UnpackHigh(high01, high23).AsSingle(), target + (3 * stride), 4 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreQuarters(Vector512<float> values, float* target, nint stride)
    {
        values.GetLower().GetLower().Store(target);
        Avx512F.ExtractVector128(values, 1).Store(target + stride);
        Avx512F.ExtractVector128(values, 2).Store(target + (2 * stride));
        Avx512F.ExtractVector128(values, 3).Store(target + (3 * stride));
    }
}
