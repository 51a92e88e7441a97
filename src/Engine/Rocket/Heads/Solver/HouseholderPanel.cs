using FastNets.Kernels;

namespace FastNets.Rocket.Heads.Solver;

/// <summary>QR of a tall panel of <see cref="Width"/> columns by Householder reflections <c>I - tau v v^T</c>.</summary>
/// <remarks>
/// Columns are contiguous. Eight of them at a time are reflected one after another while they lie in the second-level cache, then
/// the columns behind them by all eight reflections at once. Source: Golub and Van Loan, "Matrix Computations", 5.2.
/// </remarks>
internal static unsafe class HouseholderPanel
{
    /// <summary>The columns of a panel.</summary>
    public const int Width = GramMatrix.Block;

    private const int Group = 8;

    // Columns whose squares add up to less are zero beside any matrix of standardised features.
    private const double Negligible = 1e-200;

    /// <summary>Factors.</summary>
    /// <param name="columns">[<see cref="Width"/>, rows]: the panel's columns; then the vectors v, with their 1 and the zeros before it.</param>
    /// <param name="stride">From one column to the next.</param>
    /// <param name="rows">The number of rows, a multiple of <see cref="Width"/> above 0.</param>
    /// <param name="r">[<see cref="Width"/>, <see cref="Width"/>], zeros: takes the upper triangle R.</param>
    /// <param name="taus">[<see cref="Width"/>]: takes the factors; 0 where nothing was to be reflected.</param>
    /// <param name="isa">The instruction set, supported here.</param>
    public static void Factor(double* columns, nint stride, int rows, double* r, double* taus, Isa isa)
    {
        switch (isa)
        {
            case Isa.Vector512: Factor<Double8>(columns, stride, rows, r, taus); break;
            case Isa.Vector256: Factor<Double4>(columns, stride, rows, r, taus); break;
            default: Factor<Double1>(columns, stride, rows, r, taus); break;
        }
    }

    private static void Factor<T>(double* columns, nint stride, int rows, double* r, double* taus)
        where T : struct, ITileLanes<T, double>
    {
        double* triangle = stackalloc double[Group * Group];
        double* dots = stackalloc double[Group];
        double* factors = stackalloc double[Group];
        for (int start = 0; start < Width; start += Group)
        {
            double* vectors = columns + (start * stride) + start;
            int count = rows - start;
            for (int j = 0; j < Group; j++)
            {
                double* column = vectors + (j * stride);
                for (int i = 0; i < j; i++)
                {
                    double* v = vectors + (i * stride);
                    ColumnSums.Subtract<T>(column, v, taus[start + i] * ColumnSums.Dot<T>(v, column, count), count);
                }

                Reflect<T>(columns + ((start + j) * stride), start + j, start, rows, r, taus);
            }

            if (start + Group == Width) return;
            Triangle<T>(vectors, stride, count, taus + start, triangle);
            for (int c = start + Group; c < Width; c++)
            {
                double* column = columns + (c * stride) + start;
                ColumnSums.Dots<T>(vectors, stride, column, count, dots);
                for (int j = 0; j < Group; j++)
                {
                    factors[j] = 0;
                    for (int i = 0; i <= j; i++) factors[j] += triangle[(i * Group) + j] * dots[i];
                }

                ColumnSums.SubtractAll<T>(column, vectors, stride, factors, count);
            }
        }
    }

    // Makes one column's vector, leaves what is above the diagonal in R.
    private static void Reflect<T>(double* column, int index, int start, int rows, double* r, double* taus)
        where T : struct, ITileLanes<T, double>
    {
        for (int i = 0; i < index; i++) r[(i * Width) + index] = column[i];
        double head = column[index];
        new Span<double>(column, index + 1).Clear();
        double tail = ColumnSums.Dot<T>(column + start, column + start, rows - start);
        if (tail < Negligible)
        {
            taus[index] = 0;
            r[(index * Width) + index] = head;
            new Span<double>(column, rows).Clear();
        }
        else
        {
            double norm = Math.Sqrt((head * head) + tail);
            double reflected = head >= 0 ? -norm : norm;
            taus[index] = (reflected - head) / reflected;
            r[(index * Width) + index] = reflected;
            double scale = 1 / (head - reflected);
            for (int i = index + 1; i < rows; i++) column[i] *= scale;
        }

        column[index] = 1;
    }

    // The upper triangle T of I - V T V^T, the product of the group's reflections.
    private static void Triangle<T>(double* vectors, nint stride, int count, double* taus, double* triangle)
        where T : struct, ITileLanes<T, double>
    {
        double* products = stackalloc double[Group * Group];
        for (int j = 0; j < Group; j++)
        {
            for (int i = 0; i < j; i++) products[(i * Group) + j] = ColumnSums.Dot<T>(vectors + (i * stride), vectors + (j * stride), count);
        }

        ReflectorTriangle.Make(products, taus, Group, triangle);
    }
}
