using FastNets.Data;
using FastNets.Kernels;
using FastNets.Memory;

namespace FastNets.Rocket;

/// <summary>MiniRocket: turns a time series into about ten thousand features for a linear classifier.</summary>
/// <remarks>
/// <para>A feature is the proportion of positions at which the output of a kernel is greater than a bias (PPV). Of series with several channels a
/// kernel's output is the sum over some channels, drawn when the transform is fitted. All forms (scalar, 128 bits, AVX2, AVX-512) and any number of threads give the same bits.</para>
/// <para>Series of unequal lengths: all kernels are used with zeros around the series, see <see cref="MiniRocketParameters.AlwaysPads"/>, and any length from 1 on is taken.
/// A kernel that is longer than the series then sees zeros beyond its ends, so that features of very short series say little.</para>
/// <para>Immutable and thread-safe. Source: Dempster, Schmidt and Webb, "MiniRocket: A Very Fast (Almost) Deterministic Transform
/// for Time Series Classification", KDD 2021, arXiv 2012.08791, and the authors' extensions of it to several channels and unequal lengths.</para>
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
        Isa = isa;
        _form = MiniRocketForm.For(parameters, isa);
    }

    /// <summary>The parameters.</summary>
    public MiniRocketParameters Parameters { get; }

    /// <summary>The number of features of a series.</summary>
    public int FeatureCount => Parameters.FeatureCount;

    /// <summary>The instruction set that was chosen.</summary>
    internal Isa Isa { get; }

    /// <summary>The form that counts.</summary>
    internal MiniRocketForm Form => _form;

    /// <summary>Fits a transform to training series.</summary>
    /// <param name="train">Series with any number of channels, of one length, or of several, see <see cref="MiniRocketOptions.AlwaysPads"/>; the longest has at least 9 time steps. Classes are not needed.</param>
    /// <param name="options">What is asked for; the defaults where null.</param>
    /// <exception cref="DataFormatException">There is no series, they are too short or not of one length where that is asked for, or a value is missing or infinite.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <remarks>The same series, options and seed give the same parameters, whatever the number of threads. A single channel gives those of univariate series.</remarks>
    public static MiniRocket Fit(SeriesSet train, MiniRocketOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        options ??= new MiniRocketOptions();
        (int length, bool alwaysPads) = CheckFit(train, options);
        return new MiniRocket(MiniRocketFit.Run(train, options, length, alwaysPads));
    }

    /// <summary>Computes the features of one series.</summary>
    /// <param name="series">The series, shape [channels, length]; all values finite.</param>
    /// <param name="features">Its features, shape [features]; overwritten.</param>
    /// <exception cref="ArgumentException">The series has another length than the transform was fitted for, or <paramref name="features"/> another than there are features.</exception>
    /// <exception cref="DataFormatException">A value is missing or infinite.</exception>
    /// <remarks>Runs on the calling thread and allocates nothing once the thread has transformed a series of this length.</remarks>
    public void Transform(ReadOnlySpan<float> series, Span<float> features)
    {
        CheckSeries(series, features.Length);
        fixed (float* row = features) TransformRow<float, ShareOutput>(series, row);
    }

    /// <summary>Computes the features of all series of a set, on all threads of the pool.</summary>
    /// <param name="set">Series with the channels and of the length that the transform was fitted for.</param>
    /// <returns>The features, shape [series, features]; to be disposed by the caller.</returns>
    /// <exception cref="DataFormatException">The series have other channels or another length, or a value is missing or infinite.</exception>
    public FeatureMatrix Transform(SeriesSet set)
    {
        CheckInput(set);
        var features = new FeatureMatrix(set.Count, FeatureCount, clear: false);
        TransformRows<float, ShareOutput>(set, 0, set.Count, features.Buffer.Pointer);
        return features;
    }

    /// <summary>Computes the features of all series of a set into memory that is there, on all threads of the pool.</summary>
    /// <param name="set">Series with the channels and of the length that the transform was fitted for.</param>
    /// <param name="features">The features, shape [series, features]; overwritten.</param>
    /// <exception cref="ArgumentException">The matrix has another shape.</exception>
    /// <exception cref="DataFormatException">The series have other channels or another length, or a value is missing or infinite.</exception>
    public void Transform(SeriesSet set, FeatureMatrix features)
    {
        CheckInput(set);
        ArgumentNullException.ThrowIfNull(features);
        if (features.Rows != set.Count || features.Columns != FeatureCount)
            throw new ArgumentException($"The matrix is [{features.Rows}, {features.Columns}], but {set.Count} series have [{set.Count}, {FeatureCount}] features.", nameof(features));
        TransformRows<float, ShareOutput>(set, 0, set.Count, features.Buffer.Pointer);
    }
}
