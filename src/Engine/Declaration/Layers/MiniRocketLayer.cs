using System.Globalization;
using FastNets.Data;
using FastNets.Rocket;

namespace FastNets;

/// <summary>MiniRocket as a network's first layer: series in, features out, computed anew for each batch.</summary>
/// <remarks>
/// Call <see cref="Fit"/> with the training series before the first pass; a pass without is refused, so that biases never come from the first batch by accident.
/// What was fitted is saved and loaded with the network. Features are not standardised: put a <see cref="BatchNorm"/> behind it.
/// Settings: Features (10000, rounded down to a multiple of 84), MaxDilations (32).
/// Source: Dempster, Schmidt and Webb, KDD 2021, arXiv 2012.08791.
/// </remarks>
public sealed class MiniRocketLayer : Layer
{
    private readonly Network _network;
    private readonly Parameter _biases;
    private readonly Parameter _dilations;
    private readonly Parameter _featuresPerDilation;
    private readonly int _length;
    private MiniRocket? _transform;
    private int _version = -1;

    /// <summary>Called by generated code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="outputShape">What the layer gives for a sample.</param>
    /// <param name="biases">The biases, one a feature.</param>
    /// <param name="dilations">The dilations, 0 where there are fewer.</param>
    /// <param name="featuresPerDilation">The features of a kernel with each dilation, 0 where there are fewer.</param>
    /// <param name="length">The steps of a series.</param>
    /// <param name="features">The features that were asked for.</param>
    /// <param name="maxDilations">The most dilations a kernel.</param>
    public MiniRocketLayer(Network network, string name, SampleShape outputShape, Parameter biases, Parameter dilations, Parameter featuresPerDilation, int length, int features, int maxDilations)
        : base(network, name, outputShape, biases, dilations, featuresPerDilation)
    {
        _network = network;
        _biases = biases;
        _dilations = dilations;
        _featuresPerDilation = featuresPerDilation;
        _length = length;
        Features = features;
        MaxDilations = maxDilations;
    }

    /// <summary>The features that were asked for.</summary>
    public int Features { get; }

    /// <summary>The most dilations a kernel.</summary>
    public int MaxDilations { get; }

    /// <summary>Whether the layer was fitted, or loaded fitted.</summary>
    public bool IsFitted => _dilations.ReadOnlyValues[0] > 0;

    /// <summary>The transform.</summary>
    /// <exception cref="InvalidOperationException">The layer was not fitted.</exception>
    public MiniRocket Transform
    {
        get
        {
            // Files and callers write the parameters directly: what was made of them is made again when they changed.
            if (_transform is null || _version != Version) Refresh();
            return _transform!;
        }
    }

    /// <summary>Fits the biases to training series.</summary>
    /// <param name="train">Univariate series of the network's length; classes are not needed.</param>
    /// <param name="seed">The seed of the draw of the series that the biases are taken from; left out, the network's.</param>
    /// <exception cref="DataFormatException">The series are of other lengths, multivariate or none, or a value is missing or infinite.</exception>
    public void Fit(SeriesSet train, ulong? seed = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (train.Count > 0 && train.MaxLength != _length)
            throw DataFormatException.At(train.Name, 0, $"the series have {train.MaxLength} time steps, but layer '{Name}' takes {_length}; resample them, or declare the network for this length.");
        Set(MiniRocket.Fit(train, new MiniRocketOptions { Features = Features, MaxDilationsPerKernel = MaxDilations, Seed = seed ?? _network.Seed }).Parameters);
    }

    /// <summary>Takes parameters that were fitted or loaded elsewhere.</summary>
    /// <param name="parameters">Parameters for the network's length, with as many features as the layer and no more dilations.</param>
    /// <exception cref="ArgumentException">They are for another length, or have another number of features, or more dilations.</exception>
    public void Set(MiniRocketParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.InputLength != _length || parameters.FeatureCount != _biases.Length || parameters.Dilations.Length > _dilations.Length)
        {
            throw new ArgumentException(
                $"Layer '{Name}' takes series of {_length} steps to {_biases.Length} features with up to {_dilations.Length} dilations, but the parameters are for {parameters.InputLength} steps, {parameters.FeatureCount} features and {parameters.Dilations.Length} dilations.",
                nameof(parameters));
        }

        parameters.Biases.CopyTo(_biases.Values);
        Fill(parameters.Dilations, _dilations.Values);
        Fill(parameters.FeaturesPerDilation, _featuresPerDilation.Values);
    }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"MiniRocket({_biases.Length} features, up to {MaxDilations} dilations)");

    private int Version => _biases.Version + _dilations.Version + _featuresPerDilation.Version;

    private static void Fill(ReadOnlySpan<int> source, Span<float> target)
    {
        target.Clear();
        for (int i = 0; i < source.Length; i++) target[i] = source[i];
    }

    /// <summary>Checks values that are about to be loaded; none fitted is right too.</summary>
    /// <param name="values">The values of a parameter, by its name.</param>
    /// <exception cref="ArgumentException">They are no parameters of MiniRocket for the network's series.</exception>
    internal void CheckParameters(Func<string, float[]> values)
    {
        float[] dilations = values(_dilations.Name);
        if (dilations[0] > 0) _ = ParametersOf(dilations, values(_featuresPerDilation.Name), values(_biases.Name));
    }

    private void Refresh()
    {
        if (!IsFitted)
            throw new InvalidOperationException($"{_network.Name}: layer '{Name}' was not fitted; call {Name}.Fit with the training series first.");
        _version = Version;
        _transform = new MiniRocket(ParametersOf(_dilations.ReadOnlyValues, _featuresPerDilation.ReadOnlyValues, _biases.ReadOnlyValues));

        // Where the layer runs is the network's matter.
        _transform.MoveTo(Device.Cpu);
    }

    private MiniRocketParameters ParametersOf(ReadOnlySpan<float> dilations, ReadOnlySpan<float> features, ReadOnlySpan<float> biases)
    {
        int count = 0;
        while (count < dilations.Length && dilations[count] > 0) count++;
        int[] wholeDilations = new int[count];
        int[] wholeFeatures = new int[count];
        for (int i = 0; i < count; i++)
        {
            // Beyond the series a dilation is refused anyway; here it must only be a whole number.
            wholeDilations[i] = (int)Math.Min(dilations[i], int.MaxValue / 2);
            wholeFeatures[i] = (int)Math.Clamp(features[i], 0, biases.Length);
        }

        return new MiniRocketParameters(_length, wholeDilations, wholeFeatures, biases);
    }
}
