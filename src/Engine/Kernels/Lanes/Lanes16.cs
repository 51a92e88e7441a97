using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FastNets.Kernels.Losses;
using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Lanes;

/// <summary>Sixteen numbers in a register of 512 bits.</summary>
/// <remarks>
/// By the instructions and not by <see cref="Vector512"/>'s operators where there is a choice: on processors that lower
/// their clock for 512 bits the runtime may break the operators into halves, but never the instructions.
/// </remarks>
internal readonly unsafe struct Lanes16(Vector512<float> value) : ILanes<Lanes16>
{
    public readonly Vector512<float> Value = value;

    // The truth table of "the second where the first is set, else the third".
    private const byte IfElse = 0xCA;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Create(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Broadcast(float* address) => new(Avx512F.BroadcastScalarToVector512(Vector128.CreateScalarUnsafe(*address)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Load(float* address) => new(Avx512F.LoadVector512(address));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 LoadFirst(float* address, int count) => new(Avx512F.MaskLoad(address, First(count), Vector512<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 FirstMask(int count) => new(First(count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 LoadWhere(Lanes16 mask, float* address) => new(Avx512F.MaskLoad(address, mask.Value, Vector512<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreWhere(Lanes16 mask, float* address) => Avx512F.MaskStore(address, mask.Value, Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* address) => Avx512F.Store(address, Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreFirst(float* address, int count) => Avx512F.MaskStore(address, First(count), Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator +(Lanes16 a, Lanes16 b) => new(Avx512F.Add(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator -(Lanes16 a, Lanes16 b) => new(Avx512F.Subtract(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator *(Lanes16 a, Lanes16 b) => new(Avx512F.Multiply(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator /(Lanes16 a, Lanes16 b) => new(Avx512F.Divide(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 MultiplyAdd(Lanes16 a, Lanes16 b, Lanes16 c) => new(Avx512F.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 MultiplySubtractFrom(Lanes16 a, Lanes16 b, Lanes16 c) => new(Avx512F.FusedMultiplyAddNegated(a.Value, b.Value, c.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Sqrt(Lanes16 a) => new(Avx512F.Sqrt(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Abs(Lanes16 a) => new(Avx512DQ.AndNot(Vector512.Create(-0f), a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Round(Lanes16 a) => new(Avx512F.RoundScale(a.Value, 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 CopySign(Lanes16 magnitude, Lanes16 sign) =>
        new(Avx512F.TernaryLogic(Vector512.Create(-0f), sign.Value, magnitude.Value, IfElse));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Scale(Lanes16 value, Lanes16 exponent) => new(Avx512F.Scale(value.Value, exponent.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Greater(Lanes16 a, Lanes16 b) => new(Avx512F.CompareGreaterThan(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Less(Lanes16 a, Lanes16 b) => new(Avx512F.CompareLessThan(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Select(Lanes16 mask, Lanes16 a, Lanes16 b) => new(Avx512F.TernaryLogic(mask.Value, a.Value, b.Value, IfElse));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 KeepWhere(Lanes16 mask, Lanes16 a) => new(Avx512DQ.And(mask.Value, a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 MaskFromBits(uint bits)
    {
        Vector512<uint> lane = Vector512.Create(1u, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);
        return new(Avx512F.CompareEqual(Avx512F.And(Vector512.Create(bits), lane), lane).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Max(Lanes16 a, Lanes16 b) => new(Avx512F.Max(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Min(Lanes16 a, Lanes16 b) => new(Avx512F.Min(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes16 a) => Vector256.Sum(Avx.Add(a.Value.GetLower(), a.Value.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumDouble(Lanes16 a) => Lanes8.SumDouble(new(a.Value.GetLower())) + Lanes8.SumDouble(new(a.Value.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxAcross(Lanes16 a) => Lanes8.MaxAcross(new(Avx.Max(a.Value.GetLower(), a.Value.GetUpper())));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Forward<TActivation>(Lanes16 x)
        where TActivation : struct, IActivation => new(TActivation.Forward(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Derivative<TActivation>(Lanes16 saved)
        where TActivation : struct, IActivation => new(TActivation.Derivative(saved.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Loss<TLoss>(TLoss loss, Lanes16 output, Lanes16 target)
        where TLoss : struct, IPointwiseLoss => new(loss.Loss(output.Value, target.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Slope<TLoss>(TLoss loss, Lanes16 output, Lanes16 target)
        where TLoss : struct, IPointwiseLoss => new(loss.Gradient(output.Value, target.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> First(int count) =>
        Avx512F.CompareLessThan(Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), Vector512.Create(count)).AsSingle();
}
