using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastNets.Rocket;

/// <summary>Sixteen lanes: AVX-512.</summary>
/// <remarks>A comparison gives a mask, and counting is an addition under it: two instructions for sixteen positions of a feature.</remarks>
internal readonly unsafe partial struct RocketLanes512(Vector512<float> value) : IRocketLanes<RocketLanes512>
{
    private readonly Vector512<float> _value = value;

    /// <inheritdoc/>
    public static int Count => 16;

    /// <inheritdoc/>
    public static bool HasManyRegisters => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes512 Create(float value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes512 Load(float* address) => new(Vector512.Load(address));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* address) => _value.Store(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes512 operator +(RocketLanes512 a, RocketLanes512 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes512 operator -(RocketLanes512 a, RocketLanes512 b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes512 operator *(RocketLanes512 a, RocketLanes512 b) => new(a._value * b._value);

    // Written so that the compiler makes one masked instruction of the addition and the choice.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes512 CountAbove(RocketLanes512 counts, RocketLanes512 values, RocketLanes512 bias)
        => new(Avx512F.BlendVariable(counts._value, (counts._value.AsInt32() + Vector512<int>.One).AsSingle(), Avx512F.CompareLessThan(bias._value, values._value)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RocketLanes512 DiscountAbove(RocketLanes512 counts, RocketLanes512 values, RocketLanes512 bias)
        => new(Avx512F.BlendVariable(counts._value, (counts._value.AsInt32() - Vector512<int>.One).AsSingle(), Avx512F.CompareLessThan(bias._value, values._value)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Sums(RocketLanes512 counts0, RocketLanes512 counts1, RocketLanes512 counts2, RocketLanes512 counts3)
    {
        Vector512<int> quarters = QuarterSums(counts0._value.AsInt32(), counts1._value.AsInt32(), counts2._value.AsInt32(), counts3._value.AsInt32());
        Vector256<int> halves = quarters.GetLower() + quarters.GetUpper();
        return halves.GetLower() + halves.GetUpper();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(
        RocketLanes512 counts0,
        RocketLanes512 counts1,
        RocketLanes512 counts2,
        RocketLanes512 counts3,
        RocketLanes512 counts4,
        RocketLanes512 counts5,
        RocketLanes512 counts6,
        RocketLanes512 counts7,
        int* first,
        int* second)
    {
        Vector512<int> low = QuarterSums(counts0._value.AsInt32(), counts1._value.AsInt32(), counts2._value.AsInt32(), counts3._value.AsInt32());
        Vector512<int> high = QuarterSums(counts4._value.AsInt32(), counts5._value.AsInt32(), counts6._value.AsInt32(), counts7._value.AsInt32());
        // Quarters 0 and 1 of both, plus quarters 2 and 3 of both; then neighbours.
        Vector512<int> pairs = Avx512F.Shuffle4x128(low, high, 0b01_00_01_00) + Avx512F.Shuffle4x128(low, high, 0b11_10_11_10);
        Vector512<int> sums = pairs + Avx512F.Shuffle4x128(pairs, pairs, 0b10_11_00_01);
        (Vector128.LoadAligned(first) + sums.GetLower().GetLower()).StoreAligned(first);
        (Vector128.LoadAligned(second) + sums.GetUpper().GetLower()).StoreAligned(second);
    }

    // In each quarter: packed 0000 1111 (words), packed 0000 1111 2222 3333 (bytes), pairs added 00 11 22 33 (words), pairs added 0 1 2 3.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> QuarterSums(Vector512<int> counts0, Vector512<int> counts1, Vector512<int> counts2, Vector512<int> counts3)
    {
        Vector512<short> low = Avx512BW.PackSignedSaturate(counts0, counts1);
        Vector512<short> high = Avx512BW.PackSignedSaturate(counts2, counts3);
        Vector512<short> pairs = Avx512BW.MultiplyAddAdjacent(Vector512<byte>.One, Avx512BW.PackSignedSaturate(low, high));
        return Avx512BW.MultiplyAddAdjacent(pairs, Vector512<short>.One);
    }
}
