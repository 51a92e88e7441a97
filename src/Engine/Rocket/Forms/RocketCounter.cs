using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FastNets.Rocket;

/// <summary>Counts how many of a kernel's outputs exceed each of its biases.</summary>
/// <remarks>
/// Several biases are compared with an output while it is in a register. Four features share a register of counts, which is
/// summed across lanes once a block.
/// </remarks>
/// <typeparam name="TLanes">The registers.</typeparam>
/// <typeparam name="TValues">What is known of the values.</typeparam>
internal static unsafe class RocketCounter<TLanes, TValues>
    where TLanes : struct, IRocketLanes<TLanes>
    where TValues : struct, IRocketValues
{
    /// <summary>How many biases beyond a kernel's own are read, and counted for nothing.</summary>
    public const int MostBiasesBeyond = 3;

    /// <summary>Counts outputs that were computed before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CountStored(float* output, nint length, float* biases, int features, int* counts)
    {
        var stored = new StoredOutput<TLanes>(output);
        for (; features > 4; features -= 8, biases += 8, counts += 8) CountTwice(stored, stored, length, biases, biases + 4, counts, counts + 4, 4);
        if (features > 0) Count(stored, length, biases, counts);
    }

    /// <summary>Counts two times up to four features side by side.</summary>
    /// <param name="source0">The outputs of the first four.</param>
    /// <param name="source1">The outputs of the others.</param>
    /// <param name="length">The number of outputs, a multiple of the lanes.</param>
    /// <param name="biases0">The biases of the first four.</param>
    /// <param name="biases1">The biases of the others.</param>
    /// <param name="counts0">The counts of the first four.</param>
    /// <param name="counts1">The counts of the others.</param>
    /// <param name="features">How many of four there are; a constant.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CountTwice<TSource>(
        TSource source0, TSource source1, nint length, float* biases0, float* biases1, int* counts0, int* counts1, int features)
        where TSource : struct, IRocketSource<TLanes>
    {
        TLanes b0 = TLanes.Create(biases0[0]), b1 = TLanes.Create(biases0[1]), b2 = TLanes.Create(biases0[2]), b3 = features == 4 ? TLanes.Create(biases0[3]) : b2;
        TLanes b4 = TLanes.Create(biases1[0]), b5 = TLanes.Create(biases1[1]), b6 = TLanes.Create(biases1[2]), b7 = features == 4 ? TLanes.Create(biases1[3]) : b6;
        TLanes n0 = default, n1 = default;
        for (nint t = 0; t < length; t += TLanes.Count)
        {
            TLanes value0 = source0.At(t), value1 = source1.At(t);
            n0 = TLanes.CountAbove<TValues>(n0, value0, b0, b1, b2, b3);
            n1 = TLanes.CountAbove<TValues>(n1, value1, b4, b5, b6, b7);
        }

        TLanes.AddSums(n0, n1, counts0, counts1);
    }

    /// <summary>Counts up to four features.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Count<TSource>(TSource source, nint length, float* biases, int* counts)
        where TSource : struct, IRocketSource<TLanes>
    {
        TLanes b0 = TLanes.Create(biases[0]), b1 = TLanes.Create(biases[1]), b2 = TLanes.Create(biases[2]), b3 = TLanes.Create(biases[3]);
        TLanes n0 = default;
        for (nint t = 0; t < length; t += TLanes.Count) n0 = TLanes.CountAbove<TValues>(n0, source.At(t), b0, b1, b2, b3);
        (Vector128.LoadAligned(counts) + TLanes.Sums(n0)).StoreAligned(counts);
    }
}
