namespace FastNets.Tests.Shared.Reference;

/// <summary>Batch normalisation in double precision, by definition.</summary>
public static class ReferenceBatchNorm
{
    /// <summary>gamma * (x - mean) / sqrt(variance + epsilon) + beta.</summary>
    public static double[] Forward(double[] x, double[] gamma, double[] beta, int batch, double epsilon, out double[] mean, out double[] variance)
    {
        int features = gamma.Length;
        mean = new double[features];
        variance = new double[features];
        var y = new double[x.Length];
        for (int j = 0; j < features; j++)
        {
            for (int i = 0; i < batch; i++) mean[j] += x[(i * features) + j] / batch;
            for (int i = 0; i < batch; i++) variance[j] += Math.Pow(x[(i * features) + j] - mean[j], 2) / batch;
            for (int i = 0; i < batch; i++)
                y[(i * features) + j] = (gamma[j] * (x[(i * features) + j] - mean[j]) / Math.Sqrt(variance[j] + epsilon)) + beta[j];
        }

        return y;
    }

    /// <summary>The gradients by x, gamma and beta, given the one by the normalised, affine output.</summary>
    public static (double[] X, double[] Gamma, double[] Beta) Backward(double[] dZ, double[] x, double[] gamma, int batch, double epsilon)
    {
        int features = gamma.Length;
        Forward(x, gamma, new double[features], batch, epsilon, out double[] mean, out double[] variance);
        var dX = new double[x.Length];
        var dGamma = new double[features];
        var dBeta = new double[features];
        for (int j = 0; j < features; j++)
        {
            double inverse = 1 / Math.Sqrt(variance[j] + epsilon);
            for (int i = 0; i < batch; i++)
            {
                dBeta[j] += dZ[(i * features) + j];
                dGamma[j] += dZ[(i * features) + j] * (x[(i * features) + j] - mean[j]) * inverse;
            }

            for (int i = 0; i < batch; i++)
            {
                double normal = (x[(i * features) + j] - mean[j]) * inverse;
                dX[(i * features) + j] = gamma[j] * inverse * (dZ[(i * features) + j] - (dBeta[j] / batch) - (normal * dGamma[j] / batch));
            }
        }

        return (dX, dGamma, dBeta);
    }
}
