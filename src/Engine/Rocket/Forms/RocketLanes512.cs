using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastNets.Rocket;

/// <summary>Sixteen lanes: AVX-512.</summary>
/// <remarks>
/// A comparison into a mask and an addition under it get in each other's way. Here the sign of a difference is what counts: saturated twice, to 16 bits with a sign and
/// to 8 without, a positive one becomes 255, which is -1, and any other 0. The differences of four features fill the bytes of a register, and one subtraction counts them.
/// What is undefined because sums overflowed is negative as x86 makes it, and so exceeds nothing, as in a comparison.
/// </remarks>
internal readonly unsafe partial struct RocketLanes512(Vector512<float> value) : IRocketLanes<RocketLanes512>
{
    private readonly Vector512<float> _value = value;

    /// <inheritdoc/>
    public static int Count => 16;

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
    public static RocketLanes512 CountAbove<TValues>(RocketLanes512 counts, RocketLanes512 values, RocketLanes512 bias0, RocketLanes512 bias1, RocketLanes512 bias2, RocketLanes512 bias3)
        where TValues : struct, IRocketValues
    {
        // Half of the differences by the units that add and half by those that multiply.
        Vector512<float> difference0 = values._value - bias0._value, difference1 = values._value - bias1._value;
        Vector512<float> difference2 = Avx512F.FusedMultiplySubtract(values._value, Vector512<float>.One, bias2._value);
        Vector512<float> difference3 = Avx512F.FusedMultiplySubtract(values._value, Vector512<float>.One, bias3._value);
        Vector512<byte> above = Avx512BW.PackUnsignedSaturate(
            Avx512BW.PackSignedSaturate(difference0.AsInt32(), difference1.AsInt32()), Avx512BW.PackSignedSaturate(difference2.AsInt32(), difference3.AsInt32()));
        return new(
            TValues.DifferVisibly ? (counts._value.AsByte() - above).AsSingle() : (counts._value.AsByte() + Avx512BW.Min(above, Vector512<byte>.One)).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Sums(RocketLanes512 counts)
    {
        Vector512<int> quarters = QuarterSums(counts);
        Vector256<int> halves = quarters.GetLower() + quarters.GetUpper();
        return halves.GetLower() + halves.GetUpper();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(RocketLanes512 counts0, RocketLanes512 counts1, int* first, int* second)
    {
        Vector512<int> low = QuarterSums(counts0), high = QuarterSums(counts1);
        // Quarters 0 and 1 of both, plus quarters 2 and 3 of both; then neighbours.
        Vector512<int> pairs = Avx512F.Shuffle4x128(low, high, 0b01_00_01_00) + Avx512F.Shuffle4x128(low, high, 0b11_10_11_10);
        Vector512<int> sums = pairs + Avx512F.Shuffle4x128(pairs, pairs, 0b10_11_00_01);
        (Vector128.LoadAligned(first) + sums.GetLower().GetLower()).StoreAligned(first);
        (Vector128.LoadAligned(second) + sums.GetUpper().GetLower()).StoreAligned(second);
    }

    // Each quarter has four bytes of each feature; neighbours are added twice.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> QuarterSums(RocketLanes512 counts)
        => Avx512BW.MultiplyAddAdjacent(Avx512BW.MultiplyAddAdjacent(counts._value.AsByte(), Vector512<sbyte>.One), Vector512<short>.One);
}
