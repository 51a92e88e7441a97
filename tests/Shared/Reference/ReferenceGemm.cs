namespace FastNets.Tests.Shared.Reference;

/// <summary>Matrix products in double precision, by definition.</summary>
public static class ReferenceGemm
{
    /// <summary>op(A) op(B), [m, n]; a transposed A is stored as [k, m], a transposed B as [n, k].</summary>
    public static double[] Multiply(double[] a, bool transposeA, double[] b, bool transposeB, int m, int n, int k)
    {
        var c = new double[m * n];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = 0;
                for (int p = 0; p < k; p++) sum += a[transposeA ? (p * m) + i : (i * k) + p] * b[transposeB ? (j * k) + p : (p * n) + j];
                c[(i * n) + j] = sum;
            }
        }

        return c;
    }
}
