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
    public static RocketLanes128 Share(RocketLanes128 counts, RocketLanes128 divisor, RocketLanes128 reciprocal)
        => new(Vector128.ConvertToSingle(counts._value.AsInt32()) / divisor._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFours(RocketLanes128 value0, RocketLanes128 value1, RocketLanes128 value2, RocketLanes128 value3, float* target, nint stride)
    {
        Vector128.Create(value0._value[0], value1._value[0], value2._value[0], value3._value[0]).Store(target);
        Vector128.Create(value0._value[1], value1._value[1], value2._value[1], value3._value[1]).Store(target + stride);
        Vector128.Create(value0._value[2], value1._value[2], value2._value[2], value3._value[2]).Store(target + (2 * stride));
        Vector128.Create(value0._value[3], value1._value[3], value2._value[3], value3._value[3]).Store(target + (3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Gather(float* values, Vector128<int> indices)
        => Vector128.Create(values[indices[0]], values[indices[1]], values[indices[2]], values[indices[3]]);
}
