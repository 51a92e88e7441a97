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
        Vector512<float> nine = Vector512.Load(taps);
        return new(Vector512.Create(*alpha)
            + Avx512F.PermuteVar16x32(nine, first._value.AsInt32())
            + Avx512F.PermuteVar16x32(nine, second._value.AsInt32())
            + Avx512F.PermuteVar16x32(nine, third._value.AsInt32() + Vector512<int>.One));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreShares(float* counts, float* divisors, float* reciprocals, float* target, nint stride)
    {
        // Four by four within each quarter: of lanes 0, 4, 8 and 12, then of lanes 1, 5, 9 and 13, and so on.
        Vector512<float> share0 = Share(counts, divisors, reciprocals, 0), share1 = Share(counts, divisors, reciprocals, 1), share2 = Share(counts, divisors, reciprocals, 2), share3 = Share(counts, divisors, reciprocals, 3);
        Vector512<double> low01 = Avx512F.UnpackLow(share0, share1).AsDouble(), low23 = Avx512F.UnpackLow(share2, share3).AsDouble();
        Vector512<double> high01 = Avx512F.UnpackHigh(share0, share1).AsDouble(), high23 = Avx512F.UnpackHigh(share2, share3).AsDouble();
        Vector512<float> share4 = Share(counts, divisors, reciprocals, 4), share5 = Share(counts, divisors, reciprocals, 5), share6 = Share(counts, divisors, reciprocals, 6), share7 = Share(counts, divisors, reciprocals, 7);
        Vector512<double> low45 = Avx512F.UnpackLow(share4, share5).AsDouble(), low67 = Avx512F.UnpackLow(share6, share7).AsDouble();
        Vector512<double> high45 = Avx512F.UnpackHigh(share4, share5).AsDouble(), high67 = Avx512F.UnpackHigh(share6, share7).AsDouble();
        StoreLanes(Avx512F.UnpackLow(low01, low23), Avx512F.UnpackLow(low45, low67), target, stride);
        StoreLanes(Avx512F.UnpackHigh(low01, low23), Avx512F.UnpackHigh(low45, low67), target + (4 * stride), stride);
        StoreLanes(Avx512F.UnpackLow(high01, high23), Avx512F.UnpackLow(high45, high67), target + (8 * stride), stride);
        StoreLanes(Avx512F.UnpackHigh(high01, high23), Avx512F.UnpackHigh(high45, high67), target + (12 * stride), stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Share(float* counts, float* divisors, float* reciprocals, int index)
    {
        // As ShareOutput does it.
        Vector512<float> count = Avx512F.ConvertToVector512Single(Vector512.Load((int*)counts + (index * Count)));
        Vector512<float> reciprocal = Vector512.Create(reciprocals[index]);
        Vector512<float> quotient = count * reciprocal;
        Vector512<float> rest = Avx512F.FusedMultiplyAddNegated(quotient, Vector512.Create(divisors[index]), count);
        return Avx512F.FusedMultiplyAdd(rest, reciprocal, quotient);
    }

    /// <summary>Writes four lanes, the first half of each from one register and the second from another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreLanes(Vector512<double> first, Vector512<double> second, float* target, nint stride)
    {
        Vector512<float> lanes01 = Avx512F.PermuteVar8x64x2(first, Vector512.Create(0L, 1, 8, 9, 2, 3, 10, 11), second).AsSingle();
        Vector512<float> lanes23 = Avx512F.PermuteVar8x64x2(first, Vector512.Create(4L, 5, 12, 13, 6, 7, 14, 15), second).AsSingle();
        lanes01.GetLower().Store(target);
        lanes01.GetUpper().Store(target + stride);
        lanes23.GetLower().Store(target + (2 * stride));
        lanes23.GetUpper().Store(target + (3 * stride));
    }
}
