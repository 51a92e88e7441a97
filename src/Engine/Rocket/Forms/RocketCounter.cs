using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FastNets.Rocket;

/// <summary>Counts how many of a kernel's outputs exceed each of its biases.</summary>
/// <remarks>
/// Several biases are compared with an output while it is in a register. Each has a register of counts, a lane each; four of these are
/// summed across lanes together, once a block.
/// </remarks>
/// <typeparam name="TLanes">The registers.</typeparam>
internal static unsafe class RocketCounter<TLanes>
    where TLanes : struct, IRocketLanes<TLanes>
{
    /// <summary>How many biases beyond a kernel's own are read, and counted for nothing.</summary>
    public const int MostBiasesBeyond = 3;

    /// <summary>Counts outputs that were computed before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CountStored(float* output, nint length, float* biases, int features, int* counts)
    {
        var stored = new StoredOutput<TLanes>(output);
        if (TLanes.HasManyRegisters)
        {
            // Of five to seven features eight are counted: that costs less than counting four and the rest.
            for (; features > 4; features -= 8, biases += 8, counts += 8) Count8(stored, length, biases, counts);
        }

        for (; features > 4; features -= 4, biases += 4, counts += 4) Count4(stored, length, biases, counts);
        CountFew(stored, length, biases, features, counts);
    }

    /// <summary>Counts the outputs of two kernels of three or four features side by side: there are registers for both.</summary>
    /// <param name="source0">The first kernel's outputs.</param>
    /// <param name="source1">The second kernel's outputs.</param>
    /// <param name="length">The number of outputs of each, a multiple of the lanes.</param>
    /// <param name="biases0">The first kernel's biases.</param>
    /// <param name="biases1">The second kernel's biases.</param>
    /// <param name="counts0">The first kernel's counts.</param>
    /// <param name="counts1">The second kernel's counts.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CountTwice3(SummedOutput<TLanes> source0, SummedOutput<TLanes> source1, nint length, float* biases0, float* biases1, int* counts0, int* counts1)
    {
        TLanes b0 = TLanes.Create(biases0[0]), b1 = TLanes.Create(biases0[1]), b2 = TLanes.Create(biases0[2]);
        TLanes b4 = TLanes.Create(biases1[0]), b5 = TLanes.Create(biases1[1]), b6 = TLanes.Create(biases1[2]);
        TLanes n0 = default, n1 = default, n2 = default, n4 = default, n5 = default, n6 = default;
        for (nint t = 0; t < length; t += TLanes.Count)
        {
            TLanes value0 = source0.At(t), value1 = source1.At(t);
            n0 = TLanes.CountAbove(n0, value0, b0);
            n1 = TLanes.CountAbove(n1, value0, b1);
            n2 = TLanes.CountAbove(n2, value0, b2);
            n4 = TLanes.CountAbove(n4, value1, b4);
            n5 = TLanes.CountAbove(n5, value1, b5);
            n6 = TLanes.CountAbove(n6, value1, b6);
        }

        TLanes.AddSums(n0, n1, n2, default, n4, n5, n6, default, counts0, counts1);
    }

    /// <inheritdoc cref="CountTwice3"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CountTwice4(SummedOutput<TLanes> source0, SummedOutput<TLanes> source1, nint length, float* biases0, float* biases1, int* counts0, int* counts1)
    {
        TLanes b0 = TLanes.Create(biases0[0]), b1 = TLanes.Create(biases0[1]), b2 = TLanes.Create(biases0[2]), b3 = TLanes.Create(biases0[3]);
        TLanes b4 = TLanes.Create(biases1[0]), b5 = TLanes.Create(biases1[1]), b6 = TLanes.Create(biases1[2]), b7 = TLanes.Create(biases1[3]);
        TLanes n0 = default, n1 = default, n2 = default, n3 = default, n4 = default, n5 = default, n6 = default, n7 = default;
        for (nint t = 0; t < length; t += TLanes.Count)
        {
            TLanes value0 = source0.At(t), value1 = source1.At(t);
            n0 = TLanes.CountAbove(n0, value0, b0);
            n1 = TLanes.CountAbove(n1, value0, b1);
            n2 = TLanes.CountAbove(n2, value0, b2);
            n3 = TLanes.CountAbove(n3, value0, b3);
            n4 = TLanes.CountAbove(n4, value1, b4);
            n5 = TLanes.CountAbove(n5, value1, b5);
            n6 = TLanes.CountAbove(n6, value1, b6);
            n7 = TLanes.CountAbove(n7, value1, b7);
        }

        TLanes.AddSums(n0, n1, n2, n3, n4, n5, n6, n7, counts0, counts1);
    }

    /// <summary>Counts outputs of up to four features.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CountFew<TSource>(TSource source, nint length, float* biases, int features, int* counts)
        where TSource : struct, IRocketSource<TLanes>
    {
        switch (features)
        {
            case 4: Count4(source, length, biases, counts); break;
            case 3: Count3(source, length, biases, counts); break;
            case 2: Count2(source, length, biases, counts); break;
            case 1: Count1(source, length, biases, counts); break;
            default: break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Count8<TSource>(TSource source, nint length, float* biases, int* counts)
        where TSource : struct, IRocketSource<TLanes>
    {
        TLanes b0 = TLanes.Create(biases[0]), b1 = TLanes.Create(biases[1]), b2 = TLanes.Create(biases[2]), b3 = TLanes.Create(biases[3]);
        TLanes b4 = TLanes.Create(biases[4]), b5 = TLanes.Create(biases[5]), b6 = TLanes.Create(biases[6]), b7 = TLanes.Create(biases[7]);
        TLanes n0 = default, n1 = default, n2 = default, n3 = default, n4 = default, n5 = default, n6 = default, n7 = default;
        for (nint t = 0; t < length; t += TLanes.Count)
        {
            TLanes value = source.At(t);
            n0 = TLanes.CountAbove(n0, value, b0);
            n1 = TLanes.CountAbove(n1, value, b1);
            n2 = TLanes.CountAbove(n2, value, b2);
            n3 = TLanes.CountAbove(n3, value, b3);
            n4 = TLanes.CountAbove(n4, value, b4);
            n5 = TLanes.CountAbove(n5, value, b5);
            n6 = TLanes.CountAbove(n6, value, b6);
            n7 = TLanes.CountAbove(n7, value, b7);
        }

        TLanes.AddSums(n0, n1, n2, n3, n4, n5, n6, n7, counts, counts + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Count4<TSource>(TSource source, nint length, float* biases, int* counts)
        where TSource : struct, IRocketSource<TLanes>
    {
        TLanes b0 = TLanes.Create(biases[0]), b1 = TLanes.Create(biases[1]), b2 = TLanes.Create(biases[2]), b3 = TLanes.Create(biases[3]);
        TLanes n0 = default, n1 = default, n2 = default, n3 = default;
        for (nint t = 0; t < length; t += TLanes.Count)
        {
            TLanes value = source.At(t);
            n0 = TLanes.CountAbove(n0, value, b0);
            n1 = TLanes.CountAbove(n1, value, b1);
            n2 = TLanes.CountAbove(n2, value, b2);
            n3 = TLanes.CountAbove(n3, value, b3);
        }

        Add(TLanes.Sums(n0, n1, n2, n3), counts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Count3<TSource>(TSource source, nint length, float* biases, int* counts)
        where TSource : struct, IRocketSource<TLanes>
    {
        TLanes b0 = TLanes.Create(biases[0]), b1 = TLanes.Create(biases[1]), b2 = TLanes.Create(biases[2]);
        TLanes n0 = default, n1 = default, n2 = default;
        for (nint t = 0; t < length; t += TLanes.Count)
        {
            TLanes value = source.At(t);
            n0 = TLanes.CountAbove(n0, value, b0);
            n1 = TLanes.CountAbove(n1, value, b1);
            n2 = TLanes.CountAbove(n2, value, b2);
        }

        Add(TLanes.Sums(n0, n1, n2, default), counts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Count2<TSource>(TSource source, nint length, float* biases, int* counts)
        where TSource : struct, IRocketSource<TLanes>
    {
        TLanes b0 = TLanes.Create(biases[0]), b1 = TLanes.Create(biases[1]);
        TLanes n0 = default, n1 = default;
        for (nint t = 0; t < length; t += TLanes.Count)
        {
            TLanes value = source.At(t);
            n0 = TLanes.CountAbove(n0, value, b0);
            n1 = TLanes.CountAbove(n1, value, b1);
        }

        Add(TLanes.Sums(n0, n1, default, default), counts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Count1<TSource>(TSource source, nint length, float* biases, int* counts)
        where TSource : struct, IRocketSource<TLanes>
    {
        TLanes b0 = TLanes.Create(biases[0]);
        TLanes n0 = default;
        for (nint t = 0; t < length; t += TLanes.Count) n0 = TLanes.CountAbove(n0, source.At(t), b0);
        Add(TLanes.Sums(n0, default, default, default), counts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector128<int> sums, int* counts) => (Vector128.LoadAligned(counts) + sums).StoreAligned(counts);
}
