using System.Runtime.Intrinsics;
using FastNets.Kernels;
using FastNets.Rocket.Heads.Solver;
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
/// <para>Two things may be in single precision, for speed. The rows of Q: a rounding of 6e-8 in a row of length 1 changes an error by about
/// as much, relatively. And the products that G is made of, 64 at a time, before they are added up in double precision: this
/// changes an element of G, which is some thousands on the diagonal, by about 1e-5, and eigenvalues by a few thousandths, which is as much as the smallest alphas. So
/// it is done only with many more features than samples, where no eigenvalue is small. The reduction to a band, where roundings are as large as those of G's largest eigenvalue, and all solving, are in double precision.</para>
/// </remarks>
internal sealed unsafe class DualRidge : RidgeForm
{
    private const int PanelDepth = 512;
    private const int Panel = GramMatrix.Panel;

    private readonly double _onesEigenvalue;
    private readonly BandRows<float>? _singleRows;
    private readonly BandRows<double>? _doubleRows;

    /// <summary>The number of samples from which single precision is worth it.</summary>
    public const int SinglePrecisionSamples = 1024;

    /// <summary>How many times as many features as samples make it safe to form G in single precision.</summary>
    public const int SinglePrecisionFeatures = 2;

    /// <summary>Forms the Gram matrix and reduces it.</summary>
    /// <param name="features">The standardised samples.</param>
    /// <param name="targets">Centred targets, [targets, samples].</param>
    /// <param name="isa">The instruction set.</param>
    public DualRidge(StandardizedFeatures features, NativeMatrix<double> targets, Isa isa)
        : base(features, targets, features.Samples, isa)
    {
        bool singlePrecision = features.Samples >= SinglePrecisionSamples;
        if (singlePrecision && features.VaryingFeatures / SinglePrecisionFeatures >= features.Samples)
        {
            using var packed = new NativeMatrix<float>(Order / GramMatrix.SinglePanel, PanelDepth * GramMatrix.SinglePanel);
            AddProducts(packed, GramMatrix.SinglePanel, Gram.AddProduct);
        }
        else
        {
            using var packed = new NativeMatrix<double>(Order / Panel, PanelDepth * Panel);
            AddProducts(packed, Panel, Gram.AddProduct);
        }

        _onesEigenvalue = Gram.Trace / features.Samples;
        Gram.AddToAll(_onesEigenvalue / features.Samples);
        for (int t = 0; t < targets.Rows; t++)
        {
            for (int i = 0; i < features.Samples; i++) *RightHandSides.At(i, t) = *targets.At(t, i);
        }

        BandReduction band = Reduce();
        if (singlePrecision) _singleRows = new BandRows<float>(Gram, band, isa);
        else _doubleRows = new BandRows<double>(Gram, band, isa);
    }

    /// <inheritdoc/>
    public override int PanelScratch => 0;

    /// <inheritdoc/>
    public override double Residual(int target, int sample, double alpha, double product, double norm)
        => product / (norm - (1 / (Features.Samples * (_onesEigenvalue + alpha))));

    /// <inheritdoc/>
    public override void ReadSamples(int firstSample, double* scratch)
    {
    }

    /// <inheritdoc/>
    public override void WriteRows(int block, int firstSample, double* scratch, double* rows)
    {
        for (int i = 0; i < GramMatrix.Block; i++)
        {
            int row = (block * GramMatrix.Block) + i;
            double* target = rows + (i * Panel);
            if (_doubleRows is not null)
            {
                new ReadOnlySpan<double>(_doubleRows.Values.At(row, firstSample), Panel).CopyTo(new Span<double>(target, Panel));
                continue;
            }

            float* source = _singleRows!.Values.At(row, firstSample);
            for (int j = 0; j < Panel; j += 8)
            {
                (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Load(source + j));
                low.Store(target + j);
                high.Store(target + j + 4);
            }
        }
    }

    /// <inheritdoc/>
    protected override void WriteCoefficients(NativeMatrix<double> solution, NativeMatrix<double> coefficients)
    {
        using var weights = new NativeMatrix<double>(TargetCount, Features.Samples);
        for (int i = 0; i < Features.Samples; i++)
        {
            for (int t = 0; t < TargetCount; t++) *weights.At(t, i) = *solution.At(i, t);
        }

        Features.WeightedSums(weights, coefficients, TargetCount);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _singleRows?.Dispose();
            _doubleRows?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void AddProducts<N>(NativeMatrix<N> packed, int width, Action<NativeMatrix<N>, int> add)
        where N : unmanaged
    {
        for (int start = 0; start < Features.Features; start += PanelDepth)
        {
            int count = Math.Min(PanelDepth, Features.Features - start);
            WorkerPool.Run((Features.Samples + width - 1) / width, new FillPanel<N>(Features, packed, width, start, count));
            add(packed, count);
        }
    }

    private readonly struct FillPanel<N>(StandardizedFeatures features, NativeMatrix<N> packed, int width, int start, int count) : IParallelBody
        where N : unmanaged
    {
        public void Invoke(int item) => features.CopyTransposed(item * width, width, start, count, packed.At(item, 0));
    }
}
