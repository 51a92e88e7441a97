using System.Runtime.InteropServices;

namespace FastNets.Rocket;

/// <summary>Sorts single-precision numbers by the four bytes of their bit patterns: in four passes, whatever their order.</summary>
/// <remarks>Several times faster than sorting by comparisons at the lengths of series and of whole training sets. Positive NaN comes last, negative NaN first.</remarks>
internal static class RadixSort
{
    private const int Digits = 4;
    private const int Values = 256;

    /// <summary>Sorts into ascending order.</summary>
    /// <param name="numbers">The numbers; sorted.</param>
    /// <param name="scratch">Room for as many; overwritten.</param>
    public static void Ascending(Span<float> numbers, Span<float> scratch)
    {
        Span<uint> keys = MemoryMarshal.Cast<float, uint>(numbers);
        Span<uint> other = MemoryMarshal.Cast<float, uint>(scratch)[..keys.Length];
        Span<int> counts = stackalloc int[Digits * Values];
        counts.Clear();
        foreach (ref uint key in keys)
        {
            key = ToKey(key);
            for (int digit = 0; digit < Digits; digit++) counts[(digit * Values) + (byte)(key >> (8 * digit))]++;
        }

        for (int digit = 0; digit < Digits; digit++)
        {
            Span<int> next = counts.Slice(digit * Values, Values);
            int sum = 0;
            foreach (ref int place in next) (place, sum) = (sum, sum + place);
            int shift = 8 * digit;
            foreach (uint key in keys) other[next[(byte)(key >> shift)]++] = key;
            Span<uint> sorted = other;
            other = keys;
            keys = sorted;
        }

        // After an even number of passes they are back where they came from.
        foreach (ref uint key in keys) key = FromKey(key);
    }

    // Keys in the order of the numbers: negative numbers' bits turned over, the others' sign set.
    private static uint ToKey(uint bits) => bits ^ ((uint)((int)bits >> 31) | 0x80000000);

    private static uint FromKey(uint key) => key ^ ((uint)((int)~key >> 31) | 0x80000000);
}
