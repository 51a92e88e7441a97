using FastNets.Rocket;

namespace FastNets.Classification;

/// <summary>How a <see cref="TimeSeriesClassifier"/> is trained. What is null takes the kind's default.</summary>
/// <remarks>
/// Defaults of the networks: <see cref="OptimizerKind.Adam"/>, learning rate 1e-3, batches of 32 samples (16 where there are fewer than 256
/// training series, 64 where there are 2048 or more), and as many epochs as give
/// 500 steps, but from 20 to 100 (<see cref="ClassifierKind.Mlp"/>: 2000 steps, 20 to 300). There are never more series in a batch than in the training set.
/// </remarks>
public sealed record ClassifierOptions
{
    internal const int DefaultFeatures = 10000;
    internal const int DefaultMaxDilations = 32;

    /// <summary>What the classifier consists of. Default <see cref="ClassifierKind.Ridge"/>.</summary>
    public ClassifierKind Kind { get; init; } = ClassifierKind.Ridge;

    /// <summary>The number of features of MiniRocket; rounded down to a multiple of 84. Default 10000. Not for <see cref="ClassifierKind.Mlp"/>.</summary>
    public int Features { get; init; } = DefaultFeatures;

    /// <summary>The largest number of dilations of a kernel of MiniRocket. Default 32. Not for <see cref="ClassifierKind.Mlp"/>.</summary>
    public int MaxDilationsPerKernel { get; init; } = DefaultMaxDilations;

    /// <summary>
    /// Takes each bias of MiniRocket from all training series instead of one that is drawn, see <see cref="MiniRocketOptions.Deterministic"/>; fitting takes as many
    /// times longer as there are training series. Default false. Not for <see cref="ClassifierKind.Mlp"/>.
    /// </summary>
    public bool Deterministic { get; init; }

    /// <summary>
    /// Whether MiniRocket uses all kernels with padding, so that the classifier takes series of any length from 1 on; otherwise half of them are, as in the paper, and all series have the
    /// length of those of training. Null, the default, says yes where the training series differ in length. Not for <see cref="ClassifierKind.Mlp"/>, which takes series of one length.
    /// </summary>
    public bool? AlwaysPads { get; init; }

    /// <summary>
    /// The length that MiniRocket's dilations are chosen for where all kernels are used with padding, 9 or more; null, the default, takes the longest training series'.
    /// Not for <see cref="ClassifierKind.Mlp"/>.
    /// </summary>
    public int? ReferenceLength { get; init; }

    /// <summary>
    /// The most bytes that the features of training and validation series may take; 1 or more. Where they take more, a network is trained on features that are computed anew
    /// for each batch, with the same result; <see cref="ClassifierKind.Ridge"/>, which needs those of the training series at once, is refused. Null, the default, is half of the memory that the process may use.
    /// A classifier does not keep it. Not for <see cref="ClassifierKind.Mlp"/>, which reads the series themselves.
    /// </summary>
    public long? MaxFeatureBytes { get; init; }

    /// <summary>The seed of all that is drawn: MiniRocket's biases and channels, initial weights, dropout, the order of samples, the validation part.</summary>
    public ulong Seed { get; init; }

    /// <summary>What is done to each series before anything else. Default <see cref="SeriesPreprocessing.None"/>.</summary>
    public SeriesPreprocessing Preprocessing { get; init; }

    /// <summary>How often a network goes through all training series; 1 or more. Not for <see cref="ClassifierKind.Ridge"/>.</summary>
    public int? Epochs { get; init; }

    /// <summary>The number of series of a network's training step; 1 or more (2 or more with batch normalisation). Not for <see cref="ClassifierKind.Ridge"/>.</summary>
    public int? BatchSize { get; init; }

    /// <summary>The step size of a network's training; above 0. Not for <see cref="ClassifierKind.Ridge"/>.</summary>
    public float? LearningRate { get; init; }

    /// <summary>The rule of a network's training. Not for <see cref="ClassifierKind.Ridge"/>.</summary>
    public OptimizerKind? Optimizer { get; init; }

    /// <summary>The share of the training series, with the same share of each class, that is held out and only measured; above 0 and below 1. Null, the default, holds out none.</summary>
    public double? ValidationFraction { get; init; }

    /// <summary>What is asked of MiniRocket.</summary>
    internal MiniRocketOptions ForRocket() => new()
    {
        Features = Features,
        MaxDilationsPerKernel = MaxDilationsPerKernel,
        Seed = Seed,
        Deterministic = Deterministic,
        AlwaysPads = AlwaysPads,
        ReferenceLength = ReferenceLength,
    };
}
