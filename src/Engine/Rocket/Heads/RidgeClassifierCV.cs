using System.Globalization;
using FastNets.Data;
using FastNets.Kernels;
using FastNets.Memory;
using FastNets.Rocket.Heads.Solver;

namespace FastNets.Rocket.Heads;

/// <summary>Fits a <see cref="RidgeClassifier"/>, its strength of the penalty chosen by leave-one-out cross-validation.</summary>
/// <remarks>
/// <para>Gives what scikit-learn 1.2's <c>make_pipeline(StandardScaler(with_mean=False), RidgeClassifierCV(alphas))</c> gives: targets -1 and 1, one a class
/// or a single one of two classes, an intercept without penalty, leave-one-out squared error averaged over samples and targets, the
/// smallest taken. The residuals come in closed form, without refitting.</para>
/// <para>Cost with n samples, p features and m the smaller of both, in floating-point operations: <c>n p m</c> for the Gram matrix, <c>4/3 m^3</c>
/// to bring it to a band and as much for the change of basis, and for each alpha only some <c>200 n m</c>: an alpha more costs next to nothing. In the form for
/// n above p, <c>2 n p^2</c> more. Memory beside the features: <c>8 m^2</c> bytes for the Gram matrix and, for the change of basis, <c>4 m^2</c>
/// (<c>8 m^2</c> below 1024 samples and where n is above p); for parts 8 KiB a row of the Gram matrix,
/// and 1 KiB and 16 bytes a class more an alpha (of at most 16 at a time). No matrix of p by p is made while n is at most p.</para>
/// <para>Double precision throughout, but with 1024 samples or more, up to p, the change of basis is in single precision, and with twice as many features that vary as samples
/// the products of the Gram matrix too (added up in double precision): leave-one-out errors then differ by about 1e-6, relatively.
/// An alpha so small that rounding leaves the equations singular is passed over.</para>
/// <para>Thread-safe as long as nobody writes the features. The same bits with any number of threads, for one instruction set.</para>
/// </remarks>
public static unsafe class RidgeClassifierCV
{
    /// <summary>Fits.</summary>
    /// <param name="features">[samples, features], at least 2 samples and 1 feature, all finite.</param>
    /// <param name="labels">Each sample's class, from 0 to <paramref name="classes"/> less one; at least two different ones occur.</param>
    /// <param name="classes">The number of classes, at least 2. A class without samples is allowed and never predicted.</param>
    /// <param name="options">What to try; null for the defaults.</param>
    /// <exception cref="ArgumentException">The numbers of samples and labels disagree, there are no samples or features, or an alpha is not above 0 and finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 2, or a label is not below it.</exception>
    /// <exception cref="DataFormatException">All samples are of one class; a feature is NaN or infinite; no alpha is large enough to be computed with.</exception>
    public static RidgeClassifier Fit(FeatureMatrix features, ReadOnlySpan<int> labels, int classes, RidgeOptions? options = null)
        => Fit(features, labels, classes, options, CpuIsa.Active, []);

    /// <summary>Fits, with a chosen instruction set, and tells the errors.</summary>
    /// <param name="features">[samples, features].</param>
    /// <param name="labels">Each sample's class.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="options">What to try; null for the defaults.</param>
    /// <param name="isa">The instruction set, supported here.</param>
    /// <param name="errors">Takes the leave-one-out error of each alpha, or is empty.</param>
    internal static RidgeClassifier Fit(
        FeatureMatrix features, ReadOnlySpan<int> labels, int classes, RidgeOptions? options, Isa isa, Span<double> errors)
    {
        ArgumentNullException.ThrowIfNull(features);
        options ??= new RidgeOptions();
        Check(features, labels, classes, options.Alphas);

        var standardized = new StandardizedFeatures(features);
        var means = new double[classes == 2 ? 1 : classes];
        using NativeMatrix<double> targets = MakeTargets(labels, means);
        using RidgeForm form = features.Rows <= features.Columns
            ? new DualRidge(standardized, targets, isa)
            : new PrimalRidge(standardized, targets, isa);

        double[] alphas = [.. options.Alphas];
        if (errors.IsEmpty) errors = new double[alphas.Length];
        form.LeaveOneOutErrors(alphas, errors);
        int best = -1;
        double smallest = double.PositiveInfinity;
        for (int a = 0; a < alphas.Length; a++)
        {
            if (!(errors[a] < smallest)) continue;
            smallest = errors[a];
            best = a;
        }

        if (best < 0)
        {
            throw new DataFormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"No alpha is large enough for these features: the largest of {alphas.Length}, {alphas.Max()}, still leaves the equations singular. Give larger alphas."));
        }

        using var coefficients = new NativeMatrix<double>(targets.Rows, features.Columns);
        form.WriteCoefficients(alphas[best], coefficients);
        return MakeModel(standardized, coefficients, means, classes, alphas[best]);
    }

    private static void Check(FeatureMatrix features, ReadOnlySpan<int> labels, int classes, IReadOnlyList<double> alphas)
    {
        if (labels.Length != features.Rows)
            throw new ArgumentException($"{features.Rows} samples need as many labels, but there are {labels.Length}.", nameof(labels));
        if (features.Rows == 0 || features.Columns == 0)
            throw new ArgumentException($"There is nothing to fit: {features.Rows} samples of {features.Columns} features.", nameof(features));
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        if (alphas.Count == 0) throw new ArgumentException("There is no alpha to try.", nameof(alphas));
        foreach (double alpha in alphas)
        {
            if (!(alpha > 0) || double.IsInfinity(alpha))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Alpha must be above 0 and finite, but one is {alpha}."), nameof(alphas));
        }

        bool several = false;
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes)
                throw new ArgumentOutOfRangeException(nameof(labels), labels[i], $"Sample {i}'s label must be from 0 to {classes - 1}.");
            several |= labels[i] != labels[0];
        }

        if (!several)
            throw new DataFormatException($"All {labels.Length} samples are of class {labels[0]}; a classifier needs samples of at least two classes.");
    }

    // [targets, samples]: 1 where the sample is of the class and -1 elsewhere, less the mean.
    private static NativeMatrix<double> MakeTargets(ReadOnlySpan<int> labels, Span<double> means)
    {
        var targets = new NativeMatrix<double>(means.Length, labels.Length);
        for (int t = 0; t < means.Length; t++)
        {
            int positive = means.Length == 1 ? 1 : t;
            int count = labels.Count(positive);
            means[t] = ((2.0 * count) - labels.Length) / labels.Length;
            for (int i = 0; i < labels.Length; i++) *targets.At(t, i) = (labels[i] == positive ? 1 : -1) - means[t];
        }

        return targets;
    }

    private static RidgeClassifier MakeModel(
        StandardizedFeatures features, NativeMatrix<double> coefficients, ReadOnlySpan<double> targetMeans, int classes, double alpha)
    {
        int count = features.Features;
        var scale = new float[count];
        for (int j = 0; j < count; j++) scale[j] = (float)features.Scales[j];
        var rounded = new float[checked(targetMeans.Length * count)];
        var intercepts = new float[targetMeans.Length];
        for (int t = 0; t < intercepts.Length; t++)
        {
            double intercept = targetMeans[t];
            double* row = coefficients.At(t, 0);
            for (int j = 0; j < count; j++)
            {
                rounded[(t * count) + j] = (float)row[j];
                intercept -= features.Means[j] / features.Scales[j] * row[j];
            }

            intercepts[t] = (float)intercept;
        }

        return new RidgeClassifier(classes, scale, rounded, intercepts, alpha);
    }
}
