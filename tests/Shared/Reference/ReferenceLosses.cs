namespace FastNets.Tests.Shared.Reference;

/// <summary>Softmax and losses in double precision, by definition.</summary>
public static class ReferenceLosses
{
    public static double[] Softmax(double[] z, int columns)
    {
        var y = new double[z.Length];
        for (int row = 0; row < z.Length / Math.Max(1, columns); row++)
        {
            ReadOnlySpan<double> source = z.AsSpan(row * columns, columns);
            double max = double.NegativeInfinity;
            foreach (double v in source) max = Math.Max(max, v);
            double sum = 0;
            for (int i = 0; i < columns; i++) sum += y[(row * columns) + i] = Math.Exp(source[i] - max);
            for (int i = 0; i < columns; i++) y[(row * columns) + i] /= sum;
        }

        return y;
    }

    public static double[] SoftmaxBackward(double[] dY, double[] y, int columns)
    {
        var dX = new double[y.Length];
        for (int row = 0; row < y.Length / Math.Max(1, columns); row++)
        {
            double sum = 0;
            for (int i = row * columns; i < (row + 1) * columns; i++) sum += y[i] * dY[i];
            for (int i = row * columns; i < (row + 1) * columns; i++) dX[i] = y[i] * (dY[i] - sum);
        }

        return dX;
    }
}
