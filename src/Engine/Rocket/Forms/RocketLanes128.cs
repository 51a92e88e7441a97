using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastNets.Rocket;

/// <summary>Four lanes: what every 64-bit processor has (SSE, NEON).</summary>
internal readonly unsafe partial struct RocketLanes128(Vector128<float> value) : IRocketLanes<RocketLanes128>
{
    private readonly Vector128<float> _value = value;

    /// <inheritdoc/>
    public static int Count => 4;

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
    public static RocketLanes128 CountAbove<TValues>(RocketLanes128 counts, RocketLanes128 values, RocketLanes128 bias0, RocketLanes128 bias1, RocketLanes128 bias2, RocketLanes128 bias3)
        where TValues : struct, IRocketValues
    {
        // A true comparison is -1, and stays so in fewer bits.
        Vector128<int> above0 = Vector128.GreaterThan(values._value, bias0._value).AsInt32(), above1 = Vector128.GreaterThan(values._value, bias1._value).AsInt32();
        Vector128<int> above2 = Vector128.GreaterThan(values._value, bias2._value).AsInt32(), above3 = Vector128.GreaterThan(values._value, bias3._value).AsInt32();
        Vector128<sbyte> above = Sse2.IsSupported
            ? Sse2.PackSignedSaturate(Sse2.PackSignedSaturate(above0, above1), Sse2.PackSignedSaturate(above2, above3))
            : Vector128.Narrow(Vector128.Narrow(above0, above1), Vector128.Narrow(above2, above3));
        return new((counts._value.AsSByte() - above).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Sums(RocketLanes128 counts)
    {
        // Four bytes of each feature; neighbours are added twice.
        if (Ssse3.IsSupported) return Sse2.MultiplyAddAdjacent(Ssse3.MultiplyAddAdjacent(counts._value.AsByte(), Vector128<sbyte>.One), Vector128<short>.One);
        Vector128<int> bytes = counts._value.AsInt32(), even = Vector128.Create(0x00FF00FF);
        Vector128<int> pairs = (bytes & even) + ((bytes >>> 8) & even);
        return (pairs & Vector128.Create(0xFFFF)) + (pairs >>> 16);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(RocketLanes128 counts0, RocketLanes128 counts1, int* first, int* second)
    {
        (Vector128.LoadAligned(first) + Sums(counts0)).StoreAligned(first);
        (Vector128.LoadAligned(second) + Sums(counts1)).StoreAligned(second);
    }
}
