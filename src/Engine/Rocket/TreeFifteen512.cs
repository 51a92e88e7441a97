using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static FastNets.Rocket.MiniRocketLanes512;

namespace FastNets.Rocket;

/// <summary>A tree of fifteen biases: four comparisons, the biases of the last two looked up.</summary>
/// <remarks>
/// The index into the tables: 8, 4 and 2 for exceeding on levels 1, 2 and 3. The steps are methods of their own: inlined into one
/// body, .NET 10 moved the masks through vectors (vpmovm2d and back).
/// </remarks>
internal readonly unsafe struct TreeFifteen512 : IMiniRocketTree512
{
    /// <inheritdoc/>
    public static int Biases => 15;

    /// <inheritdoc/>
    public static int TableLength => 16;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Count(float* first, float* second, float* third, nint vectors, ulong tail, float* table, int* counts)
    {
        while (true)
        {
            ulong m1, m2, m3, m4;
            if (vectors >= 4) Step4(first, second, third, table, out m1, out m2, out m3, out m4);
            else if (vectors == 3) Step3(first, second, third, table, out m1, out m2, out m3, out m4);
            else if (vectors == 2) Step2(first, second, third, table, out m1, out m2, out m3, out m4);
            else Step1(first, second, third, table, out m1, out m2, out m3, out m4);

            vectors -= 4;
            MiniRocketTally.Add15(vectors > 0 ? ulong.MaxValue : tail, m1, m2, m3, m4, 0, counts);
            if (vectors <= 0) return;
            first += 4 * Width;
            second += 4 * Width;
            third += 4 * Width;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Step4(float* first, float* second, float* third, float* table, out ulong m1, out ulong m2, out ulong m3, out ulong m4)
    {
        Vector512<float> root = Vector512.Create(table[7]);
        Vector512<float> low = Vector512.Create(table[3]);
        Vector512<float> high = Vector512.Create(table[11]);
        Vector512<float> level4 = Vector512.LoadAligned(table);
        Vector512<float> level3 = Avx512F.AlignRight32(level4.AsInt32(), level4.AsInt32(), 1).AsSingle();
        Vector512<float> a = Sum(first, second, third, 0);
        Vector512<float> b = Sum(first, second, third, 16);
        Vector512<float> c = Sum(first, second, third, 32);
        Vector512<float> d = Sum(first, second, third, 48);

        Vector512<float> a1 = Avx512F.CompareGreaterThan(a, root);
        Vector512<float> b1 = Avx512F.CompareGreaterThan(b, root);
        Vector512<float> c1 = Avx512F.CompareGreaterThan(c, root);
        Vector512<float> d1 = Avx512F.CompareGreaterThan(d, root);
        m1 = Bits(a1, b1, c1, d1);

        Vector512<float> a2 = Avx512F.CompareGreaterThan(a, Avx512F.BlendVariable(low, high, a1));
        Vector512<float> b2 = Avx512F.CompareGreaterThan(b, Avx512F.BlendVariable(low, high, b1));
        Vector512<float> c2 = Avx512F.CompareGreaterThan(c, Avx512F.BlendVariable(low, high, c1));
        Vector512<float> d2 = Avx512F.CompareGreaterThan(d, Avx512F.BlendVariable(low, high, d1));
        m2 = Bits(a2, b2, c2, d2);

        Vector512<float> aIndex = Mark(Mark(Vector512<float>.Zero, 8, a1), 4, a2);
        Vector512<float> bIndex = Mark(Mark(Vector512<float>.Zero, 8, b1), 4, b2);
        Vector512<float> cIndex = Mark(Mark(Vector512<float>.Zero, 8, c1), 4, c2);
        Vector512<float> dIndex = Mark(Mark(Vector512<float>.Zero, 8, d1), 4, d2);
        Vector512<float> a3 = Avx512F.CompareGreaterThan(a, Look(level3, aIndex));
        Vector512<float> b3 = Avx512F.CompareGreaterThan(b, Look(level3, bIndex));
        Vector512<float> c3 = Avx512F.CompareGreaterThan(c, Look(level3, cIndex));
        Vector512<float> d3 = Avx512F.CompareGreaterThan(d, Look(level3, dIndex));
        m3 = Bits(a3, b3, c3, d3);

        aIndex = Mark(aIndex, 2, a3);
        bIndex = Mark(bIndex, 2, b3);
        cIndex = Mark(cIndex, 2, c3);
        dIndex = Mark(dIndex, 2, d3);
        Vector512<float> a4 = Avx512F.CompareGreaterThan(a, Look(level4, aIndex));
        Vector512<float> b4 = Avx512F.CompareGreaterThan(b, Look(level4, bIndex));
        Vector512<float> c4 = Avx512F.CompareGreaterThan(c, Look(level4, cIndex));
        Vector512<float> d4 = Avx512F.CompareGreaterThan(d, Look(level4, dIndex));
        m4 = Bits(a4, b4, c4, d4);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Step3(float* first, float* second, float* third, float* table, out ulong m1, out ulong m2, out ulong m3, out ulong m4)
    {
        Vector512<float> root = Vector512.Create(table[7]);
        Vector512<float> low = Vector512.Create(table[3]);
        Vector512<float> high = Vector512.Create(table[11]);
        Vector512<float> level4 = Vector512.LoadAligned(table);
        Vector512<float> level3 = Avx512F.AlignRight32(level4.AsInt32(), level4.AsInt32(), 1).AsSingle();
        Vector512<float> a = Sum(first, second, third, 0);
        Vector512<float> b = Sum(first, second, third, 16);
        Vector512<float> c = Sum(first, second, third, 32);

        Vector512<float> a1 = Avx512F.CompareGreaterThan(a, root);
        Vector512<float> b1 = Avx512F.CompareGreaterThan(b, root);
        Vector512<float> c1 = Avx512F.CompareGreaterThan(c, root);
        m1 = Bits(a1, b1, c1);

        Vector512<float> a2 = Avx512F.CompareGreaterThan(a, Avx512F.BlendVariable(low, high, a1));
        Vector512<float> b2 = Avx512F.CompareGreaterThan(b, Avx512F.BlendVariable(low, high, b1));
        Vector512<float> c2 = Avx512F.CompareGreaterThan(c, Avx512F.BlendVariable(low, high, c1));
        m2 = Bits(a2, b2, c2);

        Vector512<float> aIndex = Mark(Mark(Vector512<float>.Zero, 8, a1), 4, a2);
        Vector512<float> bIndex = Mark(Mark(Vector512<float>.Zero, 8, b1), 4, b2);
        Vector512<float> cIndex = Mark(Mark(Vector512<float>.Zero, 8, c1), 4, c2);
        Vector512<float> a3 = Avx512F.CompareGreaterThan(a, Look(level3, aIndex));
        Vector512<float> b3 = Avx512F.CompareGreaterThan(b, Look(level3, bIndex));
        Vector512<float> c3 = Avx512F.CompareGreaterThan(c, Look(level3, cIndex));
        m3 = Bits(a3, b3, c3);

        aIndex = Mark(aIndex, 2, a3);
        bIndex = Mark(bIndex, 2, b3);
        cIndex = Mark(cIndex, 2, c3);
        Vector512<float> a4 = Avx512F.CompareGreaterThan(a, Look(level4, aIndex));
        Vector512<float> b4 = Avx512F.CompareGreaterThan(b, Look(level4, bIndex));
        Vector512<float> c4 = Avx512F.CompareGreaterThan(c, Look(level4, cIndex));
        m4 = Bits(a4, b4, c4);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Step2(float* first, float* second, float* third, float* table, out ulong m1, out ulong m2, out ulong m3, out ulong m4)
    {
        Vector512<float> root = Vector512.Create(table[7]);
        Vector512<float> low = Vector512.Create(table[3]);
        Vector512<float> high = Vector512.Create(table[11]);
        Vector512<float> level4 = Vector512.LoadAligned(table);
        Vector512<float> level3 = Avx512F.AlignRight32(level4.AsInt32(), level4.AsInt32(), 1).AsSingle();
        Vector512<float> a = Sum(first, second, third, 0);
        Vector512<float> b = Sum(first, second, third, 16);

        Vector512<float> a1 = Avx512F.CompareGreaterThan(a, root);
        Vector512<float> b1 = Avx512F.CompareGreaterThan(b, root);
        m1 = Bits(a1, b1);

        Vector512<float> a2 = Avx512F.CompareGreaterThan(a, Avx512F.BlendVariable(low, high, a1));
        Vector512<float> b2 = Avx512F.CompareGreaterThan(b, Avx512F.BlendVariable(low, high, b1));
        m2 = Bits(a2, b2);

        Vector512<float> aIndex = Mark(Mark(Vector512<float>.Zero, 8, a1), 4, a2);
        Vector512<float> bIndex = Mark(Mark(Vector512<float>.Zero, 8, b1), 4, b2);
        Vector512<float> a3 = Avx512F.CompareGreaterThan(a, Look(level3, aIndex));
        Vector512<float> b3 = Avx512F.CompareGreaterThan(b, Look(level3, bIndex));
        m3 = Bits(a3, b3);

        aIndex = Mark(aIndex, 2, a3);
        bIndex = Mark(bIndex, 2, b3);
        Vector512<float> a4 = Avx512F.CompareGreaterThan(a, Look(level4, aIndex));
        Vector512<float> b4 = Avx512F.CompareGreaterThan(b, Look(level4, bIndex));
        m4 = Bits(a4, b4);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Step1(float* first, float* second, float* third, float* table, out ulong m1, out ulong m2, out ulong m3, out ulong m4)
    {
        Vector512<float> root = Vector512.Create(table[7]);
        Vector512<float> low = Vector512.Create(table[3]);
        Vector512<float> high = Vector512.Create(table[11]);
        Vector512<float> level4 = Vector512.LoadAligned(table);
        Vector512<float> level3 = Avx512F.AlignRight32(level4.AsInt32(), level4.AsInt32(), 1).AsSingle();
        Vector512<float> a = Sum(first, second, third, 0);

        Vector512<float> a1 = Avx512F.CompareGreaterThan(a, root);
        m1 = Bits(a1);

        Vector512<float> a2 = Avx512F.CompareGreaterThan(a, Avx512F.BlendVariable(low, high, a1));
        m2 = Bits(a2);

        Vector512<float> aIndex = Mark(Mark(Vector512<float>.Zero, 8, a1), 4, a2);
        Vector512<float> a3 = Avx512F.CompareGreaterThan(a, Look(level3, aIndex));
        m3 = Bits(a3);

        aIndex = Mark(aIndex, 2, a3);
        Vector512<float> a4 = Avx512F.CompareGreaterThan(a, Look(level4, aIndex));
        m4 = Bits(a4);
    }
}
