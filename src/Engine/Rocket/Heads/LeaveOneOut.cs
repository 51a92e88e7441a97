using FastNets.Kernels;
using FastNets.Rocket.Heads.Solver;
using FastNets.Threading;

namespace FastNets.Rocket.Heads;

/// <summary>One pass over all samples that finds the leave-one-out errors of several alphas.</summary>
/// <remarks>
/// With L the factor of an alpha, <c>|L^-1 r|^2</c> and <c>(L^-1 r) . (L^-1 b)</c> are what the residual is made of. A group of samples goes
/// down the band block by block, all alphas side by side, so that a block of the samples' rows is read once and stays in the caches.
/// </remarks>
internal sealed unsafe class LeaveOneOut : IDisposable
{
    /// <summary>The most alphas of a pass: bounds its memory.</summary>
    public const int MaxAlphas = 16;

    private const int Block = GramMatrix.Block;
    private const int Panel = GramMatrix.Panel;
    private const int GroupPanels = 4;

    private readonly RidgeForm _form;
    private readonly double[] _alphas;
    private readonly BandFactor[] _factors;
    private readonly NativeMatrix<double>[] _solved;
    private readonly NativeMatrix<double> _norms;
    private readonly NativeMatrix<double> _products;
    private readonly int _targetRows;

    /// <summary>Sets up a pass.</summary>
    /// <param name="form">The equations, reduced.</param>
    /// <param name="alphas">At most <see cref="MaxAlphas"/>.</param>
    public LeaveOneOut(RidgeForm form, double[] alphas)
    {
        _form = form;
        _alphas = alphas;
        _factors = new BandFactor[alphas.Length];
        _solved = new NativeMatrix<double>[alphas.Length];
        _targetRows = NativeMatrix<double>.Pad(form.TargetCount, ProductTile.Rows);
        int samples = NativeMatrix<double>.Pad(form.Features.Samples, Panel);
        _norms = new NativeMatrix<double>(alphas.Length, samples);
        _products = new NativeMatrix<double>(alphas.Length * _targetRows, samples);
    }

    /// <summary>Finds the errors.</summary>
    /// <param name="errors">One an alpha.</param>
    public void Run(Span<double> errors)
    {
        WorkerPool.Run(_alphas.Length, new Prepare(this));
        int panels = _norms.Columns / Panel;
        WorkerPool.Run((panels + GroupPanels - 1) / GroupPanels, new Solve(this));
        for (int a = 0; a < errors.Length; a++) errors[a] = _factors[a].IsDefinite ? Error(a) : double.PositiveInfinity;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (BandFactor? factor in _factors) factor?.Dispose();
        foreach (NativeMatrix<double>? solved in _solved) solved?.Dispose();
        _norms.Dispose();
        _products.Dispose();
    }

    private double Error(int alpha)
    {
        double sum = 0;
        int samples = _form.Features.Samples;
        for (int t = 0; t < _form.TargetCount; t++)
        {
            double* products = _products.At((alpha * _targetRows) + t, 0);
            double* norms = _norms.At(alpha, 0);
            for (int i = 0; i < samples; i++)
            {
                double residual = _form.Residual(t, i, _alphas[alpha], products[i], norms[i]);
                sum += residual * residual;
            }
        }

        double error = sum / ((double)_form.TargetCount * samples);
        return double.IsNaN(error) ? double.PositiveInfinity : error;
    }

    private static void AddSquares(double* rows, double* sums, Isa isa)
    {
        switch (isa)
        {
            case Isa.Vector512: ColumnSums.AddSquares<Double8>(rows, Block, sums); break;
            case Isa.Vector256: ColumnSums.AddSquares<Double4>(rows, Block, sums); break;
            default: ColumnSums.AddSquares<Double1>(rows, Block, sums); break;
        }
    }

    private readonly struct Prepare(LeaveOneOut owner) : IParallelBody
    {
        public void Invoke(int item)
        {
            BandFactor factor = owner._factors[item] = owner._form.Factor(owner._alphas[item]);
            if (!factor.IsDefinite) return;
            owner._solved[item] = new NativeMatrix<double>(factor.Order, NativeMatrix<double>.Pad(owner._form.TargetCount, Panel), clear: false);
            owner._form.SolveTargets(factor, owner._solved[item]);
        }
    }

    private readonly struct Solve(LeaveOneOut owner) : IParallelBody
    {
        public void Invoke(int item)
        {
            RidgeForm form = owner._form;
            int first = item * GroupPanels * Panel;
            int panels = Math.Min(GroupPanels, (owner._norms.Columns - first) / Panel);
            using var scratch = new NativeMatrix<double>(panels, form.PanelScratch);
            using var rows = new NativeMatrix<double>(panels, Block * Panel, clear: false);
            using var states = new NativeMatrix<double>(owner._alphas.Length * panels, Block * Panel, clear: false);
            for (int panel = 0; panel < panels; panel++) form.ReadSamples(first + (panel * Panel), scratch.At(panel, 0));
            for (int block = 0; block < form.Order / Block; block++)
            {
                for (int panel = 0; panel < panels; panel++) form.WriteRows(block, first + (panel * Panel), scratch.At(panel, 0), rows.At(panel, 0));
                for (int a = 0; a < owner._alphas.Length; a++)
                {
                    if (!owner._factors[a].IsDefinite) continue;
                    for (int panel = 0; panel < panels; panel++)
                        Step(a, block, first + (panel * Panel), rows.At(panel, 0), states.At((a * panels) + panel, 0));
                }
            }
        }

        private void Step(int alpha, int block, int sample, double* rows, double* state)
        {
            double* right = stackalloc double[Block * Panel];
            new ReadOnlySpan<double>(rows, Block * Panel).CopyTo(new Span<double>(right, Block * Panel));
            owner._factors[alpha].SolveForward(block, right, state, Panel, state, Panel);
            AddSquares(state, owner._norms.At(alpha, sample), owner._form.Isa);
            NativeMatrix<double> solved = owner._solved[alpha];
            ProductTile.Multiply(
                owner._products.At(alpha * owner._targetRows, sample), owner._products.Columns, solved.At(block * Block, 0), 1, solved.Columns,
                state, Panel, owner._targetRows, Block, ProductTile.Into.Add, owner._form.Isa);
        }
    }
}
