using FastNets.Kernels;
using FastNets.Threading;

namespace FastNets.Rocket.Heads;

/// <summary>The kernel form, for no more samples than features: G is samples by samples.</summary>
/// <remarks>
/// <para>With Z the standardised samples and y a centred target: <c>c = (Z Z^T + alpha I)^-1 y</c>, coefficients <c>Z^T c</c>,
/// leave-one-out residual <c>c_i / H_ii</c>, where H is the inverse without its part along the vector of ones: that part is
/// the intercept's, which carries no penalty.</para>
/// <para>The vector of ones is an eigenvector of the centred G, of eigenvalue 0. Left there, its part of the inverse would be
/// 1/alpha and drown the rest when subtracted; so a constant is added to all of G, which moves that eigenvalue
/// alone, to the mean of all of them.</para>
/// </remarks>
internal sealed unsafe class DualRidge : RidgeForm
{
    private const int PanelDepth = 512;
    private readonly double _onesEigenvalue;
    private readonly DoubleMatrix _best;

    /// <summary>Forms the Gram matrix.</summary>
    /// <param name="features">The standardised samples.</param>
    /// <param name="targets">Centred targets, [padded number of targets, padded samples].</param>
    /// <param name="targetCount">The number of targets.</param>
    /// <param name="isa">The instruction set.</param>
    public DualRidge(StandardizedFeatures features, DoubleMatrix targets, int targetCount, Isa isa)
        : base(features, targets, targetCount, features.Samples, isa)
    {
        _best = new DoubleMatrix(targets.Rows, targets.Columns);
        // Rows a power of two apart fall into the same sets of the caches: a tenth slower.
        using (var panel = new DoubleMatrix(System.Padded, PanelDepth + DotTiles.InnerUnit))
        {
            for (int start = 0; start < features.Features; start += PanelDepth)
            {
                int count = Math.Min(PanelDepth, features.Features - start);
                int depth = DoubleMatrix.Pad(count, DotTiles.InnerUnit);
                WorkerPool.Run(features.Samples, new FillPanel(features, panel, start, count, depth));
                System.AddProduct(panel, depth);
            }
        }

        _onesEigenvalue = System.Trace / features.Samples;
        System.AddToAll(_onesEigenvalue / features.Samples);
    }

    /// <inheritdoc/>
    protected override DoubleMatrix RightHandSides => Targets;

    /// <inheritdoc/>
    public override void Keep()
    {
        for (int t = 0; t < TargetCount; t++)
            new ReadOnlySpan<double>(Products.At(t, 0), Features.Samples).CopyTo(new Span<double>(_best.At(t, 0), Features.Samples));
    }

    /// <inheritdoc/>
    public override void WriteCoefficients(DoubleMatrix coefficients) => Features.WeightedSums(_best, coefficients, TargetCount);

    /// <inheritdoc/>
    protected override double Residual(int target, int sample, double alpha)
        => *Products.At(target, sample) / (Norms[sample] - (1 / (Features.Samples * (_onesEigenvalue + alpha))));

    /// <inheritdoc/>
    protected override void WriteRow(int sample, double* row) => row[sample] = 1;

    /// <inheritdoc/>
    protected override int FirstBlock(int sampleBlock) => sampleBlock;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _best.Dispose();
        base.Dispose(disposing);
    }

    private readonly struct FillPanel(StandardizedFeatures features, DoubleMatrix panel, int start, int count, int depth) : IParallelBody
    {
        public void Invoke(int item)
        {
            features.CopyRow(item, start, count, panel.At(item, 0));
            new Span<double>(panel.At(item, count), depth - count).Clear();
        }
    }
}
