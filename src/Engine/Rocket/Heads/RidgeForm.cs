using FastNets.Kernels;
using FastNets.Rocket.Heads.Solver;

namespace FastNets.Rocket.Heads;

/// <summary>One of the two forms of the ridge normal equations, with leave-one-out residuals in closed form.</summary>
/// <remarks>
/// Both forms need, for each sample, a row r: <c>r . (G + alpha I)^-1 r</c> is what the residual is divided by
/// and <c>r . (G + alpha I)^-1 b</c> what it is made of, b being the right-hand side of a target. In the dual form r is a row of the
/// identity, in the primal form the sample itself. All alphas share one change of basis, in which G is a band (<see cref="BandReduction"/>).
/// Source: Golub, Heath and Wahba, "Generalized cross-validation as a method for choosing a good ridge parameter", 1979; Rifkin and
/// Lippert, "Notes on regularized least squares", 2007.
/// </remarks>
internal abstract unsafe class RidgeForm : IDisposable
{
    private BandReduction? _band;
    private double _trace;

    /// <summary>Sets up what both forms have.</summary>
    /// <param name="features">The standardised samples.</param>
    /// <param name="targets">Centred targets, [targets, samples].</param>
    /// <param name="order">The order of the system.</param>
    /// <param name="isa">The instruction set.</param>
    protected RidgeForm(StandardizedFeatures features, NativeMatrix<double> targets, int order, Isa isa)
    {
        Isa = isa;
        Features = features;
        Targets = targets;
        Gram = new GramMatrix(order, isa);
        RightHandSides = new NativeMatrix<double>(Gram.Padded, NativeMatrix<double>.Pad(targets.Rows, GramMatrix.Panel));
    }

    /// <summary>The standardised samples.</summary>
    public StandardizedFeatures Features { get; }

    /// <summary>The instruction set.</summary>
    public Isa Isa { get; }

    /// <summary>The number of rows of the system, with padding.</summary>
    public int Order => Gram.Padded;

    /// <summary>The number of targets.</summary>
    public int TargetCount => Targets.Rows;

    /// <summary>Doubles that a panel of samples needs for <see cref="ReadSamples"/>.</summary>
    public abstract int PanelScratch { get; }

    /// <summary>Centred targets, [targets, samples].</summary>
    protected NativeMatrix<double> Targets { get; }

    /// <summary>The matrix G; once reduced, its band and reflections.</summary>
    protected GramMatrix Gram { get; }

    /// <summary>The right-hand sides, a column each; once reduced, in the band's basis.</summary>
    protected NativeMatrix<double> RightHandSides { get; }

    /// <summary>Tries strengths of the penalty.</summary>
    /// <param name="alphas">Each above 0.</param>
    /// <param name="errors">For each, the squared leave-one-out residual, averaged over samples and targets; infinite when alpha is too small to be computed with.</param>
    public void LeaveOneOutErrors(ReadOnlySpan<double> alphas, Span<double> errors)
    {
        for (int start = 0; start < alphas.Length; start += LeaveOneOut.MaxAlphas)
        {
            int count = Math.Min(LeaveOneOut.MaxAlphas, alphas.Length - start);
            using var batch = new LeaveOneOut(this, alphas.Slice(start, count).ToArray());
            batch.Run(errors.Slice(start, count));
        }
    }

    /// <summary>Writes the coefficients for one strength of the penalty.</summary>
    /// <param name="alpha">One whose error is finite.</param>
    /// <param name="coefficients">[targets, features].</param>
    public void WriteCoefficients(double alpha, NativeMatrix<double> coefficients)
    {
        using var solution = new NativeMatrix<double>(RightHandSides.Rows, RightHandSides.Columns);
        using (BandFactor factor = Factor(alpha))
        {
            SolveTargets(factor, solution);
            factor.SolveBackward(solution);
        }

        BandBasis.Leave(Gram, _band!, solution, Isa);
        WriteCoefficients(solution, coefficients);
    }

    /// <summary>The factor of <c>B + alpha I</c>. Runs on the calling thread.</summary>
    public BandFactor Factor(double alpha) => new(Gram, _band!, _trace, alpha, Isa);

    /// <summary>Solves for all targets with L. Runs on the calling thread.</summary>
    /// <param name="factor">L.</param>
    /// <param name="solved">As the right-hand sides.</param>
    public void SolveTargets(BandFactor factor, NativeMatrix<double> solved)
    {
        double* right = stackalloc double[GramMatrix.Block * GramMatrix.Panel];
        int step = solved.Columns;
        for (int panel = 0; panel < step; panel += GramMatrix.Panel)
        {
            for (int block = 0; block < Order / GramMatrix.Block; block++)
            {
                int start = block * GramMatrix.Block;
                for (int i = 0; i < GramMatrix.Block; i++)
                    new ReadOnlySpan<double>(RightHandSides.At(start + i, panel), GramMatrix.Panel).CopyTo(new Span<double>(right + (i * GramMatrix.Panel), GramMatrix.Panel));
                factor.SolveForward(block, right, solved.At(start, panel) - ((nint)GramMatrix.Block * step), step, solved.At(start, panel), step);
            }
        }
    }

    /// <summary>The residual of a sample when the model is fitted without it.</summary>
    /// <param name="target">The target.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="alpha">The strength of the penalty.</param>
    /// <param name="product"><c>r . (G + alpha I)^-1 b</c>.</param>
    /// <param name="norm"><c>r . (G + alpha I)^-1 r</c>.</param>
    public abstract double Residual(int target, int sample, double alpha, double product, double norm);

    /// <summary>Prepares a panel of samples for <see cref="WriteRows"/>.</summary>
    /// <param name="firstSample">The panel's first sample.</param>
    /// <param name="scratch">[<see cref="PanelScratch"/>].</param>
    public abstract void ReadSamples(int firstSample, double* scratch);

    /// <summary>Writes a block of the samples' rows r in the band's basis, a sample a column.</summary>
    /// <param name="block">The block's index in the basis.</param>
    /// <param name="firstSample">The panel's first sample.</param>
    /// <param name="scratch">As <see cref="ReadSamples"/> left it.</param>
    /// <param name="rows">[<see cref="GramMatrix.Block"/>, <see cref="GramMatrix.Panel"/>]; columns past the last sample take anything finite.</param>
    public abstract void WriteRows(int block, int firstSample, double* scratch, double* rows);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Changes to the band's basis, when G and the right-hand sides are complete.</summary>
    protected BandReduction Reduce()
    {
        _trace = Gram.Trace;
        Gram.FillPadding(_trace / Gram.Order);
        _band = BandReduction.Reduce(Gram, Isa);
        BandBasis.Enter(Gram, _band, RightHandSides, Isa);
        return _band;
    }

    /// <summary>Turns the solution of the equations into coefficients.</summary>
    /// <param name="solution">[order, at least targets].</param>
    /// <param name="coefficients">[targets, features].</param>
    protected abstract void WriteCoefficients(NativeMatrix<double> solution, NativeMatrix<double> coefficients);

    /// <summary>Frees the memory.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        Gram.Dispose();
        RightHandSides.Dispose();
        _band?.Dispose();
    }
}
