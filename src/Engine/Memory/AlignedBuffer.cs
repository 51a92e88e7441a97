using System.Runtime.InteropServices;

namespace FastNets.Memory;

/// <summary>A block of single-precision numbers outside the managed heap, aligned for the widest vectors.</summary>
/// <remarks>Not thread-safe as to <see cref="Dispose"/>; reads and writes are as those of an array. May hold more than 2^31 bytes.</remarks>
public sealed unsafe class AlignedBuffer : IDisposable
{
    /// <summary>The alignment of the first element, in bytes: one cache line, one 512-bit vector.</summary>
    public const int Alignment = 64;

    private float* _data;

    /// <summary>Allocates <paramref name="length"/> numbers, all zero.</summary>
    /// <param name="length">The number of elements, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    /// <exception cref="OutOfMemoryException">The memory is not to be had.</exception>
    public AlignedBuffer(long length)
        : this(length, clear: true)
    {
    }

    /// <summary>Allocates <paramref name="length"/> numbers.</summary>
    /// <param name="length">The number of elements, 0 or more.</param>
    /// <param name="clear">Whether they are set to zero; false only where all are written before any is read.</param>
    internal AlignedBuffer(long length, bool clear)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        nuint bytes = checked((nuint)Math.Max(length, 1) * sizeof(float));
        bool large = HugePages.AreWorthwhile(bytes);
        _data = (float*)NativeMemory.AlignedAlloc(bytes, large ? HugePages.Size : (nuint)Alignment);
        if (large) HugePages.Ask(_data, bytes);
        if (clear) NativeMemory.Clear(_data, bytes);
        if (bytes > PressureThreshold) GC.AddMemoryPressure((long)bytes);
    }

    /// <summary>Frees the memory of a buffer that was not disposed.</summary>
    ~AlignedBuffer() => Free();

    // Small blocks are not worth the bookkeeping of the collector.
    private const int PressureThreshold = 1 << 20;

    /// <summary>The number of elements.</summary>
    public long Length { get; }

    /// <summary>The address of the first element.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public float* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_data is null, this);
            return _data;
        }
    }

    /// <summary>A view of a part of the block.</summary>
    /// <param name="start">The first element.</param>
    /// <param name="length">The number of elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie within the block.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public Span<float> Span(long start, int length)
    {
        if ((ulong)start > (ulong)Length || (ulong)length > (ulong)(Length - start))
            throw new ArgumentOutOfRangeException(nameof(start), $"Elements {start} to {start + length} do not lie within a buffer of {Length}.");
        return new Span<float>(Pointer + start, length);
    }

    /// <summary>Frees the memory. Views taken from it must not be used any more.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_data is null) return;
        NativeMemory.AlignedFree(_data);
        _data = null;
        long bytes = Length * sizeof(float);
        if (bytes > PressureThreshold) GC.RemoveMemoryPressure(bytes);
    }
}
