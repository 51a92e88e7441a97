namespace FastNets.Tests.Shared.Reference;

/// <summary>Layer normalisation in double precision, by definition.</summary>
public static class ReferenceLayerNorm
{
    /// <summary>gamma * (x - mean) / sqrt(variance + epsilon) + beta, row by row.</summary>
    public static double[] Forward(double[] x, double[] gamma, double[] beta, double epsilon, out double[] mean, out double[] variance)
    {
        int columns = gamma.Length;
        int rows = x.Length / columns;
        mean = new double[rows];
        variance = new double[rows];
        var y = new double[x.Length];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) mean[i] += x[(i * columns) + j] / columns;
            for (int j = 0; j < columns; j++) variance[i] += Math.Pow(x[(i * columns) + j] - mean[i], 2) / columns;
            for (int j = 0; j < columns; j++) y[(i * columns) + j] = (gamma[j] * (x[(i * columns) + j] - mean[i]) / Math.Sqrt(variance[i] + epsilon)) + beta[j];
        }

        return y;
    }

    /// <summary>The gradients by x, gamma and beta, given the one by the normalised, affine output.</summary>
    public static (double[] X, double[] Gamma, double[] Beta) Backward(double[] dZ, double[] x, double[] gamma, double epsilon)
    {
        int columns = gamma.Length;
        Forward(x, gamma, new double[columns], epsilon, out double[] mean, out double[] variance);
        var dX = new double[x.Length];
        var dGamma = new double[columns];
        var dBeta = new double[columns];
        for (int i = 0; i < mean.Length; i++)
        {
            double inverse = 1 / Math.Sqrt(variance[i] + epsilon);
            double sum = 0;
            double normalSum = 0;
            for (int j = 0; j < columns; j++)
            {
                double d = dZ[(i * columns) + j];
                double normal = (x[(i * columns) + j] - mean[i]) * inverse;
                dBeta[j] += d;
                dGamma[j] += d * normal;
                sum += d * gamma[j];
                normalSum += d * gamma[j] * normal;
            }

            for (int j = 0; j < columns; j++)
            {
                double normal = (x[(i * columns) + j] - mean[i]) * inverse;
                dX[(i * columns) + j] = inverse * ((dZ[(i * columns) + j] * gamma[j]) - (sum / columns) - (normal * normalSum / columns));
            }
        }

        return (dX, dGamma, dBeta);
    }
}
