using System.Numerics.Tensors;
using FastNets.Data;
using FastNets.Kernels;
using FastNets.Memory;

namespace FastNets.Rocket;

/// <summary>MiniRocket for univariate series of one length: turns a series into about ten thousand features for a linear classifier.</summary>
/// <remarks>
/// <para>A feature is the proportion of positions at which the output of a kernel is greater than a bias (PPV). All forms (scalar,
/// AVX2, AVX-512) and any number of threads give the same bits.</para>
/// <para>Immutable and thread-safe. Source: Dempster, Schmidt and Webb, "MiniRocket: A Very Fast (Almost) Deterministic Transform
/// for Time Series Classification", KDD 2021, arXiv 2012.08791.</para>
/// </remarks>
public sealed unsafe partial class MiniRocket
{
    private readonly MiniRocketForm _form;

    /// <summary>Prepares a transform with known parameters.</summary>
    /// <param name="parameters">The parameters, fitted or loaded.</param>
    public MiniRocket(MiniRocketParameters parameters)
        : this(parameters, CpuIsa.Active)
    {
    }

    /// <summary>Prepares a transform in a given form.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="isa">The form.</param>
    /// <exception cref="PlatformNotSupportedException">The processor does not have it.</exception>
    internal MiniRocket(MiniRocketParameters parameters, Isa isa)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = parameters;
        _form = MiniRocketForm.For(parameters, isa);
    }

    /// <summary>The parameters.</summary>
    public MiniRocketParameters Parameters { get; }

    /// <summary>The number of features of a series.</summary>
    public int FeatureCount => Parameters.FeatureCount;

    /// <summary>Fits a transform to training series.</summary>
    /// <param name="train">Univariate series of one length, at least 9; classes are not needed.</param>
    /// <param name="options">What is asked for; the defaults where null.</param>
    /// <exception cref="DataFormatException">The series are not of one length, too short, multivariate or none, or a value is missing or infinite.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <remarks>The same series, options and seed give the same parameters, whatever the number of threads.</remarks>
    public static MiniRocket Fit(SeriesSet train, MiniRocketOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        options ??= new MiniRocketOptions();
        if (options.Features < 1) throw new ArgumentException($"{options.Features} features were asked for; ask for 84 or more.", nameof(options));
        if (options.MaxDilationsPerKernel < 1) throw new ArgumentException($"At most {options.MaxDilationsPerKernel} dilations were asked for; ask for 1 or more.", nameof(options));
        if (train.Count == 0) throw DataFormatException.At(train.Name, 0, "there is no series to fit MiniRocket to.");
        CheckSeries(train);
        return new MiniRocket(MiniRocketFit.Run(train, options));
    }

    /// <summary>Computes the features of one series.</summary>
    /// <param name="series">The series, shape [length]; all values finite.</param>
    /// <param name="features">Its features, shape [features]; overwritten.</param>
    /// <exception cref="ArgumentException">The series has another length than the transform was fitted for, or <paramref name="features"/> another than there are features.</exception>
    /// <exception cref="DataFormatException">A value is missing or infinite.</exception>
    /// <remarks>Runs on the calling thread and allocates nothing once the thread has transformed a series of this length.</remarks>
    public void Transform(ReadOnlySpan<float> series, Span<float> features)
    {
        if (series.Length != Parameters.InputLength)
            throw new ArgumentException($"The series has {series.Length} time steps, but the transform was fitted for {Parameters.InputLength}.", nameof(series));
        if (features.Length != FeatureCount)
            throw new ArgumentException($"There is room for {features.Length} features, but a series has {FeatureCount}.", nameof(features));
        if (!TensorPrimitives.IsFiniteAll(series)) throw NotFinite(series);
        _form.Transform(series, MiniRocketScratch.Take(_form.ScratchLength), features);
    }

    /// <summary>Computes the features of all series of a set, on all threads of the pool.</summary>
    /// <param name="set">Univariate series of the length that the transform was fitted for.</param>
    /// <returns>The features, shape [series, features]; to be disposed by the caller.</returns>
    /// <exception cref="DataFormatException">The series are multivariate or of another length, or a value is missing or infinite.</exception>
    public FeatureMatrix Transform(SeriesSet set)
    {
        CheckInput(set);
        var features = new FeatureMatrix(set.Count, FeatureCount, clear: false);
        TransformRows(set, 0, set.Count, features.Buffer.Pointer);
        return features;
    }

    /// <summary>Computes the features of all series of a set into memory that is there, on all threads of the pool.</summary>
    /// <param name="set">Univariate series of the length that the transform was fitted for.</param>
    /// <param name="features">The features, shape [series, features]; overwritten.</param>
    /// <exception cref="ArgumentException">The matrix has another shape.</exception>
    /// <exception cref="DataFormatException">The series are multivariate or of another length, or a value is missing or infinite.</exception>
    public void Transform(SeriesSet set, FeatureMatrix features)
    {
        CheckInput(set);
        ArgumentNullException.ThrowIfNull(features);
        if (features.Rows != set.Count || features.Columns != FeatureCount)
            throw new ArgumentException($"The matrix is [{features.Rows}, {features.Columns}], but {set.Count} series have [{set.Count}, {FeatureCount}] features.", nameof(features));
        TransformRows(set, 0, set.Count, features.Buffer.Pointer);
    }

    private void CheckInput(SeriesSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.Count == 0) return;
        CheckSeries(set);
        if (set.MaxLength != Parameters.InputLength)
            throw DataFormatException.At(set.Name, 0, $"the series have {set.MaxLength} time steps, but the transform was fitted for {Parameters.InputLength}; resample them, or fit a transform for this length.");
    }

    private static void CheckSeries(SeriesSet set)
    {
        if (set.Channels != 1)
            throw DataFormatException.At(set.Name, 0, $"the series have {set.Channels} channels, but this transform takes univariate series; pick one channel.");
        set.RequireMinLength(MiniRocketParameters.MinInputLength).RequireEqualLength().RequireFinite();
    }

    private static DataFormatException NotFinite(ReadOnlySpan<float> series)
    {
        int position = 0;
        while (float.IsFinite(series[position])) position++;
        string value = float.IsNaN(series[position]) ? "missing (NaN); interpolate it" : "infinite; correct it";
        return new DataFormatException($"The series' value at position {position} is {value}.");
    }
}
