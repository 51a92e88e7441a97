using System.Globalization;
using FastNets.Data;

namespace FastNets.Serialization;

/// <summary>Saves and loads a network's weights and running statistics as a safetensors file.</summary>
/// <remarks>
/// Tensors are named as <see cref="Parameter.Name"/> and shaped as <see cref="Parameter.Shape"/>, row-major, single precision. The metadata state
/// what the network was: name, layers, loss, sizes, seed. The same weights give the same bytes. An optimizer's moments are not in it.
/// </remarks>
public static class NetworkFile
{
    /// <summary>The format's name in the metadata.</summary>
    public const string Format = "fastnets.network";

    /// <summary>The format's version in the metadata.</summary>
    public const string Version = "1";

    /// <summary>Writes a network's weights; an old file is replaced only when the new one is whole.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file's path.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(Network network, string path)
    {
        ArgumentNullException.ThrowIfNull(network);
        var writer = new SafetensorsWriter();
        writer.AddMetadata("format", Format);
        writer.AddMetadata("version", Version);
        NetworkTensors.Add(writer, network, "");
        writer.AddMetadata("seed", network.Seed.ToString(CultureInfo.InvariantCulture));
        writer.Save(path);
    }

    /// <summary>Reads weights into a network of the same declaration and sizes.</summary>
    /// <param name="network">The network; unchanged when the file does not fit.</param>
    /// <param name="path">The file's path.</param>
    /// <exception cref="DataFormatException">There is no such file; it is damaged, of another kind or another network's; a tensor is missing, too many, of another shape or not finite.</exception>
    public static void Load(Network network, string path)
    {
        ArgumentNullException.ThrowIfNull(network);
        SafetensorsFile file = SafetensorsFile.Read(path);
        RequireFormat(file, Format, Version);
        NetworkTensors.Load(file, network, "");
    }

    /// <summary>Checks what kind of file it is.</summary>
    /// <param name="file">The file.</param>
    /// <param name="format">The format that it must have.</param>
    /// <param name="version">The version that it must have.</param>
    /// <exception cref="DataFormatException">It is of another kind or version.</exception>
    internal static void RequireFormat(SafetensorsFile file, string format, string version)
    {
        if (!file.Metadata.TryGetValue("format", out string? found))
            throw DataFormatException.At(file.Name, 0, $"this is a safetensors file, but not one of the format '{format}': it names no format.");
        if (found != format)
            throw DataFormatException.At(file.Name, 0, $"the file has the format '{MessageText.Show(found)}', but '{format}' is needed here.");
        string foundVersion = file.MetadataValue("version");
        if (foundVersion != version)
            throw DataFormatException.At(file.Name, 0, $"the file has version '{MessageText.Show(foundVersion)}' of the format '{format}', but this program reads version {version}; use a newer FastNets, or write the file again.");
    }
}
