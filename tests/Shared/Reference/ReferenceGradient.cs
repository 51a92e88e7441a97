namespace FastNets.Tests.Shared.Reference;

/// <summary>Derivatives by central differences, for the references' own gradients.</summary>
public static class ReferenceGradient
{
    /// <summary>The gradient of a scalar function at a point, to about 1e-8 of its size.</summary>
    public static double[] Numerical(Func<double[], double> function, double[] at, double step = 1e-5)
    {
        var gradient = new double[at.Length];
        double[] point = (double[])at.Clone();
        for (int i = 0; i < at.Length; i++)
        {
            point[i] = at[i] + step;
            double above = function(point);
            point[i] = at[i] - step;
            double below = function(point);
            point[i] = at[i];
            gradient[i] = (above - below) / (2 * step);
        }

        return gradient;
    }
}
