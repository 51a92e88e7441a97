using FastNets.Kernels;
using FastNets.Threading;

namespace FastNets.Rocket.Heads;

/// <summary>The covariance form, for more samples than features: G is features by features.</summary>
/// <remarks>
/// With Z the standardised samples, z_i one of n, and y a centred target: coefficients <c>w = (Z^T Z + alpha I)^-1 Z^T y</c>, leave-one-out
/// residual <c>(y_i - z_i . w) / (1 - 1/n - z_i . (Z^T Z + alpha I)^-1 z_i)</c>; the 1/n is the intercept's.
/// </remarks>
internal sealed unsafe class PrimalRidge : RidgeForm
{
    private const int PanelDepth = 512;
    private readonly DoubleMatrix _rightHandSides;
    private readonly DoubleMatrix _best;

    /// <summary>Forms the Gram matrix and the right-hand sides.</summary>
    /// <param name="features">The standardised samples.</param>
    /// <param name="targets">Centred targets, [padded number of targets, padded samples].</param>
    /// <param name="targetCount">The number of targets.</param>
    /// <param name="isa">The instruction set.</param>
    public PrimalRidge(StandardizedFeatures features, DoubleMatrix targets, int targetCount, Isa isa)
        : base(features, targets, targetCount, features.Features, isa)
    {
        _rightHandSides = new DoubleMatrix(targets.Rows, System.Padded);
        _best = new DoubleMatrix(targets.Rows, System.Padded);
        // Rows a power of two apart fall into the same sets of the caches: a tenth slower.
        using (var panel = new DoubleMatrix(System.Padded, PanelDepth + DotTiles.InnerUnit))
        {
            for (int start = 0; start < features.Samples; start += PanelDepth)
            {
                int count = Math.Min(PanelDepth, features.Samples - start);
                int depth = DoubleMatrix.Pad(count, DotTiles.InnerUnit);
                WorkerPool.Run(System.Blocks, new FillPanel(features, panel, start, count, depth));
                System.AddProduct(panel, depth);
            }
        }

        features.WeightedSums(targets, _rightHandSides, targetCount);
    }

    /// <inheritdoc/>
    protected override DoubleMatrix RightHandSides => _rightHandSides;

    /// <inheritdoc/>
    public override void Keep()
    {
        for (int t = 0; t < TargetCount; t++)
            new ReadOnlySpan<double>(Solved.At(t, 0), System.Padded).CopyTo(new Span<double>(_best.At(t, 0), System.Padded));
        System.BackwardSolve(_best, TargetCount);
    }

    /// <inheritdoc/>
    public override void WriteCoefficients(DoubleMatrix coefficients)
    {
        for (int t = 0; t < TargetCount; t++)
            new ReadOnlySpan<double>(_best.At(t, 0), Features.Features).CopyTo(new Span<double>(coefficients.At(t, 0), Features.Features));
    }

    /// <inheritdoc/>
    protected override double Residual(int target, int sample, double alpha)
        => (*Targets.At(target, sample) - *Products.At(target, sample)) / (1 - (1.0 / Features.Samples) - Norms[sample]);

    /// <inheritdoc/>
    protected override void WriteRow(int sample, double* row) => Features.CopyRow(sample, 0, Features.Features, row);

    /// <inheritdoc/>
    protected override int FirstBlock(int sampleBlock) => 0;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rightHandSides.Dispose();
            _best.Dispose();
        }

        base.Dispose(disposing);
    }

    private readonly struct FillPanel(StandardizedFeatures features, DoubleMatrix panel, int start, int count, int depth) : IParallelBody
    {
        public void Invoke(int item)
        {
            int column = item * RegularizedSystem.Block;
            int columns = Math.Min(RegularizedSystem.Block, features.Features - column);
            double* row = stackalloc double[RegularizedSystem.Block];
            for (int i = 0; i < count; i++)
            {
                features.CopyRow(start + i, column, columns, row);
                for (int j = 0; j < columns; j++) *panel.At(column + j, i) = row[j];
            }

            for (int j = 0; j < columns; j++) new Span<double>(panel.At(column + j, count), depth - count).Clear();
        }
    }
}
