using System.Numerics.Tensors;

namespace FastNets.Engine.Tests.Rocket.Heads;

/// <summary>Ridge regression by the book, in double precision: standardise, then refit without each sample in turn.</summary>
internal static class RidgeReference
{
    /// <summary>Divides columns by their standard deviation (constant ones by 1).</summary>
    public static double[][] Scaled(double[][] x)
    {
        int n = x.Length;
        int p = x[0].Length;
        double[][] z = [.. x.Select(row => row.ToArray())];
        for (int j = 0; j < p; j++)
        {
            double mean = x.Average(row => row[j]);
            double deviation = Math.Sqrt(x.Sum(row => (row[j] - mean) * (row[j] - mean)) / n);
            for (int i = 0; i < n && deviation > 1e-12; i++) z[i][j] /= deviation;
        }

        return z;
    }

    /// <summary>Minimises |y - b - Zw|^2 + alpha |w|^2 over w and b.</summary>
    public static (double[] Weights, double Intercept) Fit(double[][] z, double[] y, double alpha)
    {
        int p = z[0].Length;

        // The intercept is one more unknown, with a column of ones and no penalty.
        var a = new double[p + 1, p + 2];
        for (int i = 0; i < z.Length; i++)
        {
            for (int r = 0; r <= p; r++)
            {
                double left = r < p ? z[i][r] : 1;
                for (int c = 0; c <= p; c++) a[r, c] += left * (c < p ? z[i][c] : 1);
                a[r, p + 1] += left * y[i];
            }
        }

        for (int r = 0; r < p; r++) a[r, r] += alpha;
        double[] solution = Solve(a);
        return (solution[..p], solution[p]);
    }

    /// <summary>The mean squared residual of each sample under the model of all the others.</summary>
    public static double LeaveOneOutError(double[][] z, double[][] targets, double alpha)
    {
        double sum = 0;
        foreach (double[] y in targets)
        {
            for (int i = 0; i < z.Length; i++)
            {
                double[][] others = [.. z.Where((_, k) => k != i)];
                double[] otherTargets = [.. y.Where((_, k) => k != i)];
                (double[] weights, double intercept) = Fit(others, otherTargets, alpha);
                double residual = y[i] - intercept - weights.Zip(z[i], (w, v) => w * v).Sum();
                sum += residual * residual;
            }
        }

        return sum / (targets.Length * z.Length);
    }

    /// <summary>The same from one inverse, without refits: residuals of the fit to all, each divided by 1 less the sample's own weight in its prediction.</summary>
    public static double LeaveOneOutErrorInClosedForm(double[][] z, double[][] targets, double alpha)
    {
        int n = z.Length;
        double[] means = [.. Enumerable.Range(0, z[0].Length).Select(j => z.Average(row => row[j]))];
        double[][] centred = [.. z.Select(row => row.Zip(means, (value, mean) => value - mean).ToArray())];
        var products = new double[n][];
        var inverse = new double[n][];
        for (int i = 0; i < n; i++)
        {
            products[i] = [.. centred.Select(row => TensorPrimitives.Dot<double>(row, centred[i]))];
            inverse[i] = [.. products[i]];
            inverse[i][i] += alpha;
        }

        Invert(inverse);

        // The rest I - S of the hat matrix S: I - K (K + alpha I)^-1 = alpha (K + alpha I)^-1, less the intercept's share.
        double sum = 0;
        foreach (double[] y in targets)
        {
            double mean = y.Average();
            for (int i = 0; i < n; i++)
            {
                double rest = 0;
                for (int k = 0; k < n; k++) rest += alpha * inverse[i][k] * (y[k] - mean);
                double residual = rest / ((alpha * inverse[i][i]) - (1.0 / n));
                sum += residual * residual;
            }
        }

        return sum / (targets.Length * n);
    }

    // Of a symmetric positive definite matrix, by Gauss and Jordan's steps.
    private static void Invert(double[][] a)
    {
        int n = a.Length;
        for (int k = 0; k < n; k++)
        {
            double[] pivotRow = a[k];
            double pivot = 1 / pivotRow[k];
            pivotRow[k] = 1;
            for (int j = 0; j < n; j++) pivotRow[j] *= pivot;
            for (int i = 0; i < n; i++)
            {
                if (i == k) continue;
                double factor = a[i][k];
                a[i][k] = 0;
                TensorPrimitives.MultiplyAdd(pivotRow, -factor, a[i], a[i]);
            }
        }
    }

    private static double[] Solve(double[,] a)
    {
        int n = a.GetLength(0);
        for (int k = 0; k < n; k++)
        {
            int pivot = Enumerable.Range(k, n - k).MaxBy(r => Math.Abs(a[r, k]));
            for (int c = 0; c <= n; c++) (a[k, c], a[pivot, c]) = (a[pivot, c], a[k, c]);
            for (int r = k + 1; r < n; r++)
            {
                double factor = a[r, k] / a[k, k];
                for (int c = k; c <= n; c++) a[r, c] -= factor * a[k, c];
            }
        }

        var x = new double[n];
        for (int r = n - 1; r >= 0; r--)
        {
            double sum = a[r, n];
            for (int c = r + 1; c < n; c++) sum -= a[r, c] * x[c];
            x[r] = sum / a[r, r];
        }

        return x;
    }
}
