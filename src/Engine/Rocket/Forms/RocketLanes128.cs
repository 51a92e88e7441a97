using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace FastNets.Rocket;

/// <summary>Four lanes: what every 64-bit processor has (SSE, NEON).</summary>
internal readonly unsafe partial struct RocketLanes128(Vector128<float> value) : IRocketLanes<RocketLanes128>
{
    private readonly Vector128<float> _value = value;

    /// <inheritdoc/>
    public static int Count => 4;

    /// <inheritdoc/>
    public static bool HasManyRegisters => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes128 Create(float value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes128 Load(float* address) => new(Vector128.Load(address));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* address) => _value.Store(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes128 operator +(RocketLanes128 a, RocketLanes128 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes128 operator -(RocketLanes128 a, RocketLanes128 b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes128 operator *(RocketLanes128 a, RocketLanes128 b) => new(a._value * b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes128 CountAbove(RocketLanes128 counts, RocketLanes128 values, RocketLanes128 bias)
        => new((counts._value.AsInt32() - Vector128.LessThan(bias._value, values._value).AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes128 DiscountAbove(RocketLanes128 counts, RocketLanes128 values, RocketLanes128 bias)
        => new((counts._value.AsInt32() + Vector128.LessThan(bias._value, values._value).AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Sums(RocketLanes128 counts0, RocketLanes128 counts1, RocketLanes128 counts2, RocketLanes128 counts3)
    {
        Vector128<int> n0 = counts0._value.AsInt32(), n1 = counts1._value.AsInt32(), n2 = counts2._value.AsInt32(), n3 = counts3._value.AsInt32();
        if (Ssse3.IsSupported) return Ssse3.HorizontalAdd(Ssse3.HorizontalAdd(n0, n1), Ssse3.HorizontalAdd(n2, n3));
        if (AdvSimd.Arm64.IsSupported) return AdvSimd.Arm64.AddPairwise(AdvSimd.Arm64.AddPairwise(n0, n1), AdvSimd.Arm64.AddPairwise(n2, n3));
        return Vector128.Create(Vector128.Sum(n0), Vector128.Sum(n1), Vector128.Sum(n2), Vector128.Sum(n3));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(
        RocketLanes128 counts0, RocketLanes128 counts1, RocketLanes128 counts2, RocketLanes128 counts3, RocketLanes128 counts4, RocketLanes128 counts5, RocketLanes128 counts6, RocketLanes128 counts7, int* first, int* second)
    {
        (Vector128.LoadAligned(first) + Sums(counts0, counts1, counts2, counts3)).StoreAligned(first);
        (Vector128.LoadAligned(second) + Sums(counts4, counts5, counts6, counts7)).StoreAligned(second);
    }
}
