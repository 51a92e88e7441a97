using FastNets.Data;
using FastNets.Serialization;

namespace FastNets.Rocket;

/// <summary>What a fitted MiniRocket transform consists of: dilations, features per dilation, biases.</summary>
/// <remarks>
/// Immutable and thread-safe. Features are ordered by dilation, then by kernel (84, lexicographic by their three taps of weight 2),
/// then by bias. Source: Dempster, Schmidt and Webb, "MiniRocket: A Very Fast (Almost) Deterministic Transform for Time Series
/// Classification", KDD 2021, arXiv 2012.08791.
/// </remarks>
public sealed class MiniRocketParameters
{
    /// <summary>The number of kernels.</summary>
    public const int KernelCount = MiniRocketKernels.Count;

    /// <summary>The shortest series that can be transformed: the kernels' length.</summary>
    public const int MinInputLength = MiniRocketKernels.Length;

    private const string DilationsName = "dilations";
    private const string FeaturesName = "num_features_per_dilation";
    private const string BiasesName = "biases";
    private const string InputLengthName = "input_length";

    private readonly int[] _dilations;
    private readonly int[] _featuresPerDilation;
    private readonly float[] _biases;

    /// <summary>Makes the parameters; the values are copied.</summary>
    /// <param name="inputLength">The number of time steps of the series that are transformed.</param>
    /// <param name="dilations">The dilations, each at least 1 and small enough for a kernel to fit: 8 times it is less than the length.</param>
    /// <param name="featuresPerDilation">How many features each kernel has with each dilation, at least 1.</param>
    /// <param name="biases">The biases in the order of the features: dilation, kernel, bias; all finite.</param>
    /// <exception cref="ArgumentException">A value is out of range, or the sizes don't agree.</exception>
    public MiniRocketParameters(int inputLength, ReadOnlySpan<int> dilations, ReadOnlySpan<int> featuresPerDilation, ReadOnlySpan<float> biases)
    {
        if (inputLength < MinInputLength)
            throw new ArgumentOutOfRangeException(nameof(inputLength), $"Series of length {inputLength} are too short: MiniRocket needs at least {MinInputLength} time steps; pad or interpolate them.");
        if (dilations.IsEmpty) throw new ArgumentException("There is no dilation.", nameof(dilations));
        if (dilations.Length != featuresPerDilation.Length)
            throw new ArgumentException($"{dilations.Length} dilations, but {featuresPerDilation.Length} numbers of features.", nameof(featuresPerDilation));

        int largest = (inputLength - 1) / (MiniRocketKernels.Length - 1);
        long perKernel = 0;
        for (int i = 0; i < dilations.Length; i++)
        {
            if (dilations[i] < 1 || dilations[i] > largest)
                throw new ArgumentException($"Dilation {dilations[i]} does not fit series of length {inputLength}: from 1 to {largest} do.", nameof(dilations));
            if (featuresPerDilation[i] < 1)
                throw new ArgumentException($"Dilation {dilations[i]} has {featuresPerDilation[i]} features; it needs at least 1.", nameof(featuresPerDilation));
            perKernel += featuresPerDilation[i];
        }

        if (biases.Length != perKernel * KernelCount)
            throw new ArgumentException($"{perKernel} features for each of {KernelCount} kernels need {perKernel * KernelCount} biases, but there are {biases.Length}.", nameof(biases));
        for (int i = 0; i < biases.Length; i++)
        {
            if (!float.IsFinite(biases[i])) throw new ArgumentException($"Bias {i} is {biases[i]}; it must be finite.", nameof(biases));
        }

        InputLength = inputLength;
        _dilations = dilations.ToArray();
        _featuresPerDilation = featuresPerDilation.ToArray();
        _biases = biases.ToArray();
    }

    /// <summary>The number of time steps of the series that are transformed.</summary>
    public int InputLength { get; }

    /// <summary>The dilations.</summary>
    public ReadOnlySpan<int> Dilations => _dilations;

    /// <summary>How many features each kernel has with each dilation.</summary>
    public ReadOnlySpan<int> FeaturesPerDilation => _featuresPerDilation;

    /// <summary>The biases, one a feature, in the features' order.</summary>
    public ReadOnlySpan<float> Biases => _biases;

    /// <summary>The number of features: a multiple of 84.</summary>
    public int FeatureCount => _biases.Length;

    /// <summary>Over how many positions a feature counts.</summary>
    /// <param name="dilationIndex">The index of the feature's dilation.</param>
    /// <param name="kernel">The feature's kernel, 0 to 83.</param>
    /// <returns>All positions of the series where the kernel is used with padding, otherwise those where it fits within the series.</returns>
    internal int PositionsOf(int dilationIndex, int kernel)
        => MiniRocketKernels.IsPadded(dilationIndex, kernel) ? InputLength : InputLength - (2 * MiniRocketKernels.Reach(_dilations[dilationIndex]));

    /// <summary>Writes a safetensors file with the tensors <c>dilations</c>, <c>num_features_per_dilation</c> and <c>biases</c>.</summary>
    /// <param name="path">The file's path.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        var writer = new SafetensorsWriter();
        AddTo(writer);
        writer.Save(path);
    }

    /// <summary>Adds the tensors that <see cref="Save"/> writes to a file that holds more.</summary>
    /// <param name="writer">The file.</param>
    /// <param name="prefix">What is put before each tensor's name.</param>
    public void AddTo(SafetensorsWriter writer, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Add(prefix + InputLengthName, (ReadOnlySpan<int>)[InputLength]);
        writer.Add(prefix + DilationsName, (ReadOnlySpan<int>)_dilations);
        writer.Add(prefix + FeaturesName, (ReadOnlySpan<int>)_featuresPerDilation);
        writer.Add(prefix + BiasesName, (ReadOnlySpan<float>)_biases);
    }

    /// <summary>Reads parameters that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file's path.</param>
    /// <exception cref="DataFormatException">There is no such file, or what it holds are no parameters of MiniRocket.</exception>
    public static MiniRocketParameters Load(string path) => Load(SafetensorsFile.Read(path));

    /// <summary>Reads parameters that <see cref="Save"/> wrote, for series of a known length.</summary>
    /// <param name="path">The file's path; it may come from another implementation and lack <c>input_length</c>.</param>
    /// <param name="inputLength">The number of time steps of the series that are transformed.</param>
    /// <exception cref="DataFormatException">There is no such file, or what it holds are no parameters of MiniRocket for this length.</exception>
    public static MiniRocketParameters Load(string path, int inputLength) => From(SafetensorsFile.Read(path), "", inputLength);

    /// <summary>Takes parameters from a file that may hold more.</summary>
    /// <param name="file">The file.</param>
    /// <param name="prefix">What stands before each tensor's name.</param>
    /// <exception cref="DataFormatException">What the file holds are no parameters of MiniRocket.</exception>
    public static MiniRocketParameters Load(SafetensorsFile file, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(prefix);
        return From(file, prefix, file.Int32(prefix + InputLengthName, 1)[0]);
    }

    private static MiniRocketParameters From(SafetensorsFile file, string prefix, int inputLength)
    {
        if (file.Contains(prefix + InputLengthName) && file.Int32(prefix + InputLengthName, 1)[0] != inputLength)
            throw DataFormatException.At(file.Name, 0, $"the parameters are for series of length {file.Int32(prefix + InputLengthName, 1)[0]}, not {inputLength}.");
        try
        {
            return new MiniRocketParameters(
                inputLength,
                file.Int32(prefix + DilationsName, -1),
                file.Int32(prefix + FeaturesName, -1),
                file.Float32(prefix + BiasesName, -1));
        }
        catch (ArgumentException e)
        {
            throw new DataFormatException($"{file.Name}: the parameters of MiniRocket are damaged, or meant for other series. {e.Message}", e);
        }
    }
}
