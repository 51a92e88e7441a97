using FastNets.Kernels;
using FastNets.Threading;

namespace FastNets.Rocket.Heads;

/// <summary>One of the two forms of the ridge normal equations, with leave-one-out residuals in closed form.</summary>
/// <remarks>
/// Both forms need, for each sample, a row r solved with the factor: <c>|L^-1 r|^2</c> is what the residual is divided by
/// and <c>(L^-1 r) . (L^-1 b)</c> what it is made of, b being the right-hand side of a target. In the dual form r is a row of the
/// identity, in the primal form the sample itself. Source: Golub, Heath and Wahba, "Generalized cross-validation as a
/// method for choosing a good ridge parameter", 1979; Rifkin and Lippert, "Notes on regularized least squares", 2007.
/// </remarks>
internal abstract unsafe class RidgeForm : IDisposable
{
    private readonly Isa _isa;
    private readonly DoubleMatrix _solved;

    /// <summary>Sets up what both forms have.</summary>
    /// <param name="features">The standardised samples.</param>
    /// <param name="targets">Centred targets, [padded number of targets, padded samples].</param>
    /// <param name="targetCount">The number of targets.</param>
    /// <param name="order">The order of the system.</param>
    /// <param name="isa">The instruction set.</param>
    protected RidgeForm(StandardizedFeatures features, DoubleMatrix targets, int targetCount, int order, Isa isa)
    {
        _isa = isa;
        Features = features;
        Targets = targets;
        TargetCount = targetCount;
        System = new RegularizedSystem(order, isa);
        _solved = new DoubleMatrix(targets.Rows, System.Padded);
        Products = new DoubleMatrix(targets.Rows, targets.Columns);
        Norms = new double[targets.Columns];
    }

    /// <summary>The standardised samples.</summary>
    protected StandardizedFeatures Features { get; }

    /// <summary>Centred targets, [padded number of targets, padded samples].</summary>
    protected DoubleMatrix Targets { get; }

    /// <summary>The number of targets.</summary>
    protected int TargetCount { get; }

    /// <summary>The system to be factored.</summary>
    protected RegularizedSystem System { get; }

    /// <summary>For each target (row) and sample: <c>r . (G + alpha I)^-1 b</c>.</summary>
    protected DoubleMatrix Products { get; }

    /// <summary>For each sample: <c>r . (G + alpha I)^-1 r</c>.</summary>
    protected double[] Norms { get; }

    /// <summary>The right-hand sides, [padded number of targets, at least order].</summary>
    protected abstract DoubleMatrix RightHandSides { get; }

    /// <summary>The right-hand sides solved with L, of the alpha tried last.</summary>
    protected DoubleMatrix Solved => _solved;

    /// <summary>Tries one strength of the penalty.</summary>
    /// <param name="alpha">Above 0.</param>
    /// <returns>The squared leave-one-out residual, averaged over samples and targets; infinite when alpha is too small to be computed with.</returns>
    public double LeaveOneOutError(double alpha)
    {
        if (!System.TryFactor(alpha)) return double.PositiveInfinity;
        WorkerPool.Run(_solved.Rows / DotTiles.RowUnit, new SolveTargets(this));
        WorkerPool.Run(Norms.Length / RegularizedSystem.Block, new SolveSamples(this));
        double sum = 0;
        for (int t = 0; t < TargetCount; t++)
        {
            for (int i = 0; i < Features.Samples; i++)
            {
                double residual = Residual(t, i, alpha);
                sum += residual * residual;
            }
        }

        double error = sum / ((double)TargetCount * Features.Samples);
        return double.IsNaN(error) ? double.PositiveInfinity : error;
    }

    /// <summary>Keeps the solution of the alpha tried last.</summary>
    public abstract void Keep();

    /// <summary>Writes the coefficients of the solution kept.</summary>
    /// <param name="coefficients">[padded number of targets, at least features].</param>
    public abstract void WriteCoefficients(DoubleMatrix coefficients);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The residual of a sample when the model is fitted without it.</summary>
    protected abstract double Residual(int target, int sample, double alpha);

    /// <summary>Writes the row r of a sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="row">Zeros, as many as the system's padded order.</param>
    protected abstract void WriteRow(int sample, double* row);

    /// <summary>The first block of columns in which a sample's row is not zero.</summary>
    protected abstract int FirstBlock(int sampleBlock);

    /// <summary>Frees the memory.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        System.Dispose();
        Products.Dispose();
        _solved.Dispose();
    }

    private readonly struct SolveTargets(RidgeForm form) : IParallelBody
    {
        public void Invoke(int item)
        {
            const int Count = DotTiles.RowUnit;
            for (int t = item * Count; t < (item + 1) * Count; t++)
            {
                new ReadOnlySpan<double>(form.RightHandSides.At(t, 0), form.System.Order)
                    .CopyTo(new Span<double>(form._solved.At(t, 0), form.System.Order));
                new Span<double>(form._solved.At(t, form.System.Order), form.System.Padded - form.System.Order).Clear();
            }

            form.System.ForwardSolve(form._solved.At(item * Count, 0), Count, 0);
        }
    }

    private readonly struct SolveSamples(RidgeForm form) : IParallelBody
    {
        public void Invoke(int item)
        {
            const int Block = RegularizedSystem.Block;
            RegularizedSystem system = form.System;
            using var rows = new DoubleMatrix(Block, system.Padded);
            int firstSample = item * Block;
            int samples = Math.Min(Block, form.Features.Samples - firstSample);
            for (int i = 0; i < samples; i++) form.WriteRow(firstSample + i, rows.At(i, 0));
            int firstBlock = form.FirstBlock(item);
            system.ForwardSolve(rows.At(0, 0), Block, firstBlock);

            int start = firstBlock * Block;
            int inner = system.Padded - start;
            for (int i = 0; i < Block; i++)
                form.Norms[firstSample + i] = Norm(rows.At(i, start), inner);
            DotTiles.Multiply(
                form.Products.At(0, firstSample), form.Products.Columns, form._solved.At(0, start), system.Padded,
                rows.At(0, start), system.Padded, form._solved.Rows, Block, inner, DotTiles.Into.Overwrite, form._isa);
        }

        // Eight sums side by side: enough to hide the additions' latency, in an order that depends on the length only.
        private static double Norm(double* values, int count)
        {
            double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
            for (int k = 0; k < count; k += 8)
            {
                s0 += values[k] * values[k];
                s1 += values[k + 1] * values[k + 1];
                s2 += values[k + 2] * values[k + 2];
                s3 += values[k + 3] * values[k + 3];
                s4 += values[k + 4] * values[k + 4];
                s5 += values[k + 5] * values[k + 5];
                s6 += values[k + 6] * values[k + 6];
                s7 += values[k + 7] * values[k + 7];
            }

            return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
        }
    }
}
