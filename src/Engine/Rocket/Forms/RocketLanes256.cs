using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastNets.Rocket;

/// <summary>Eight lanes: AVX2.</summary>
/// <remarks>A true comparison is -1 in its lane, so a count is a subtraction: two instructions for eight positions of a feature.</remarks>
internal readonly unsafe partial struct RocketLanes256(Vector256<float> value) : IRocketLanes<RocketLanes256>
{
    private readonly Vector256<float> _value = value;

    /// <inheritdoc/>
    public static int Count => 8;

    /// <inheritdoc/>
    public static bool HasManyRegisters => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes256 Create(float value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes256 Load(float* address) => new(Vector256.Load(address));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* address) => _value.Store(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes256 operator +(RocketLanes256 a, RocketLanes256 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes256 operator -(RocketLanes256 a, RocketLanes256 b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes256 operator *(RocketLanes256 a, RocketLanes256 b) => new(a._value * b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes256 CountAbove(RocketLanes256 counts, RocketLanes256 values, RocketLanes256 bias)
        => new((counts._value.AsInt32() - Avx.CompareLessThan(bias._value, values._value).AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes256 DiscountAbove(RocketLanes256 counts, RocketLanes256 values, RocketLanes256 bias)
        => new((counts._value.AsInt32() + Avx.CompareLessThan(bias._value, values._value).AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Sums(RocketLanes256 counts0, RocketLanes256 counts1, RocketLanes256 counts2, RocketLanes256 counts3)
    {
        // In each half: packed 0000 1111 (words), packed 0000 1111 2222 3333 (bytes), pairs added 00 11 22 33 (words), pairs added 0 1 2 3.
        Vector256<short> low = Avx2.PackSignedSaturate(counts0._value.AsInt32(), counts1._value.AsInt32());
        Vector256<short> high = Avx2.PackSignedSaturate(counts2._value.AsInt32(), counts3._value.AsInt32());
        Vector256<short> pairs = Avx2.MultiplyAddAdjacent(Vector256<byte>.One, Avx2.PackSignedSaturate(low, high));
        Vector256<int> sums = Avx2.MultiplyAddAdjacent(pairs, Vector256<short>.One);
        return sums.GetLower() + sums.GetUpper();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(
        RocketLanes256 counts0, RocketLanes256 counts1, RocketLanes256 counts2, RocketLanes256 counts3, RocketLanes256 counts4, RocketLanes256 counts5, RocketLanes256 counts6, RocketLanes256 counts7, int* first, int* second)
    {
        (Vector128.LoadAligned(first) + Sums(counts0, counts1, counts2, counts3)).StoreAligned(first);
        (Vector128.LoadAligned(second) + Sums(counts4, counts5, counts6, counts7)).StoreAligned(second);
    }
}
