using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastNets.Rocket;

/// <summary>Eight lanes: AVX2.</summary>
/// <remarks>Counts as <see cref="RocketLanes512"/> does.</remarks>
internal readonly unsafe partial struct RocketLanes256(Vector256<float> value) : IRocketLanes<RocketLanes256>
{
    private readonly Vector256<float> _value = value;

    /// <inheritdoc/>
    public static int Count => 8;

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
    public static RocketLanes256 CountAbove<TValues>(RocketLanes256 counts, RocketLanes256 values, RocketLanes256 bias0, RocketLanes256 bias1, RocketLanes256 bias2, RocketLanes256 bias3)
        where TValues : struct, IRocketValues
    {
        Vector256<float> difference0 = values._value - bias0._value, difference1 = values._value - bias1._value;
        Vector256<float> difference2 = Fma.MultiplySubtract(values._value, Vector256<float>.One, bias2._value);
        Vector256<float> difference3 = Fma.MultiplySubtract(values._value, Vector256<float>.One, bias3._value);
        Vector256<byte> above = Avx2.PackUnsignedSaturate(
            Avx2.PackSignedSaturate(difference0.AsInt32(), difference1.AsInt32()), Avx2.PackSignedSaturate(difference2.AsInt32(), difference3.AsInt32()));
        return new(
            TValues.DifferVisibly ? (counts._value.AsByte() - above).AsSingle() : (counts._value.AsByte() + Avx2.Min(above, Vector256<byte>.One)).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Sums(RocketLanes256 counts)
    {
        // Each half has four bytes of each feature; neighbours are added twice.
        Vector256<int> halves = Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(counts._value.AsByte(), Vector256<sbyte>.One), Vector256<short>.One);
        return halves.GetLower() + halves.GetUpper();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(RocketLanes256 counts0, RocketLanes256 counts1, int* first, int* second)
    {
        (Vector128.LoadAligned(first) + Sums(counts0)).StoreAligned(first);
        (Vector128.LoadAligned(second) + Sums(counts1)).StoreAligned(second);
    }
}
