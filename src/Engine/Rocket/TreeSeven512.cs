using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static FastNets.Rocket.MiniRocketLanes512;

namespace FastNets.Rocket;

/// <summary>A tree of seven biases: three comparisons, the bias of the last one looked up.</summary>
/// <remarks>The index into the table: 8 for exceeding the root, 4 for exceeding the bias on level 2.</remarks>
internal readonly unsafe struct TreeSeven512 : IMiniRocketTree512
{
    /// <inheritdoc/>
    public static int Biases => 7;

    /// <inheritdoc/>
    public static int TableLength => 16;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Count(float* first, float* second, float* third, nint vectors, ulong tail, float* table, int* counts)
    {
        Vector512<float> root = Vector512.Create(table[1]);
        Vector512<float> low = Vector512.Create(table[2]);
        Vector512<float> high = Vector512.Create(table[3]);
        Vector512<float> level3 = Vector512.LoadAligned(table);
        while (true)
        {
            ulong m1, m2, m3;
            if (vectors >= 4) Step4(first, second, third, root, low, high, level3, out m1, out m2, out m3);
            else if (vectors == 3) Step3(first, second, third, root, low, high, level3, out m1, out m2, out m3);
            else if (vectors == 2) Step2(first, second, third, root, low, high, level3, out m1, out m2, out m3);
            else Step1(first, second, third, root, low, high, level3, out m1, out m2, out m3);

            vectors -= 4;
            MiniRocketTally.Add7(vectors > 0 ? ulong.MaxValue : tail, m1, m2, m3, 0, counts);
            if (vectors <= 0) return;
            first += 4 * Width;
            second += 4 * Width;
            third += 4 * Width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step4(float* first, float* second, float* third, Vector512<float> root, Vector512<float> low, Vector512<float> high, Vector512<float> level3, out ulong m1, out ulong m2, out ulong m3)
    {
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
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step3(float* first, float* second, float* third, Vector512<float> root, Vector512<float> low, Vector512<float> high, Vector512<float> level3, out ulong m1, out ulong m2, out ulong m3)
    {
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
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step2(float* first, float* second, float* third, Vector512<float> root, Vector512<float> low, Vector512<float> high, Vector512<float> level3, out ulong m1, out ulong m2, out ulong m3)
    {
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
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step1(float* first, float* second, float* third, Vector512<float> root, Vector512<float> low, Vector512<float> high, Vector512<float> level3, out ulong m1, out ulong m2, out ulong m3)
    {
        Vector512<float> a = Sum(first, second, third, 0);

        Vector512<float> a1 = Avx512F.CompareGreaterThan(a, root);
        m1 = Bits(a1);

        Vector512<float> a2 = Avx512F.CompareGreaterThan(a, Avx512F.BlendVariable(low, high, a1));
        m2 = Bits(a2);

        Vector512<float> aIndex = Mark(Mark(Vector512<float>.Zero, 8, a1), 4, a2);
        Vector512<float> a3 = Avx512F.CompareGreaterThan(a, Look(level3, aIndex));
        m3 = Bits(a3);
    }
}
