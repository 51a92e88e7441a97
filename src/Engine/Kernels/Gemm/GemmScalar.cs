namespace FastNets.Kernels.Gemm;

/// <summary>The product by its definition, element by element: what the other forms are measured against.</summary>
internal static unsafe class GemmScalar
{
    /// <summary>C = A B, or C += A B; element (i, p) of A lies at a[i * aRow + p * aColumn], and so with B.</summary>
    public static void Multiply(
        float* a, nint aRow, nint aColumn, float* b, nint bRow, nint bColumn, float* c, nint cRow, int m, int n, int k, bool accumulate)
    {
        for (int i = 0; i < m; i++)
        {
            float* row = c + (i * cRow);
            if (!accumulate) new Span<float>(row, n).Clear();
            for (int p = 0; p < k; p++)
            {
                float factor = a[(i * aRow) + (p * aColumn)];
                float* source = b + (p * bRow);
                for (int j = 0; j < n; j++) row[j] = MathF.FusedMultiplyAdd(factor, source[j * bColumn], row[j]);
            }
        }
    }
}
