using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastNets.Rocket.Heads.Solver;

/// <summary>Four double-precision numbers.</summary>
internal readonly unsafe struct Double4(Vector256<double> value) : ITileLanes<Double4, double>
{
    private readonly Vector256<double> _value = value;

    public static int Count => 4;

    public static bool HasManyRegisters => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double4 Broadcast(double* address) => new(Vector256.Create(*address));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double4 Load(double* address) => new(Avx.LoadVector256(address));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(double* address) => Avx.Store(address, _value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double4 operator +(Double4 a, Double4 b) => new(Avx.Add(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double4 operator -(Double4 a, Double4 b) => new(Avx.Subtract(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double4 MultiplyAdd(Double4 a, Double4 b, Double4 c) => new(Fma.MultiplyAdd(a._value, b._value, c._value));
}

/// <summary>Eight single-precision numbers.</summary>
internal readonly unsafe struct Single8(Vector256<float> value) : ITileLanes<Single8, float>
{
    private readonly Vector256<float> _value = value;

    public static int Count => 8;

    public static bool HasManyRegisters => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single8 Broadcast(float* address) => new(Vector256.Create(*address));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single8 Load(float* address) => new(Avx.LoadVector256(address));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* address) => Avx.Store(address, _value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single8 operator +(Single8 a, Single8 b) => new(Avx.Add(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single8 operator -(Single8 a, Single8 b) => new(Avx.Subtract(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single8 MultiplyAdd(Single8 a, Single8 b, Single8 c) => new(Fma.MultiplyAdd(a._value, b._value, c._value));
}
