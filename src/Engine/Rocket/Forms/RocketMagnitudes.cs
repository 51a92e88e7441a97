using System.Numerics;
using System.Runtime.InteropServices;

namespace FastNets.Rocket;

/// <summary>Whether numbers are of usual magnitude: zero, or 2^-100 and more.</summary>
/// <remarks>
/// Outputs are sums of such numbers and three times such numbers, so that they, and biases, are multiples of 2^-123, however sums are rounded; so is the
/// difference of an output and a bias that differ, and it is not denormal. Of a denormal difference counting by saturation would see too little.
/// </remarks>
internal static class RocketMagnitudes
{
    private const uint Magnitude = 0x7FFFFFFF;

    // 2^-100.
    private const uint Smallest = (127 - 100) << 23;

    /// <summary>Whether all numbers are zero or not too small.</summary>
    /// <param name="values">The numbers.</param>
    public static bool AreUsual(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(values);
        // Less one, zero is the largest number.
        var small = Vector<uint>.Zero;
        int i = 0;
        for (; i <= bits.Length - Vector<uint>.Count; i += Vector<uint>.Count)
            small |= Vector.LessThan((new Vector<uint>(bits[i..]) & new Vector<uint>(Magnitude)) - Vector<uint>.One, new Vector<uint>(Smallest - 1));
        bool usual = small == Vector<uint>.Zero;
        for (; i < bits.Length; i++) usual &= (bits[i] & Magnitude) - 1 >= Smallest - 1;
        return usual;
    }
}
