using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastNets.Rocket.Heads.Solver;

/// <summary>Eight double-precision numbers.</summary>
internal readonly unsafe struct Double8(Vector512<double> value) : ITileLanes<Double8, double>
{
    private readonly Vector512<double> _value = value;

    public static int Count => 8;

    public static bool HasManyRegisters => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double8 Broadcast(double* address) => new(Vector512.Create(*address));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double8 Load(double* address) => new(Avx512F.LoadVector512(address));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(double* address) => Avx512F.Store(address, _value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double8 operator +(Double8 a, Double8 b) => new(Avx512F.Add(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double8 operator -(Double8 a, Double8 b) => new(Avx512F.Subtract(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double8 MultiplyAdd(Double8 a, Double8 b, Double8 c) => new(Avx512F.FusedMultiplyAdd(a._value, b._value, c._value));
}

/// <summary>Sixteen single-precision numbers.</summary>
internal readonly unsafe struct Single16(Vector512<float> value) : ITileLanes<Single16, float>
{
    private readonly Vector512<float> _value = value;

    public static int Count => 16;

    public static bool HasManyRegisters => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single16 Broadcast(float* address) => new(Vector512.Create(*address));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single16 Load(float* address) => new(Avx512F.LoadVector512(address));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* address) => Avx512F.Store(address, _value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single16 operator +(Single16 a, Single16 b) => new(Avx512F.Add(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single16 operator -(Single16 a, Single16 b) => new(Avx512F.Subtract(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single16 MultiplyAdd(Single16 a, Single16 b, Single16 c) => new(Avx512F.FusedMultiplyAdd(a._value, b._value, c._value));
}
