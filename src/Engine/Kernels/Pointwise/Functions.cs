using System.Runtime.CompilerServices;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Pointwise;

/// <summary>The elementary functions of the activations, one formula for every register width.</summary>
internal static class Functions
{
    // Beyond these the result is 0 or infinity, and the exponent still fits Scale.
    private const float ExpLowest = -110f;
    private const float ExpHighest = 100f;

    // From here on the functions are 1 to within the accuracy of their formulas.
    private const float TanhOne = 7.905f;
    private const float ErfOne = 3.9999f;

    // Beyond these their formulas are not good; a little further out, so that what lies beyond is still seen to be.
    private const float TanhEnd = 7.9053111f;
    private const float ErfEnd = 4f;

    private const float Log2E = 1.44269504f;

    // ln 2 in two parts, the first with so few bits that its product with a whole number is exact (Cody and Waite, 1980).
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    /// <summary>a where it is not below the bound; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AtLeast<T>(T a, float bound)
        where T : struct, ILanes<T> => T.Max(T.Create(bound), a);

    /// <summary>a where it is not above the bound; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AtMost<T>(T a, float bound)
        where T : struct, ILanes<T> => T.Min(T.Create(bound), a);

    /// <summary>e^x to 1 or 2 units in the last place, subnormal results included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : struct, ILanes<T>
    {
        T n = ReduceExp(x, out T q);
        return T.Scale(T.Create(1f) + q, n);
    }

    /// <summary>e^x - 1 for x of at most 0, accurate near 0 too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ExpMinusOne<T>(T x)
        where T : struct, ILanes<T>
    {
        T power = T.Scale(T.Create(1f), ReduceExp(x, out T q));
        return T.MultiplyAdd(power, q, power - T.Create(1f));
    }

    /// <summary>1 / (1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid<T>(T x)
        where T : struct, ILanes<T>
    {
        T one = T.Create(1f);
        return one / (one + Exp(T.Create(0f) - x));
    }

    /// <summary>The hyperbolic tangent, a rational function of degree 13 over 6; accurate in the relative sense near 0 too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x)
        where T : struct, ILanes<T>
    {
        T a = AtMost(AtLeast(x, -TanhEnd), TanhEnd);
        T s = a * a;
        T p = T.MultiplyAdd(s, T.Create(-2.76076847742355e-16f), T.Create(2.00018790482477e-13f));
        p = T.MultiplyAdd(s, p, T.Create(-8.60467152213735e-11f));
        p = T.MultiplyAdd(s, p, T.Create(5.12229709037114e-08f));
        p = T.MultiplyAdd(s, p, T.Create(1.48572235717979e-05f));
        p = T.MultiplyAdd(s, p, T.Create(6.37261928875436e-04f));
        p = T.MultiplyAdd(s, p, T.Create(4.89352455891786e-03f));
        T q = T.MultiplyAdd(s, T.Create(1.19825839466702e-06f), T.Create(1.18534705686654e-04f));
        q = T.MultiplyAdd(s, q, T.Create(2.26843463243900e-03f));
        q = T.MultiplyAdd(s, q, T.Create(4.89352518554385e-03f));
        return OneFrom(TanhOne, a, a * p / q);
    }

    /// <summary>The error function to about 1e-7, a rational function of degree 13 over 8; exactly 1 in size from 4 on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Erf<T>(T x)
        where T : struct, ILanes<T>
    {
        T a = AtMost(AtLeast(x, -ErfEnd), ErfEnd);
        T s = a * a;
        T p = T.MultiplyAdd(s, T.Create(-2.72614225801306e-10f), T.Create(2.77068142495902e-08f));
        p = T.MultiplyAdd(s, p, T.Create(-2.10102402082508e-06f));
        p = T.MultiplyAdd(s, p, T.Create(-5.69250639462346e-05f));
        p = T.MultiplyAdd(s, p, T.Create(-7.34990630326855e-04f));
        p = T.MultiplyAdd(s, p, T.Create(-2.95459980854025e-03f));
        p = T.MultiplyAdd(s, p, T.Create(-1.60960333262415e-02f));
        T q = T.MultiplyAdd(s, T.Create(-1.45660718464996e-05f), T.Create(-2.13374055278905e-04f));
        q = T.MultiplyAdd(s, q, T.Create(-1.68282697438203e-03f));
        q = T.MultiplyAdd(s, q, T.Create(-7.37332916720468e-03f));
        q = T.MultiplyAdd(s, q, T.Create(-1.42647390514189e-02f));
        return OneFrom(ErfOne, a, a * p / q);
    }

    /// <summary>log(1 + t) for t in [0, 1], accurate in the relative sense: the series of 2 artanh(t / (2 + t)), whose argument is at most 1/3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogOnePlus<T>(T t)
        where T : struct, ILanes<T>
    {
        T z = t / (T.Create(2f) + t);
        T s = z * z;
        T p = T.MultiplyAdd(s, T.Create(2f / 15), T.Create(2f / 13));
        p = T.MultiplyAdd(s, p, T.Create(2f / 11));
        p = T.MultiplyAdd(s, p, T.Create(2f / 9));
        p = T.MultiplyAdd(s, p, T.Create(2f / 7));
        p = T.MultiplyAdd(s, p, T.Create(2f / 5));
        p = T.MultiplyAdd(s, p, T.Create(2f / 3));
        return T.MultiplyAdd(z * s, p, z + z);
    }

    /// <summary>y, or 1 with the sign of a where that is larger than the bound.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T OneFrom<T>(float bound, T a, T y)
        where T : struct, ILanes<T> => T.Select(T.Greater(T.Abs(a), T.Create(bound)), T.CopySign(T.Create(1f), a), y);

    /// <summary>n and q with e^x = 2^n (1 + q), |q| below 0.42; the polynomial's coefficients are those of Cephes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ReduceExp<T>(T x, out T q)
        where T : struct, ILanes<T>
    {
        T a = AtMost(AtLeast(x, ExpLowest), ExpHighest);
        T n = T.Round(a * T.Create(Log2E));
        T r = T.MultiplySubtractFrom(n, T.Create(Ln2High), a);
        r = T.MultiplySubtractFrom(n, T.Create(Ln2Low), r);
        T p = T.MultiplyAdd(r, T.Create(1.9875691500e-4f), T.Create(1.3981999507e-3f));
        p = T.MultiplyAdd(r, p, T.Create(8.3334519073e-3f));
        p = T.MultiplyAdd(r, p, T.Create(4.1665795894e-2f));
        p = T.MultiplyAdd(r, p, T.Create(1.6666665459e-1f));
        p = T.MultiplyAdd(r, p, T.Create(5.0000001201e-1f));
        q = T.MultiplyAdd(r * r, p, r);
        return n;
    }
}
