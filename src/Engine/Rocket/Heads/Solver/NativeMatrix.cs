using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FastNets.Memory;

namespace FastNets.Rocket.Heads.Solver;

/// <summary>A row-major matrix outside the managed heap; may exceed 2^31 elements.</summary>
/// <typeparam name="N">Float or double.</typeparam>
internal sealed unsafe class NativeMatrix<N> : IDisposable
    where N : unmanaged
{
    private const uint Alignment = 64;
    private N* _data;

    /// <summary>Allocates a matrix.</summary>
    /// <param name="rows">The number of rows, padding included.</param>
    /// <param name="columns">The number of columns, padding included: the distance between rows in elements.</param>
    /// <param name="clear">Whether it is set to zero; false only where all is written before it is read.</param>
    public NativeMatrix(int rows, int columns, bool clear = true)
    {
        Rows = rows;
        Columns = columns;
        nuint bytes = checked((nuint)rows * (nuint)columns * (nuint)sizeof(N));
        bool large = HugePages.AreWorthwhile(bytes);
        _data = (N*)NativeMemory.AlignedAlloc(Math.Max(bytes, Alignment), large ? HugePages.Size : Alignment);
        if (large) HugePages.Ask(_data, bytes);
        if (clear) NativeMemory.Clear(_data, bytes);
    }

    /// <summary>Frees the memory of a matrix that was not disposed.</summary>
    ~NativeMatrix() => NativeMemory.AlignedFree(_data);

    /// <summary>The number of rows, padding included.</summary>
    public int Rows { get; }

    /// <summary>The number of columns, padding included.</summary>
    public int Columns { get; }

    /// <summary>The address of an element.</summary>
    public N* At(int row, int column) => _data + ((nint)row * Columns) + column;

    /// <summary>The smallest multiple of <paramref name="unit"/> that is at least <paramref name="value"/>.</summary>
    public static int Pad(int value, int unit) => checked((value + unit - 1) / unit * unit);

    /// <summary>A number in the matrix's precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static N Number(double value)
        => typeof(N) == typeof(double) ? Unsafe.BitCast<double, N>(value) : Unsafe.BitCast<float, N>((float)value);

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_data);
        _data = null;
        GC.SuppressFinalize(this);
    }
}
