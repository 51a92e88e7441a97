using System.Runtime.CompilerServices;

namespace FastNets.Random;

/// <summary>The counter-based generator Philox4x32-10: random numbers as a pure function of a key and a counter.</summary>
/// <remarks>
/// Any number can be drawn again at any time from its counter alone; that is how a dropout mask needs no memory and why
/// results do not depend on threads. Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
/// </remarks>
public static class Philox
{
    /// <summary>The multiplier of counter words 0.</summary>
    internal const uint M0 = 0xD2511F53;

    /// <summary>The multiplier of counter word 2.</summary>
    internal const uint M1 = 0xCD9E8D57;

    /// <summary>What key word 0 grows by each round (the golden ratio).</summary>
    internal const uint W0 = 0x9E3779B9;

    /// <summary>What key word 1 grows by each round (the square root of 3, less 1).</summary>
    internal const uint W1 = 0xBB67AE85;

    /// <summary>The number of rounds.</summary>
    internal const int Rounds = 10;

    /// <summary>Four random 32-bit words.</summary>
    /// <param name="c0">Counter word 0, the fastest running one.</param>
    /// <param name="c1">Counter word 1.</param>
    /// <param name="c2">Counter word 2.</param>
    /// <param name="c3">Counter word 3.</param>
    /// <param name="k0">Key word 0.</param>
    /// <param name="k1">Key word 1.</param>
    public static (uint X0, uint X1, uint X2, uint X3) Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (int round = 0; round < Rounds; round++)
        {
            ulong p0 = (ulong)M0 * c0;
            ulong p1 = (ulong)M1 * c2;
            c0 = (uint)(p1 >> 32) ^ c1 ^ k0;
            c1 = (uint)p1;
            c2 = (uint)(p0 >> 32) ^ c3 ^ k1;
            c3 = (uint)p0;
            k0 += W0;
            k1 += W1;
        }

        return (c0, c1, c2, c3);
    }

    /// <summary>The number in [0, 1) that a random word stands for: its upper 24 bits, so that each value is exact in single precision.</summary>
    /// <param name="word">A random word.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ToUnitSingle(uint word) => (word >> 8) * (1.0f / (1 << 24));
}
