using System.Numerics.Tensors;
using FastNets.Data;

namespace FastNets.Serialization;

/// <summary>A network's tensors as a part of a file.</summary>
internal static class NetworkTensors
{
    private const string LayerSeparator = "; ";

    /// <summary>Adds a network's description and tensors.</summary>
    /// <param name="writer">The file.</param>
    /// <param name="network">The network.</param>
    /// <param name="prefix">What is put before each tensor's name.</param>
    public static void Add(SafetensorsWriter writer, Network network, string prefix)
    {
        foreach ((string key, string value) in Description(network)) writer.AddMetadata(key, value);
        foreach (Parameter parameter in network.Parameters)
            writer.Add(prefix + parameter.Name, parameter.ReadOnlyValues, Shape(parameter));
    }

    /// <summary>Checks a file against a network, then takes its tensors.</summary>
    /// <param name="file">The file.</param>
    /// <param name="network">The network; unchanged when the file does not fit.</param>
    /// <param name="prefix">What stands before each tensor's name.</param>
    /// <exception cref="DataFormatException">The file does not fit.</exception>
    public static void Load(SafetensorsFile file, Network network, string prefix)
    {
        foreach ((string key, string value) in Description(network))
        {
            string found = file.MetadataValue(key);
            if (found != value)
                throw DataFormatException.At(file.Name, 0, $"the file is of a network with {key} {Difference(found, value)}; build the network as it was when the file was written.");
        }

        foreach (Parameter parameter in network.Parameters) Check(file, prefix + parameter.Name, parameter);
        foreach (TensorEntry entry in file.Tensors)
        {
            if (entry.Name.StartsWith(prefix, StringComparison.Ordinal) && !network.Parameters.Any(p => prefix + p.Name == entry.Name))
                throw DataFormatException.At(file.Name, 0, $"tensor '{entry.Name}' belongs to no layer of {network.Name}, which has {string.Join(", ", network.Parameters)}.");
        }

        foreach (BatchNorm layer in network.Layers.OfType<BatchNorm>())
        {
            ReadOnlySpan<float> variance = file.Float32(prefix + layer.RunningVariance.Name);
            if (TensorPrimitives.Min(variance) < 0)
                throw DataFormatException.At(file.Name, 0, $"tensor '{prefix + layer.RunningVariance.Name}' has a variance below 0: {TensorPrimitives.Min(variance)}.");
        }

        foreach (MiniRocketLayer layer in network.Layers.OfType<MiniRocketLayer>())
        {
            try
            {
                layer.CheckParameters(name => file.Float32(prefix + name).ToArray());
            }
            catch (ArgumentException e)
            {
                throw new DataFormatException($"{file.Name}: what layer '{layer.Name}' was fitted is damaged. {e.Message}", e);
            }
        }

        foreach (Parameter parameter in network.Parameters) file.Float32(prefix + parameter.Name).CopyTo(parameter.Values);
    }

    // Of two lists of layers, the first layer that differs.
    private static string Difference(string found, string expected)
    {
        string[] theirs = found.Split(LayerSeparator);
        string[] ours = expected.Split(LayerSeparator);
        int at = 0;
        while (at < theirs.Length && at < ours.Length && theirs[at] == ours[at]) at++;
        return $"{Part(theirs)}, but this one has {Part(ours)}";

        string Part(string[] parts) => at < parts.Length ? $"'{MessageText.Show(parts[at])}'" : "nothing more";
    }

    private static void Check(SafetensorsFile file, string name, Parameter parameter)
    {
        ReadOnlySpan<float> values = file.Float32(name, Shape(parameter));
        if (!TensorPrimitives.IsFiniteAll(values))
            throw DataFormatException.At(file.Name, 0, $"tensor '{name}' has a value that is not a finite number; the network had diverged when it was saved, or the file is damaged.");
    }

    private static IEnumerable<(string Key, string Value)> Description(Network network)
    {
        yield return ("network", network.Name);
        yield return ("layers", string.Join(LayerSeparator, network.Layers.Select(l => $"{l.Name}: {l.Description}")));
        yield return ("loss", network.Loss.ToString());
        yield return ("input_length", Text(network.InputLength));
        yield return ("output_length", Text(network.OutputLength));
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static long[] Shape(Parameter parameter) => [.. parameter.Shape.Select(s => (long)s)];
}
