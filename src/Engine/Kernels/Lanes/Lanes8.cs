using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FastNets.Kernels.Losses;
using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Lanes;

/// <summary>Eight numbers in a register of 256 bits: AVX2 with FMA.</summary>
internal readonly unsafe struct Lanes8(Vector256<float> value) : ILanes<Lanes8>
{
    public readonly Vector256<float> Value = value;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Create(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Broadcast(float* address) => new(Avx.BroadcastScalarToVector256(address));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Load(float* address) => new(Vector256.Load(address));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 LoadFirst(float* address, int count) => new(Avx.MaskLoad(address, First(count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 FirstMask(int count) => new(First(count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 LoadWhere(Lanes8 mask, float* address) => new(Avx.MaskLoad(address, mask.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreWhere(Lanes8 mask, float* address) => Avx.MaskStore(address, mask.Value, Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* address) => Value.Store(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreFirst(float* address, int count) => Avx.MaskStore(address, First(count), Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator +(Lanes8 a, Lanes8 b) => new(a.Value + b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator -(Lanes8 a, Lanes8 b) => new(a.Value - b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator *(Lanes8 a, Lanes8 b) => new(a.Value * b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator /(Lanes8 a, Lanes8 b) => new(a.Value / b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 MultiplyAdd(Lanes8 a, Lanes8 b, Lanes8 c) => new(Fma.MultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 MultiplySubtractFrom(Lanes8 a, Lanes8 b, Lanes8 c) => new(Fma.MultiplyAddNegated(a.Value, b.Value, c.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Sqrt(Lanes8 a) => new(Avx.Sqrt(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Abs(Lanes8 a) => new(Vector256.Abs(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Round(Lanes8 a) => new(Avx.RoundToNearestInteger(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 CopySign(Lanes8 magnitude, Lanes8 sign) =>
        new(Vector256.ConditionalSelect(Vector256.Create(-0f), sign.Value, magnitude.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Scale(Lanes8 value, Lanes8 exponent)
    {
        // In two steps, so that results beyond the normal range are reached from within it.
        Vector256<int> n = Avx.ConvertToVector256Int32(exponent.Value);
        Vector256<int> half = Avx2.ShiftRightArithmetic(n, 1);
        Vector256<int> bias = Vector256.Create(127);
        Vector256<float> first = Avx2.ShiftLeftLogical(half + bias, 23).AsSingle();
        Vector256<float> second = Avx2.ShiftLeftLogical(n - half + bias, 23).AsSingle();
        return new(value.Value * first * second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Greater(Lanes8 a, Lanes8 b) => new(Vector256.GreaterThan(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Less(Lanes8 a, Lanes8 b) => new(Vector256.LessThan(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Select(Lanes8 mask, Lanes8 a, Lanes8 b) => new(Avx.BlendVariable(b.Value, a.Value, mask.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 KeepWhere(Lanes8 mask, Lanes8 a) => new(Avx.And(mask.Value, a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 MaskFromBits(uint bits)
    {
        Vector256<uint> lane = Vector256.Create(1u, 2, 4, 8, 16, 32, 64, 128);
        return new(Vector256.Equals(Vector256.Create(bits) & lane, lane).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Max(Lanes8 a, Lanes8 b) => new(Avx.Max(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Min(Lanes8 a, Lanes8 b) => new(Avx.Min(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes8 a) => Vector256.Sum(a.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumDouble(Lanes8 a)
    {
        (Vector256<double> low, Vector256<double> high) = Vector256.Widen(a.Value);
        return Vector256.Sum(low + high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxAcross(Lanes8 a)
    {
        Vector128<float> four = Sse.Max(a.Value.GetLower(), a.Value.GetUpper());
        Vector128<float> two = Sse.Max(four, Sse.MoveHighToLow(four, four));
        return Sse.MaxScalar(two, Sse.Shuffle(two, two, 1)).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Forward<TActivation>(Lanes8 x)
        where TActivation : struct, IActivation => new(TActivation.Forward(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Derivative<TActivation>(Lanes8 saved)
        where TActivation : struct, IActivation => new(TActivation.Derivative(saved.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Loss<TLoss>(TLoss loss, Lanes8 output, Lanes8 target)
        where TLoss : struct, IPointwiseLoss => new(loss.Loss(output.Value, target.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Slope<TLoss>(TLoss loss, Lanes8 output, Lanes8 target)
        where TLoss : struct, IPointwiseLoss => new(loss.Gradient(output.Value, target.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> First(int count) =>
        Vector256.LessThan(Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7), Vector256.Create(count)).AsSingle();
}
