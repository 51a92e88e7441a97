using System.Runtime.CompilerServices;

namespace FastNets.Rocket.Heads.Solver;

/// <summary>One double-precision number: the form that defines the right answer.</summary>
internal readonly unsafe struct Double1(double value) : ITileLanes<Double1, double>
{
    private readonly double _value = value;

    public static int Count => 1;

    public static bool HasManyRegisters => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1 Broadcast(double* address) => new(*address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1 Load(double* address) => new(*address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(double* address) => *address = _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1 operator +(Double1 a, Double1 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1 operator -(Double1 a, Double1 b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1 MultiplyAdd(Double1 a, Double1 b, Double1 c) => new((a._value * b._value) + c._value);
}

/// <summary>One single-precision number: the form that defines the right answer.</summary>
internal readonly unsafe struct Single1(float value) : ITileLanes<Single1, float>
{
    private readonly float _value = value;

    public static int Count => 1;

    public static bool HasManyRegisters => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1 Broadcast(float* address) => new(*address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1 Load(float* address) => new(*address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* address) => *address = _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1 operator +(Single1 a, Single1 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1 operator -(Single1 a, Single1 b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1 MultiplyAdd(Single1 a, Single1 b, Single1 c) => new((a._value * b._value) + c._value);
}
