using System.IO.Compression;
using FastNets.Serialization;

namespace FastNets.Engine.Tests.Data;

/// <summary>Small NumPy files.</summary>
internal static class Arrays
{
    /// <summary>Two series of three steps, and perhaps their labels.</summary>
    public static byte[] Npy(bool labels = true)
    {
        using var stream = new MemoryStream();
        NpyWriter.Write(stream, [1f, 2f, 3f, 4f, 5f, 6f], 2, 3);
        if (labels) NpyWriter.Write(stream, [7L, 3L]);
        return stream.ToArray();
    }

    public static byte[] Labels()
    {
        using var stream = new MemoryStream();
        NpyWriter.Write(stream, [7, 3]);
        return stream.ToArray();
    }

    public static byte[] Npz(params (string Name, byte[] Array)[] arrays)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] array) in arrays)
            {
                using Stream entry = archive.CreateEntry(name + ".npy").Open();
                entry.Write(array);
            }
        }

        return stream.ToArray();
    }
}
