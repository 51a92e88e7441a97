using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FastNets.Rocket;

/// <content>What a step of a window needs.</content>
internal readonly unsafe partial struct RocketLanes128
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes128 AddWhole(RocketLanes128 a, RocketLanes128 b) => new((a._value.AsInt32() + b._value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes128 SubtractWhole(RocketLanes128 a, RocketLanes128 b) => new((a._value.AsInt32() - b._value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes128 LoadBytes(byte* address) => new(Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(*(uint*)address).AsByte())).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreBytes(byte* address)
    {
        Vector128<short> words = Vector128.Narrow(_value.AsInt32(), _value.AsInt32());
        *(int*)address = Vector128.Narrow(words, words).AsInt32().ToScalar();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes128 Outputs(float* alpha, float* taps, RocketLanes128 first, RocketLanes128 second, RocketLanes128 third)
        => new(Vector128.Create(*alpha) + Gather(taps, first._value.AsInt32()) + Gather(taps, second._value.AsInt32()) + Gather(taps + 1, third._value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreShares(float* counts, float* divisors, float* reciprocals, float* target, nint stride)
    {
        Vector128<float> share0 = Share(counts, divisors, 0), share1 = Share(counts, divisors, 1), share2 = Share(counts, divisors, 2), share3 = Share(counts, divisors, 3);
        Vector128<float> share4 = Share(counts, divisors, 4), share5 = Share(counts, divisors, 5), share6 = Share(counts, divisors, 6), share7 = Share(counts, divisors, 7);
        for (int lane = 0; lane < Count; lane++, target += stride)
        {
            Vector128.Create(share0[lane], share1[lane], share2[lane], share3[lane]).Store(target);
            Vector128.Create(share4[lane], share5[lane], share6[lane], share7[lane]).Store(target + Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Share(float* counts, float* divisors, int index)
        => Vector128.ConvertToSingle(Vector128.Load((int*)counts + (index * Count))) / Vector128.Create(divisors[index]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Gather(float* values, Vector128<int> indices)
        => Vector128.Create(values[indices[0]], values[indices[1]], values[indices[2]], values[indices[3]]);
}
