namespace FastNets.Rocket.Heads.Solver;

/// <summary>The triangle T that makes one product <c>I - V T V^T</c> of many reflections <c>I - tau v v^T</c>, the first one leftmost.</summary>
/// <remarks>Source: Schreiber and Van Loan, "A storage-efficient WY representation for products of Householder transformations", 1989.</remarks>
internal static unsafe class ReflectorTriangle
{
    /// <summary>Makes T.</summary>
    /// <param name="products">[count, count]: V^T V; only what is above the diagonal is read.</param>
    /// <param name="taus">[count].</param>
    /// <param name="count">The number of reflections.</param>
    /// <param name="triangle">[count, count]: takes T, zero below the diagonal.</param>
    public static void Make(double* products, double* taus, int count, double* triangle)
    {
        new Span<double>(triangle, count * count).Clear();
        for (int j = 0; j < count; j++)
        {
            for (int i = 0; i < j; i++)
            {
                double sum = 0;
                for (int k = i; k < j; k++) sum += triangle[(i * count) + k] * products[(k * count) + j];
                triangle[(i * count) + j] = -taus[j] * sum;
            }

            triangle[(j * count) + j] = taus[j];
        }
    }
}
