using System.Runtime.CompilerServices;
using FastNets.Kernels.Losses;
using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Lanes;

/// <summary>One number at a time: the form that defines the right answer.</summary>
internal readonly unsafe struct Lanes1(float value) : ILanes<Lanes1>
{
    public readonly float Value = value;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Create(float value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Broadcast(float* address) => new(*address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Load(float* address) => new(*address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 LoadFirst(float* address, int count) => new(count > 0 ? *address : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 FirstMask(int count) => Mask(count > 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 LoadWhere(Lanes1 mask, float* address) => BitConverter.SingleToInt32Bits(mask.Value) != 0 ? new(*address) : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreWhere(Lanes1 mask, float* address)
    {
        if (BitConverter.SingleToInt32Bits(mask.Value) != 0) *address = Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* address) => *address = Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreFirst(float* address, int count)
    {
        if (count > 0) *address = Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator +(Lanes1 a, Lanes1 b) => new(a.Value + b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator -(Lanes1 a, Lanes1 b) => new(a.Value - b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator *(Lanes1 a, Lanes1 b) => new(a.Value * b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator /(Lanes1 a, Lanes1 b) => new(a.Value / b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 MultiplyAdd(Lanes1 a, Lanes1 b, Lanes1 c) => new(MathF.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 MultiplySubtractFrom(Lanes1 a, Lanes1 b, Lanes1 c) => new(MathF.FusedMultiplyAdd(-a.Value, b.Value, c.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Sqrt(Lanes1 a) => new(MathF.Sqrt(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Abs(Lanes1 a) => new(MathF.Abs(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Round(Lanes1 a) => new(MathF.Round(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 CopySign(Lanes1 magnitude, Lanes1 sign) => new(MathF.CopySign(magnitude.Value, sign.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Scale(Lanes1 value, Lanes1 exponent) => new(MathF.ScaleB(value.Value, float.IsNaN(exponent.Value) ? 0 : (int)exponent.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Greater(Lanes1 a, Lanes1 b) => Mask(a.Value > b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Less(Lanes1 a, Lanes1 b) => Mask(a.Value < b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Select(Lanes1 mask, Lanes1 a, Lanes1 b) => BitConverter.SingleToInt32Bits(mask.Value) != 0 ? a : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 KeepWhere(Lanes1 mask, Lanes1 a) => BitConverter.SingleToInt32Bits(mask.Value) != 0 ? a : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 MaskFromBits(uint bits) => Mask((bits & 1) != 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Max(Lanes1 a, Lanes1 b) => a.Value > b.Value ? a : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Min(Lanes1 a, Lanes1 b) => a.Value < b.Value ? a : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes1 a) => a.Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumDouble(Lanes1 a) => a.Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxAcross(Lanes1 a) => a.Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Forward<TActivation>(Lanes1 x)
        where TActivation : struct, IActivation => new(TActivation.Forward(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Derivative<TActivation>(Lanes1 saved)
        where TActivation : struct, IActivation => new(TActivation.Derivative(saved.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Loss<TLoss>(TLoss loss, Lanes1 output, Lanes1 target)
        where TLoss : struct, IPointwiseLoss => new(loss.Loss(output.Value, target.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Slope<TLoss>(TLoss loss, Lanes1 output, Lanes1 target)
        where TLoss : struct, IPointwiseLoss => new(loss.Gradient(output.Value, target.Value));

    private static Lanes1 Mask(bool set) => new(BitConverter.Int32BitsToSingle(set ? -1 : 0));
}
