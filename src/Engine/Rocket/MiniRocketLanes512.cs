using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastNets.Rocket;

/// <summary>The steps that comparison trees are made of, for 16 positions.</summary>
/// <remarks>
/// A mask is the outcome of a comparison. As long as it stays a local variable of type float, the compiler keeps it in a mask
/// register; as a field, or seen as another type, it would go through a vector and back.
/// </remarks>
internal static unsafe class MiniRocketLanes512
{
    /// <summary>The number of positions of a vector.</summary>
    public const int Width = 16;

    /// <summary>The output of a kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sum(float* first, float* second, float* third, int at)
        => Vector512.LoadAligned(first + at) + Vector512.LoadAligned(second + at) + Vector512.LoadAligned(third + at);

    /// <summary>Sets a bit of the index where the mask is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Mark(Vector512<float> index, int bit, Vector512<float> mask)
        => Avx512F.BlendVariable(index, Avx512DQ.Or(index, Vector512.Create(bit).AsSingle()), mask);

    /// <summary>Looks up in a table of 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Look(Vector512<float> table, Vector512<float> index) => Avx512F.PermuteVar16x32(table, index.AsInt32());

    /// <summary>A mask as a word, one bit a position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bits(Vector512<float> mask) => (uint)Avx512F.MoveMask(mask);

    /// <summary>Two masks as a word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bits(Vector512<float> a, Vector512<float> b) => Bits(a) | (Bits(b) << 16);

    /// <summary>Three masks as a word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bits(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Bits(a) | (Bits(b) << 16) | (Bits(c) << 32);

    /// <summary>Four masks as a word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bits(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
        => Bits(a) | (Bits(b) << 16) | (Bits(c) << 32) | (Bits(d) << 48);
}
