using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FastNets.Data;
using FastNets.Serialization;

namespace FastNets.Classification;

/// <summary>The SHA-256 of a model file's content: all metadata but itself, and every tensor's name, type, shape and bytes.</summary>
internal static class ModelChecksum
{
    /// <summary>Its key in the metadata.</summary>
    public const string Key = "sha256";

    /// <summary>Computes it.</summary>
    /// <param name="file">The content.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string Compute(SafetensorsFile file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string key, string value) in file.Metadata)
        {
            if (key == Key) continue;
            Append(hash, Encoding.UTF8.GetBytes(key));
            Append(hash, Encoding.UTF8.GetBytes(value));
        }

        foreach (TensorEntry entry in file.Tensors)
        {
            Append(hash, Encoding.UTF8.GetBytes(entry.ToString()));
            Append(hash, file.Bytes(entry.Name));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Checks a file's content.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="DataFormatException">The content is not what was written.</exception>
    public static void Verify(SafetensorsFile file)
    {
        string stored = file.MetadataValue(Key);
        string computed = Compute(file);
        if (stored != computed)
            throw DataFormatException.At(file.Name, 0, $"the file is damaged: its content has the SHA-256 {computed}, but was written with {MessageText.Show(stored)}; copy it again, or train again.");
    }

    // Lengths keep the pieces apart.
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
