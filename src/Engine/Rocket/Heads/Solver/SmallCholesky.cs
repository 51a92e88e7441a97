using System.Numerics.Tensors;

namespace FastNets.Rocket.Heads.Solver;

/// <summary>The Cholesky factor of one block, inverted.</summary>
internal static unsafe class SmallCholesky
{
    private const int Size = GramMatrix.Block;

    /// <summary>Computes the inverse of L where <c>A = L L^T</c>.</summary>
    /// <param name="a">A, [block, block], symmetric; overwritten.</param>
    /// <param name="floor">A pivot that is not above it is taken for a rounding error.</param>
    /// <param name="inverse">[block, block]: the inverse of L, zero above the diagonal.</param>
    /// <returns>False when A is not positive definite but for rounding.</returns>
    /// <remarks>Row operations on whole rows (the upper factor, right-looking): each is one vector operation.</remarks>
    public static bool TryInvertFactor(double* a, double floor, double* inverse)
    {
        for (int k = 0; k < Size; k++)
        {
            double* pivotRow = a + (k * Size);
            double pivot = pivotRow[k];
            // Also catches NaN.
            if (!(pivot > floor)) return false;
            TensorPrimitives.Multiply(Row(pivotRow, k), 1 / Math.Sqrt(pivot), Row(pivotRow, k));
            for (int i = k + 1; i < Size; i++)
                TensorPrimitives.MultiplyAdd(Row(pivotRow, i), -pivotRow[i], Row(a + (i * Size), i), Row(a + (i * Size), i));
        }

        for (int r = 0; r < Size; r++)
        {
            var row = new Span<double>(inverse + (r * Size), Size);
            row.Clear();
            for (int k = 0; k < r; k++)
                TensorPrimitives.MultiplyAdd(new ReadOnlySpan<double>(inverse + (k * Size), k + 1), -a[(k * Size) + r], row[..(k + 1)], row[..(k + 1)]);
            row[r] = 1;
            TensorPrimitives.Multiply(row[..(r + 1)], 1 / a[(r * Size) + r], row[..(r + 1)]);
        }

        return true;
    }

    private static Span<double> Row(double* row, int start) => new(row + start, Size - start);
}
