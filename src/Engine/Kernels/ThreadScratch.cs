using System.Runtime.InteropServices;
using FastNets.Memory;

namespace FastNets.Kernels;

/// <summary>Memory that a thread's kernels work in: grown when a call needs more, kept for the next, freed with the thread.</summary>
internal sealed unsafe class ThreadScratch
{
    [ThreadStatic]
    private static ThreadScratch? _current;

    private readonly nuint[] _sizes = new nuint[Enum.GetValues<Use>().Length];
    private readonly void*[] _blocks = new void*[Enum.GetValues<Use>().Length];

    /// <summary>What the memory is for; those that are in use at the same time differ.</summary>
    internal enum Use
    {
        /// <summary>A packed block of the product's left operand.</summary>
        PackedA,

        /// <summary>Packed panels of the product's right operand, shared with the workers of the call.</summary>
        PackedB,

        /// <summary>Partial sums, one an item.</summary>
        Partials,

        /// <summary>Squared norms, one a segment of parameters.</summary>
        Squares,

        /// <summary>What a recurrent layer's backward pass carries from step to step, shared with the workers of the call.</summary>
        Carried,

        /// <summary>Series with the zeros around them written out, shared with the workers of the call.</summary>
        PaddedSeries,
    }

    ~ThreadScratch()
    {
        foreach (void* block in _blocks) NativeMemory.AlignedFree(block);
    }

    /// <summary>At least so many bytes, on a cache line's boundary, with anything in them.</summary>
    public static void* Get(Use use, nuint bytes)
    {
        ThreadScratch scratch = _current ??= new ThreadScratch();
        return bytes <= scratch._sizes[(int)use] ? scratch._blocks[(int)use] : scratch.Grow(use, bytes);
    }

    private void* Grow(Use use, nuint bytes)
    {
        nuint size = Math.Max(bytes, 4096);
        void* block = NativeMemory.AlignedAlloc(size, AlignedBuffer.Alignment);
        NativeMemory.AlignedFree(_blocks[(int)use]);
        _blocks[(int)use] = block;
        _sizes[(int)use] = size;
        return block;
    }
}
