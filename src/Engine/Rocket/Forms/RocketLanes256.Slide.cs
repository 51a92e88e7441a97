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
    public static void StoreShares(float* counts, float* divisors, float* reciprocals, float* target, nint stride)
    {
        // Four by four within each half: of lanes 0 and 4, then of lanes 1 and 5, and so on.
        Vector256<float> share0 = Share(counts, divisors, reciprocals, 0), share1 = Share(counts, divisors, reciprocals, 1), share2 = Share(counts, divisors, reciprocals, 2), share3 = Share(counts, divisors, reciprocals, 3);
        Vector256<double> low01 = Avx.UnpackLow(share0, share1).AsDouble(), low23 = Avx.UnpackLow(share2, share3).AsDouble();
        Vector256<double> high01 = Avx.UnpackHigh(share0, share1).AsDouble(), high23 = Avx.UnpackHigh(share2, share3).AsDouble();
        Vector256<float> share4 = Share(counts, divisors, reciprocals, 4), share5 = Share(counts, divisors, reciprocals, 5), share6 = Share(counts, divisors, reciprocals, 6), share7 = Share(counts, divisors, reciprocals, 7);
        Vector256<double> low45 = Avx.UnpackLow(share4, share5).AsDouble(), low67 = Avx.UnpackLow(share6, share7).AsDouble();
        Vector256<double> high45 = Avx.UnpackHigh(share4, share5).AsDouble(), high67 = Avx.UnpackHigh(share6, share7).AsDouble();
        StoreLanes(Avx.UnpackLow(low01, low23), Avx.UnpackLow(low45, low67), target, stride);
        StoreLanes(Avx.UnpackHigh(low01, low23), Avx.UnpackHigh(low45, low67), target + (2 * stride), stride);
        StoreLanes(Avx.UnpackLow(high01, high23), Avx.UnpackLow(high45, high67), target + (4 * stride), stride);
        StoreLanes(Avx.UnpackHigh(high01, high23), Avx.UnpackHigh(high45, high67), target + (6 * stride), stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Share(float* counts, float* divisors, float* reciprocals, int index)
    {
        // As ShareOutput does it.
        Vector256<float> count = Avx.ConvertToVector256Single(Vector256.Load((int*)counts + (index * Count)));
        Vector256<float> reciprocal = Vector256.Create(reciprocals[index]);
        Vector256<float> quotient = count * reciprocal;
        Vector256<float> rest = Fma.MultiplyAddNegated(quotient, Vector256.Create(divisors[index]), count);
        return Fma.MultiplyAdd(rest, reciprocal, quotient);
    }

    /// <summary>Writes two lanes, the first half of each from one register and the second from another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreLanes(Vector256<double> first, Vector256<double> second, float* target, nint stride)
    {
        Avx.Permute2x128(first, second, 0x20).AsSingle().Store(target);
        Avx.Permute2x128(first, second, 0x31).AsSingle().Store(target + stride);
    }
}
