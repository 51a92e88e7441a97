using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static FastNets.Rocket.MiniRocketLanes512;

namespace FastNets.Rocket;

/// <summary>A tree of three biases: two comparisons and a choice instead of three comparisons.</summary>
internal readonly unsafe struct TreeThree512 : IMiniRocketTree512
{
    /// <inheritdoc/>
    public static int Biases => 3;

    /// <inheritdoc/>
    public static int TableLength => 3;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Count(float* first, float* second, float* third, nint vectors, ulong tail, float* table, int* counts)
    {
        Vector512<float> root = Vector512.Create(table[1]);
        Vector512<float> low = Vector512.Create(table[0]);
        Vector512<float> high = Vector512.Create(table[2]);
        while (true)
        {
            ulong m1, m2;
            if (vectors >= 4) Step4(first, second, third, root, low, high, out m1, out m2);
            else if (vectors == 3) Step3(first, second, third, root, low, high, out m1, out m2);
            else if (vectors == 2) Step2(first, second, third, root, low, high, out m1, out m2);
            else Step1(first, second, third, root, low, high, out m1, out m2);

            vectors -= 4;
            MiniRocketTally.Add3(vectors > 0 ? ulong.MaxValue : tail, m1, m2, 0, counts);
            if (vectors <= 0) return;
            first += 4 * Width;
            second += 4 * Width;
            third += 4 * Width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step4(float* first, float* second, float* third, Vector512<float> root, Vector512<float> low, Vector512<float> high, out ulong m1, out ulong m2)
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
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step3(float* first, float* second, float* third, Vector512<float> root, Vector512<float> low, Vector512<float> high, out ulong m1, out ulong m2)
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
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step2(float* first, float* second, float* third, Vector512<float> root, Vector512<float> low, Vector512<float> high, out ulong m1, out ulong m2)
    {
        Vector512<float> a = Sum(first, second, third, 0);
        Vector512<float> b = Sum(first, second, third, 16);

        Vector512<float> a1 = Avx512F.CompareGreaterThan(a, root);
        Vector512<float> b1 = Avx512F.CompareGreaterThan(b, root);
        m1 = Bits(a1, b1);

        Vector512<float> a2 = Avx512F.CompareGreaterThan(a, Avx512F.BlendVariable(low, high, a1));
        Vector512<float> b2 = Avx512F.CompareGreaterThan(b, Avx512F.BlendVariable(low, high, b1));
        m2 = Bits(a2, b2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step1(float* first, float* second, float* third, Vector512<float> root, Vector512<float> low, Vector512<float> high, out ulong m1, out ulong m2)
    {
        Vector512<float> a = Sum(first, second, third, 0);

        Vector512<float> a1 = Avx512F.CompareGreaterThan(a, root);
        m1 = Bits(a1);

        Vector512<float> a2 = Avx512F.CompareGreaterThan(a, Avx512F.BlendVariable(low, high, a1));
        m2 = Bits(a2);
    }
}
