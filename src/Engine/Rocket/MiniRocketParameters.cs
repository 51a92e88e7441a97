namespace FastNets.Rocket;

/// <summary>What a fitted MiniRocket transform consists of: dilations, features per dilation, biases, and the channels of each kernel.</summary>
/// <remarks>
/// Immutable and thread-safe. Features are ordered by dilation, then by kernel (84, lexicographic by their three taps of weight 2),
/// then by bias. Source: Dempster, Schmidt and Webb, "MiniRocket: A Very Fast (Almost) Deterministic Transform for Time Series
/// Classification", KDD 2021, arXiv 2012.08791; several channels and unequal lengths as in the authors' extensions of it.
/// </remarks>
public sealed partial class MiniRocketParameters
{
    /// <summary>The number of kernels.</summary>
    public const int KernelCount = MiniRocketKernels.Count;

    /// <summary>The shortest length that dilations can be chosen for: the kernels' length.</summary>
    public const int MinInputLength = MiniRocketKernels.Length;

    // What a kernel of univariate series adds up.
    private static readonly int[] OnlyChannel = [0];

    private readonly int[] _dilations;
    private readonly int[] _featuresPerDilation;
    private readonly int[] _firstFeatures;
    private readonly float[] _biases;
    private readonly RocketChannels? _channels;

    /// <summary>Makes the parameters for univariate series of one length; the values are copied.</summary>
    /// <param name="inputLength">The number of time steps of the series that are transformed.</param>
    /// <param name="dilations">The dilations, each at least 1 and small enough for a kernel to fit: 8 times it is less than the length.</param>
    /// <param name="featuresPerDilation">How many features each kernel has with each dilation, at least 1.</param>
    /// <param name="biases">The biases in the order of the features: dilation, kernel, bias; all finite.</param>
    /// <exception cref="ArgumentException">A value is out of range, or the sizes don't agree.</exception>
    public MiniRocketParameters(int inputLength, ReadOnlySpan<int> dilations, ReadOnlySpan<int> featuresPerDilation, ReadOnlySpan<float> biases)
        : this(inputLength, alwaysPads: false, channels: 1, dilations, featuresPerDilation, biases, [], [])
    {
    }

    /// <summary>Makes the parameters; the values are copied.</summary>
    /// <param name="inputLength">The number of time steps of the series that are transformed, or with <paramref name="alwaysPads"/> the length that dilations were chosen for.</param>
    /// <param name="alwaysPads">Whether all kernels are used with padding, so that series may have any length.</param>
    /// <param name="channels">The number of channels of a series, at least 1.</param>
    /// <param name="dilations">The dilations, each at least 1 and small enough for a kernel to fit: 8 times it is less than the length.</param>
    /// <param name="featuresPerDilation">How many features each kernel has with each dilation, at least 1.</param>
    /// <param name="biases">The biases in the order of the features: dilation, kernel, bias; all finite.</param>
    /// <param name="channelsPerCombination">How many channels each combination of a dilation and a kernel adds up, in the features' order; may be empty where there is one channel.</param>
    /// <param name="channelIndices">The channels, combination after combination; may be empty where there is one channel.</param>
    /// <exception cref="ArgumentException">A value is out of range, or the sizes don't agree.</exception>
    public MiniRocketParameters(
        int inputLength,
        bool alwaysPads,
        int channels,
        ReadOnlySpan<int> dilations,
        ReadOnlySpan<int> featuresPerDilation,
        ReadOnlySpan<float> biases,
        ReadOnlySpan<int> channelsPerCombination,
        ReadOnlySpan<int> channelIndices)
    {
        if (inputLength < MinInputLength)
            throw new ArgumentOutOfRangeException(nameof(inputLength), $"Series of length {inputLength} are too short: MiniRocket needs at least {MinInputLength} time steps; pad or interpolate them.");
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (dilations.IsEmpty) throw new ArgumentException("There is no dilation.", nameof(dilations));
        if (dilations.Length != featuresPerDilation.Length)
            throw new ArgumentException($"{dilations.Length} dilations, but {featuresPerDilation.Length} numbers of features.", nameof(featuresPerDilation));

        int largest = (inputLength - 1) / (MiniRocketKernels.Length - 1);
        long perKernel = 0;
        _firstFeatures = new int[dilations.Length];
        for (int i = 0; i < dilations.Length; i++)
        {
            if (dilations[i] < 1 || dilations[i] > largest)
                throw new ArgumentException($"Dilation {dilations[i]} does not fit series of length {inputLength}: from 1 to {largest} do.", nameof(dilations));
            if (featuresPerDilation[i] < 1)
                throw new ArgumentException($"Dilation {dilations[i]} has {featuresPerDilation[i]} features; it needs at least 1.", nameof(featuresPerDilation));
            _firstFeatures[i] = (int)Math.Min(perKernel * KernelCount, int.MaxValue);
            perKernel += featuresPerDilation[i];
        }

        if (biases.Length != perKernel * KernelCount)
            throw new ArgumentException($"{perKernel} features for each of {KernelCount} kernels need {perKernel * KernelCount} biases, but there are {biases.Length}.", nameof(biases));
        for (int i = 0; i < biases.Length; i++)
        {
            if (!float.IsFinite(biases[i])) throw new ArgumentException($"Bias {i} is {biases[i]}; it must be finite.", nameof(biases));
        }

        if (channels > 1 || !channelsPerCombination.IsEmpty || !channelIndices.IsEmpty)
        {
            var combinations = new RocketChannels(channels, dilations.Length * KernelCount, channelsPerCombination, channelIndices);
            // Of one channel there is one combination only: such parameters are those of univariate series.
            _channels = channels > 1 ? combinations : null;
        }

        InputLength = inputLength;
        AlwaysPads = alwaysPads;
        Channels = channels;
        LargestDilation = Max(dilations);
        MostFeaturesPerDilation = Max(featuresPerDilation);
        _dilations = dilations.ToArray();
        _featuresPerDilation = featuresPerDilation.ToArray();
        _biases = biases.ToArray();
    }

    /// <summary>The number of time steps of the series that are transformed; where series may have any length, the length that dilations were chosen for.</summary>
    public int InputLength { get; }

    /// <summary>Whether all kernels are used with padding, so that series may have any length; otherwise half of them are, and series have <see cref="InputLength"/>.</summary>
    public bool AlwaysPads { get; }

    /// <summary>The number of channels of the series that are transformed.</summary>
    public int Channels { get; }

    /// <summary>The dilations.</summary>
    public ReadOnlySpan<int> Dilations => _dilations;

    /// <summary>How many features each kernel has with each dilation.</summary>
    public ReadOnlySpan<int> FeaturesPerDilation => _featuresPerDilation;

    /// <summary>The biases, one a feature, in the features' order.</summary>
    public ReadOnlySpan<float> Biases => _biases;

    /// <summary>How many channels each combination of a dilation and a kernel adds up; empty where series have one channel.</summary>
    public ReadOnlySpan<int> ChannelsPerCombination => _channels is null ? [] : _channels.PerCombination;

    /// <summary>The channels of the combinations, one combination after another; empty where series have one channel.</summary>
    public ReadOnlySpan<int> ChannelIndices => _channels is null ? [] : _channels.Indices;

    /// <summary>The number of features: a multiple of 84.</summary>
    public int FeatureCount => _biases.Length;

    /// <summary>The channels that a kernel adds up with a dilation.</summary>
    /// <param name="dilationIndex">The index of the dilation.</param>
    /// <param name="kernel">The kernel, 0 to 83.</param>
    public ReadOnlySpan<int> ChannelsOf(int dilationIndex, int kernel)
        => _channels is null ? OnlyChannel : _channels.Of((dilationIndex * KernelCount) + kernel);

    /// <summary>The three of a kernel's nine taps (0 to 8) that have weight 2; the other six have weight -1.</summary>
    /// <param name="kernel">The kernel, 0 to 83.</param>
    /// <returns>The taps in ascending order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kernel.</exception>
    public static (int A, int B, int C) TapsOf(int kernel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(kernel);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(kernel, KernelCount);
        return MiniRocketKernels.TapsOf(kernel);
    }

    /// <summary>The largest dilation.</summary>
    internal int LargestDilation { get; }

    /// <summary>The largest number of features that a kernel has with a dilation.</summary>
    internal int MostFeaturesPerDilation { get; }

    /// <summary>The index of a dilation's first feature.</summary>
    internal int FirstFeatureOf(int dilationIndex) => _firstFeatures[dilationIndex];

    /// <summary>The biases of a dilation's features.</summary>
    internal ReadOnlySpan<float> BiasesOf(int dilationIndex)
        => _biases.AsSpan(_firstFeatures[dilationIndex], _featuresPerDilation[dilationIndex] * KernelCount);

    /// <summary>Whether a kernel is used with zeros around the series.</summary>
    internal bool IsPadded(int dilationIndex, int kernel) => AlwaysPads || MiniRocketKernels.IsPadded(dilationIndex, kernel);

    /// <summary>The number of positions of a series that all kernels count with a dilation.</summary>
    internal int InteriorOf(int dilationIndex, int length)
        => AlwaysPads ? length : length - (2 * MiniRocketKernels.Reach(_dilations[dilationIndex]));

    /// <summary>Over how many positions a feature counts.</summary>
    /// <param name="dilationIndex">The index of the feature's dilation.</param>
    /// <param name="kernel">The feature's kernel, 0 to 83.</param>
    /// <param name="length">The series' number of time steps.</param>
    /// <returns>All positions of the series where the kernel is used with padding, otherwise those where it fits within the series.</returns>
    internal int PositionsOf(int dilationIndex, int kernel, int length)
        => IsPadded(dilationIndex, kernel) ? length : InteriorOf(dilationIndex, length);

    private static int Max(ReadOnlySpan<int> values)
    {
        int max = values[0];
        foreach (int value in values) max = Math.Max(max, value);
        return max;
    }
}
