namespace FastNets.Cuda.Driver;

/// <summary>The compiled kernels (native/cuda/ptx), which lie within the assembly.</summary>
internal static class PtxResources
{
    /// <summary>The PTX text of a module, with a 0 behind it.</summary>
    /// <param name="module">The file's name without its extension.</param>
    /// <exception cref="InvalidOperationException">There is no such module: the assembly was built without it.</exception>
    public static byte[] Read(string module)
    {
        string name = $"FastNets.Cuda.Ptx.{module}.ptx";
        using Stream stream = typeof(PtxResources).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"FastNets was built without the compiled kernels of native/cuda/{module}.cu ({name}). Compile them (see docs/cuda.md) and build again.");
        byte[] text = new byte[stream.Length + 1];
        stream.ReadExactly(text.AsSpan(0, (int)stream.Length));
        return text;
    }
}
