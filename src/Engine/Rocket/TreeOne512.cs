using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static FastNets.Rocket.MiniRocketLanes512;

namespace FastNets.Rocket;

/// <summary>A single bias.</summary>
internal readonly unsafe struct TreeOne512 : IMiniRocketTree512
{
    /// <inheritdoc/>
    public static int Biases => 1;

    /// <inheritdoc/>
    public static int TableLength => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Count(float* first, float* second, float* third, nint vectors, ulong tail, float* table, int* counts)
    {
        Vector512<float> bias = Vector512.Create(table[0]);
        int count = 0;
        while (true)
        {
            ulong mask = Above(first, second, third, 0, bias);
            if (vectors > 1) mask |= Above(first, second, third, Width, bias) << 16;
            if (vectors > 2) mask |= Above(first, second, third, 2 * Width, bias) << 32;
            if (vectors > 3) mask |= Above(first, second, third, 3 * Width, bias) << 48;

            vectors -= 4;
            count += BitOperations.PopCount(mask & (vectors > 0 ? ulong.MaxValue : tail));
            if (vectors <= 0) break;
            first += 4 * Width;
            second += 4 * Width;
            third += 4 * Width;
        }

        counts[0] += count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Above(float* first, float* second, float* third, int at, Vector512<float> bias)
        => Bits(Avx512F.CompareGreaterThan(Sum(first, second, third, at), bias));
}
