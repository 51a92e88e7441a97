namespace FastNets.Tests.Shared.Reference;

/// <summary>Cross-entropy with all its settings in double precision, by definition.</summary>
public sealed class ReferenceCrossEntropy
{
    public required int Classes { get; init; }

    /// <summary>Each row's class, or null.</summary>
    public int[]? Labels { get; init; }

    /// <summary>Each row's targets, where there are no labels.</summary>
    public double[]? Targets { get; init; }

    public double[]? ClassWeights { get; init; }

    public int[]? Lengths { get; init; }

    public int Steps { get; init; } = 1;

    public double Smoothing { get; init; }

    public double Gamma { get; init; }

    public bool Sum { get; init; }

    /// <summary>Each row's weighted loss; 0 where it does not count.</summary>
    public double[] Losses(double[] z)
    {
        double[] p = ReferenceLosses.Softmax(z, Classes);
        var losses = new double[z.Length / Classes];
        for (int row = 0; row < losses.Length; row++)
        {
            for (int c = 0; c < Classes && Counts(row); c++)
            {
                double a = Weight(row, c);
                if (a != 0) losses[row] -= a * Math.Pow(1 - p[(row * Classes) + c], Gamma) * Math.Log(p[(row * Classes) + c]);
            }
        }

        return losses;
    }

    public double Total(double[] z)
    {
        double sum = Losses(z).Sum();
        return Divisor(z.Length / Classes) == 0 ? 0 : sum / Divisor(z.Length / Classes);
    }

    /// <summary>The gradient of <see cref="Total"/>: the slopes by p through the softmax's Jacobian.</summary>
    public double[] Gradient(double[] z)
    {
        double[] p = ReferenceLosses.Softmax(z, Classes);
        var slope = new double[z.Length];
        double divisor = Divisor(z.Length / Classes);
        for (int i = 0; i < z.Length && divisor != 0; i++)
        {
            (int row, int c) = (i / Classes, i % Classes);
            if (!Counts(row)) continue;
            double focus = Gamma == 0 || p[i] == 1 ? 0 : Gamma * Math.Pow(1 - p[i], Gamma - 1) * Math.Log(p[i]);
            slope[i] = Weight(row, c) * (focus - (Math.Pow(1 - p[i], Gamma) / p[i])) / divisor;
        }

        return ReferenceLosses.SoftmaxBackward(slope, p, Classes);
    }

    private double Divisor(int rows) =>
        Sum ? 1 : Enumerable.Range(0, rows).Where(Counts).Sum(row => Labels is null || ClassWeights is null ? 1 : ClassWeights[Labels[row]]);

    private bool Counts(int row)
    {
        if (Lengths is not null && row % Steps >= Lengths[row / Steps]) return false;
        return Labels is not null ? Labels[row] != -1 : !Targets!.Skip(row * Classes).Take(Classes).Any(double.IsNaN);
    }

    private double Weight(int row, int c)
    {
        double t = Labels is null ? Targets![(row * Classes) + c] : Labels[row] == c ? 1 : 0;
        return (ClassWeights?[c] ?? 1) * (((1 - Smoothing) * t) + (Smoothing / Classes));
    }
}
