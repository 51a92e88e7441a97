using FastNets.Data;
using FastNets.Serialization;

namespace FastNets.Rocket;

/// <content>Parameters as tensors of a safetensors file, under the names that other implementations use.</content>
public sealed partial class MiniRocketParameters
{
    private const string InputLengthName = "input_length";
    private const string AlwaysPadsName = "always_pads";
    private const string ChannelsName = "num_channels";
    private const string ChannelsPerCombinationName = "num_channels_per_combination";
    private const string ChannelIndicesName = "channel_indices";
    private const string DilationsName = "dilations";
    private const string FeaturesName = "num_features_per_dilation";
    private const string BiasesName = "biases";

    /// <summary>The number of tensors that <see cref="AddTo"/> adds.</summary>
    internal int TensorCount => 4 + (AlwaysPads ? 1 : 0) + (Channels > 1 ? 3 : 0);

    /// <summary>
    /// Writes a safetensors file with the tensors <c>input_length</c>, <c>dilations</c>, <c>num_features_per_dilation</c> and <c>biases</c>; with several channels
    /// also <c>num_channels</c>, <c>num_channels_per_combination</c> and <c>channel_indices</c>; for series of any length also <c>always_pads</c>.
    /// </summary>
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
        if (AlwaysPads) writer.Add(prefix + AlwaysPadsName, (ReadOnlySpan<int>)[1]);
        if (Channels > 1)
        {
            writer.Add(prefix + ChannelsName, (ReadOnlySpan<int>)[Channels]);
            writer.Add(prefix + ChannelsPerCombinationName, ChannelsPerCombination);
            writer.Add(prefix + ChannelIndicesName, ChannelIndices);
        }

        writer.Add(prefix + DilationsName, (ReadOnlySpan<int>)_dilations);
        writer.Add(prefix + FeaturesName, (ReadOnlySpan<int>)_featuresPerDilation);
        writer.Add(prefix + BiasesName, (ReadOnlySpan<float>)_biases);
    }

    /// <summary>Reads parameters that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file's path.</param>
    /// <exception cref="DataFormatException">There is no such file, or what it holds are no parameters of MiniRocket.</exception>
    public static MiniRocketParameters Load(string path) => Load(SafetensorsFile.Read(path));

    /// <summary>Takes parameters that <see cref="Save"/> wrote from a file that may hold more.</summary>
    /// <param name="file">The file.</param>
    /// <param name="prefix">What stands before each tensor's name.</param>
    /// <exception cref="DataFormatException">What the file holds are no parameters of MiniRocket.</exception>
    public static MiniRocketParameters Load(SafetensorsFile file, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(prefix);
        return From(
            file,
            prefix,
            file.Int32(prefix + InputLengthName, 1)[0],
            file.Contains(prefix + AlwaysPadsName) && file.Int32(prefix + AlwaysPadsName, 1)[0] != 0,
            file.Contains(prefix + ChannelsName) ? file.Int32(prefix + ChannelsName, 1)[0] : 1);
    }

    /// <summary>Reads parameters of any implementation for known series.</summary>
    /// <param name="path">The file's path; it may lack what says for which series the parameters are: their length, their channels, whether all kernels are used with padding.</param>
    /// <param name="series">Series to be transformed. What the file lacks is taken from them: the largest length, the channels, and padding of all kernels where lengths differ.</param>
    /// <exception cref="DataFormatException">There is no such file, or what it holds are no parameters of MiniRocket for these series.</exception>
    public static MiniRocketParameters LoadFor(string path, SeriesSet series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return LoadFor(path, series.MaxLength, series.Channels, alwaysPads: !series.IsEqualLength);
    }

    /// <summary>Reads parameters of any implementation for known series.</summary>
    /// <param name="path">The file's path; it may lack what the other arguments say.</param>
    /// <param name="inputLength">The number of time steps of the series that are transformed, at most.</param>
    /// <param name="channels">Their number of channels.</param>
    /// <param name="alwaysPads">Whether all kernels are used with padding.</param>
    /// <exception cref="DataFormatException">There is no such file, or what it holds are no parameters of MiniRocket for such series.</exception>
    public static MiniRocketParameters LoadFor(string path, int inputLength, int channels = 1, bool alwaysPads = false)
    {
        SafetensorsFile file = SafetensorsFile.Read(path);
        MiniRocketParameters parameters = From(
            file,
            "",
            file.Contains(InputLengthName) ? file.Int32(InputLengthName, 1)[0] : inputLength,
            file.Contains(AlwaysPadsName) ? file.Int32(AlwaysPadsName, 1)[0] != 0 : alwaysPads && !file.Contains(InputLengthName),
            file.Contains(ChannelsName) ? file.Int32(ChannelsName, 1)[0] : file.Contains(InputLengthName) ? 1 : channels);
        if (!parameters.AlwaysPads && parameters.InputLength != inputLength)
            throw DataFormatException.At(file.Name, 0, $"the parameters are for series of length {parameters.InputLength}, not {inputLength}.");
        if (parameters.Channels != channels)
            throw DataFormatException.At(file.Name, 0, $"the parameters are for series of {parameters.Channels} channels, not {channels}.");
        return parameters;
    }

    private static MiniRocketParameters From(SafetensorsFile file, string prefix, int inputLength, bool alwaysPads, int channels)
    {
        bool several = channels > 1 || file.Contains(prefix + ChannelsPerCombinationName);
        try
        {
            return new MiniRocketParameters(
                inputLength,
                alwaysPads,
                channels,
                file.Int32(prefix + DilationsName, -1),
                file.Int32(prefix + FeaturesName, -1),
                file.Float32(prefix + BiasesName, -1),
                several ? file.Int32(prefix + ChannelsPerCombinationName, -1) : [],
                several ? file.Int32(prefix + ChannelIndicesName, -1) : []);
        }
        catch (ArgumentException e)
        {
            throw new DataFormatException($"{file.Name}: the parameters of MiniRocket are damaged, or meant for other series. {e.Message}", e);
        }
    }
}
