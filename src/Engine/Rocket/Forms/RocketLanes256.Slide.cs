using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastNets.Rocket;

/// <content>What a step of a window needs.</content>
internal readonly unsafe partial struct RocketLanes256
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes256 AddWhole(RocketLanes256 a, RocketLanes256 b) => new((a._value.AsInt32() + b._value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes256 SubtractWhole(RocketLanes256 a, RocketLanes256 b) => new((a._value.AsInt32() - b._value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes256 LoadBytes(byte* address) => new(Avx2.ConvertToVector256Int32(address).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreBytes(byte* address)
    {
        // Packed in each half: words, then bytes.
        Vector256<short> words = Avx2.PackSignedSaturate(_value.AsInt32(), _value.AsInt32());
        Vector256<int> bytes = Avx2.PackUnsignedSaturate(words, words).AsInt32();
        *(long*)address = Sse2.UnpackLow(bytes.GetLower(), bytes.GetUpper()).AsInt64().ToScalar();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes256 Outputs(float* alpha, float* taps, RocketLanes256 first, RocketLanes256 second, RocketLanes256 third)
    {
        Vector256<float> low = Vector256.Load(taps), high = Vector256.Load(taps + 1);
        return new(Vector256.Create(*alpha)
            + Avx2.PermuteVar8x32(low, first._value.AsInt32())
            + Avx2.PermuteVar8x32(low, second._value.AsInt32())
            + Avx2.PermuteVar8x32(high, third._value.AsInt32()));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes256 Share(RocketLanes256 counts, RocketLanes256 divisor, RocketLanes256 reciprocal)
    {
        // As ShareOutput does it.
        Vector256<float> count = Avx.ConvertToVector256Single(counts._value.AsInt32());
        Vector256<float> quotient = count * reciprocal._value;
        Vector256<float> rest = Fma.MultiplyAddNegated(quotient, divisor._value, count);
        return new(Fma.MultiplyAdd(rest, reciprocal._value, quotient));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFours(RocketLanes256 value0, RocketLanes256 value1, RocketLanes256 value2, RocketLanes256 value3, float* target, nint stride)
    {
        // Four by four within each half: of lanes 0 and 4, then of lanes 1 and 5, and so on.
        Vector256<double> low01 = Avx.UnpackLow(value0._value, value1._value).AsDouble(), low23 = Avx.UnpackLow(value2._value, value3._value).AsDouble();
        Vector256<double> high01 = Avx.UnpackHigh(value0._value, value1._value).AsDouble(), high23 = Avx.UnpackHigh(value2._value, value3._value).AsDouble();
        StoreHalves(Avx.UnpackLow(low01, low23).AsSingle(), target, 4 * stride);
        StoreHalves(Avx.UnpackHigh(low01, low23).AsSingle(), target + stride, 4 * stride);
        StoreHalves(Avx.UnpackLow(high01, high23).AsSingle(), target + (2 * stride), 4 * stride);
        StoreHalves(Avx.UnpackHigh(high01, high23).AsSingle(), target + (3 * stride), 4 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreHalves(Vector256<float> values, float* target, nint stride)
    {
        values.GetLower().Store(target);
        values.GetUpper().Store(target + stride);
    }
}
