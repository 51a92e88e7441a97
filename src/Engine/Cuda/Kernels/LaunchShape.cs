namespace FastNets.Cuda.Kernels;

/// <summary>How many blocks of how many threads a kernel runs on; blocks are one-dimensional.</summary>
/// <param name="BlocksX">Blocks along x, up to 2^31 - 1.</param>
/// <param name="Threads">Threads of a block, up to 1024 and to what the kernel was compiled for.</param>
/// <param name="BlocksY">Blocks along y, up to 65535.</param>
/// <param name="BlocksZ">Blocks along z, up to 65535.</param>
/// <param name="SharedBytes">Dynamic shared memory of a block.</param>
internal readonly record struct LaunchShape(int BlocksX, int Threads, int BlocksY = 1, int BlocksZ = 1, int SharedBytes = 0)
{
    // More blocks than any device runs at a time; kernels that are launched so go on in strides.
    private const int MostBlocks = 1 << 14;

    // What the driver allows along y, and along z.
    private const int MostBlocksY = 65535;

    /// <summary>Whether there is nothing to run.</summary>
    public bool IsEmpty => BlocksX == 0 || BlocksY == 0 || BlocksZ == 0;

    /// <summary>For a kernel whose threads take items in strides of all threads.</summary>
    /// <param name="items">How many items there are.</param>
    /// <param name="threads">Threads of a block.</param>
    public static LaunchShape InStrides(long items, int threads = 256) => new((int)Math.Min((items + threads - 1) / threads, MostBlocks), threads);

    /// <summary>For a kernel that takes one item a thread.</summary>
    /// <param name="items">How many items there are.</param>
    /// <param name="threads">Threads of a block.</param>
    public static LaunchShape OneEach(int items, int threads = 256) => new((int)(((long)items + threads - 1) / threads), threads);

    /// <summary>For a kernel whose blocks lie on parts of the rows, along x, and on groups of columns, along y and, where there are more than y has room for, along z.</summary>
    /// <param name="parts">Parts of the rows.</param>
    /// <param name="groups">Groups of columns; the last blocks may be left without one.</param>
    /// <param name="threads">Threads of a block.</param>
    public static LaunchShape ByColumns(int parts, int groups, int threads = 256)
    {
        int rounds = Math.Max(1, (int)(((long)groups + MostBlocksY - 1) / MostBlocksY));
        return new(parts, threads, (int)(((long)groups + rounds - 1) / rounds), rounds);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{BlocksX} x {BlocksY} x {BlocksZ} blocks of {Threads} threads, {SharedBytes} bytes of shared memory";
}
