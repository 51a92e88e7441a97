using System.Runtime.CompilerServices;

namespace FastNets.Cuda.Kernels;

/// <summary>A kernel of native/cuda: its module, its name there, and the struct that it takes.</summary>
internal sealed class CudaKernel
{
    private static readonly List<CudaKernel> Declared = [];

    private CudaKernel(string module, string name, int argumentBytes)
    {
        Module = module;
        Name = name;
        ArgumentBytes = argumentBytes;
        lock (Declared)
        {
            Index = Declared.Count;
            Declared.Add(this);
        }
    }

    /// <summary>The file of native/cuda, without its extension.</summary>
    public string Module { get; }

    /// <summary>The function.</summary>
    public string Name { get; }

    /// <summary>The size of the one struct that it takes by value.</summary>
    public int ArgumentBytes { get; }

    /// <summary>A small number of its own, by which a context finds what it has loaded.</summary>
    public int Index { get; }

    /// <summary>All kernels that were declared so far: those of the types that were used.</summary>
    public static IReadOnlyList<CudaKernel> All
    {
        get
        {
            lock (Declared) return [.. Declared];
        }
    }

    /// <summary>Declares a kernel.</summary>
    /// <typeparam name="TArguments">Laid out as the kernel's struct: pointers as <see cref="ulong"/>, 0 for none.</typeparam>
    /// <param name="module">The file of native/cuda, without its extension.</param>
    /// <param name="name">The function.</param>
    public static CudaKernel Of<TArguments>(string module, string name)
        where TArguments : unmanaged => new(module, name, Unsafe.SizeOf<TArguments>());

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Module})";
}
