using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FastNets.Random;

/// <summary>Random matrices with orthonormal columns, or rows where there are fewer of these, each equally likely.</summary>
internal static class OrthogonalMatrix
{
    // Of what a vector must keep of its length when its parts along the others are taken away; less is left to rounding, and is drawn again.
    private const double LeastResidue = 1e-9;

    /// <summary>Sets a matrix, in double precision until the end.</summary>
    /// <param name="values">The matrix's first element and what follows.</param>
    /// <param name="rows">Rows, at least 1.</param>
    /// <param name="columns">Columns, at least 1.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="random">Where numbers come from.</param>
    public static void Fill(Span<float> values, int rows, int columns, int stride, ref PhiloxStream random)
    {
        int count = Math.Min(rows, columns);
        int length = Math.Max(rows, columns);
        double[] vectors = new double[checked(count * length)];
        for (int i = 0; i < count; i++)
        {
            Span<double> vector = vectors.AsSpan(i * length, length);
            while (!TryDraw(vectors.AsSpan(0, i * length), vector, ref random))
            {
            }
        }

        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++) values[(r * stride) + c] = (float)(rows >= columns ? vectors[(c * length) + r] : vectors[(r * length) + c]);
        }
    }

    // Gram and Schmidt's way of QR: its R has a positive diagonal, so no sign is left to correct. Done twice, which is enough for
    // orthogonality to working precision (Giraud et al., 2005).
    private static bool TryDraw(ReadOnlySpan<double> others, Span<double> vector, ref PhiloxStream random)
    {
        foreach (ref double value in vector) value = random.NextNormal();
        double before = Math.Sqrt(Dot(vector, vector));
        for (int pass = 0; pass < 2; pass++)
        {
            for (int start = 0; start < others.Length; start += vector.Length)
            {
                ReadOnlySpan<double> other = others.Slice(start, vector.Length);
                Subtract(Dot(other, vector), other, vector);
            }
        }

        double norm = Math.Sqrt(Dot(vector, vector));
        if (!(norm > LeastResidue * before)) return false;
        foreach (ref double value in vector) value /= norm;
        return true;
    }

    // Of a fixed width and without fused operations, so that the values are the same everywhere.
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector256<double>> va = MemoryMarshal.Cast<double, Vector256<double>>(a);
        ReadOnlySpan<Vector256<double>> vb = MemoryMarshal.Cast<double, Vector256<double>>(b);
        Vector256<double> even = Vector256<double>.Zero;
        Vector256<double> odd = Vector256<double>.Zero;
        int i = 0;
        for (; i < va.Length - 1; i += 2)
        {
            even += va[i] * vb[i];
            odd += va[i + 1] * vb[i + 1];
        }

        if (i < va.Length) even += va[i] * vb[i];
        Vector256<double> four = even + odd;
        double sum = four[0] + four[1] + (four[2] + four[3]);
        for (i = va.Length * Vector256<double>.Count; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static void Subtract(double factor, ReadOnlySpan<double> other, Span<double> vector)
    {
        ReadOnlySpan<Vector256<double>> from = MemoryMarshal.Cast<double, Vector256<double>>(other);
        Span<Vector256<double>> to = MemoryMarshal.Cast<double, Vector256<double>>(vector);
        Vector256<double> f = Vector256.Create(factor);
        for (int i = 0; i < to.Length; i++) to[i] -= f * from[i];
        for (int i = to.Length * Vector256<double>.Count; i < vector.Length; i++) vector[i] -= factor * other[i];
    }
}
