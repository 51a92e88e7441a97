using FastNets.Kernels;
using FastNets.Rocket.Heads.Solver;
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
    private const int Depth = 192;
    private const int Panel = GramMatrix.Panel;
    private const int Block = GramMatrix.Block;

    private readonly BandRows<double> _basis;

    /// <summary>Forms the Gram matrix and the right-hand sides, and reduces them.</summary>
    /// <param name="features">The standardised samples.</param>
    /// <param name="targets">Centred targets, [targets, samples].</param>
    /// <param name="isa">The instruction set.</param>
    public PrimalRidge(StandardizedFeatures features, NativeMatrix<double> targets, Isa isa)
        : base(features, targets, features.Features, isa)
    {
        using (var packed = new NativeMatrix<double>(Order / Panel, PanelDepth * Panel))
        {
            for (int start = 0; start < features.Samples; start += PanelDepth)
            {
                int count = Math.Min(PanelDepth, features.Samples - start);
                WorkerPool.Run((features.Features + Panel - 1) / Panel, new FillPanel(features, packed, start, count));
                Gram.AddProduct(packed, count);
            }
        }

        using (var sums = new NativeMatrix<double>(targets.Rows, features.Features))
        {
            features.WeightedSums(targets, sums, targets.Rows);
            for (int t = 0; t < targets.Rows; t++)
            {
                for (int j = 0; j < features.Features; j++) *RightHandSides.At(j, t) = *sums.At(t, j);
            }
        }

        _basis = new BandRows<double>(Gram, Reduce(), isa);
    }

    /// <inheritdoc/>
    public override int PanelScratch => Order * Panel;

    /// <inheritdoc/>
    public override double Residual(int target, int sample, double alpha, double product, double norm)
        => (*Targets.At(target, sample) - product) / (1 - (1.0 / Features.Samples) - norm);

    /// <inheritdoc/>
    public override void ReadSamples(int firstSample, double* scratch) => Features.CopyTransposed(firstSample, Panel, 0, Features.Features, scratch);

    /// <inheritdoc/>
    public override void WriteRows(int block, int firstSample, double* scratch, double* rows)
    {
        NativeMatrix<double> basis = _basis.Values;
        for (int start = 0; start < Order; start += Depth)
        {
            ProductTile.Multiply(
                rows, Panel, basis.At(block * Block, start), basis.Columns, 1, scratch + (start * Panel), Panel, Block, Math.Min(Depth, Order - start),
                start == 0 ? ProductTile.Into.Overwrite : ProductTile.Into.Add, Isa);
        }
    }

    /// <inheritdoc/>
    protected override void WriteCoefficients(NativeMatrix<double> solution, NativeMatrix<double> coefficients)
    {
        for (int t = 0; t < TargetCount; t++)
        {
            for (int j = 0; j < Features.Features; j++) *coefficients.At(t, j) = *solution.At(j, t);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _basis.Dispose();
        base.Dispose(disposing);
    }

    private readonly struct FillPanel(StandardizedFeatures features, NativeMatrix<double> packed, int start, int count) : IParallelBody
    {
        public void Invoke(int item)
        {
            int column = item * Panel;
            int columns = Math.Min(Panel, features.Features - column);
            for (int i = 0; i < count; i++) features.CopyRow(start + i, column, columns, packed.At(item, i * Panel));
        }
    }
}
