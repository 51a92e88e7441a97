using System.Runtime.InteropServices;

namespace FastNets.Rocket.Heads;

/// <summary>A row-major matrix of double-precision numbers outside the managed heap, zero at first; may exceed 2^31 elements.</summary>
internal sealed unsafe class DoubleMatrix : IDisposable
{
    private const int Alignment = 64;
    private double* _data;

    /// <summary>Allocates a matrix of zeros.</summary>
    /// <param name="rows">The number of rows, padding included.</param>
    /// <param name="columns">The number of columns, padding included: the distance between rows in elements.</param>
    public DoubleMatrix(int rows, int columns)
    {
        Rows = rows;
        Columns = columns;
        nuint bytes = checked((nuint)rows * (nuint)columns * sizeof(double));
        _data = (double*)NativeMemory.AlignedAlloc(Math.Max(bytes, Alignment), Alignment);
        NativeMemory.Clear(_data, bytes);
    }

    /// <summary>Frees the memory of a matrix that was not disposed.</summary>
    ~DoubleMatrix() => NativeMemory.AlignedFree(_data);

    /// <summary>The number of rows, padding included.</summary>
    public int Rows { get; }

    /// <summary>The number of columns, padding included.</summary>
    public int Columns { get; }

    /// <summary>The address of an element.</summary>
    public double* At(int row, int column) => _data + ((nint)row * Columns) + column;

    /// <summary>The smallest multiple of <paramref name="unit"/> that is at least <paramref name="value"/>.</summary>
    public static int Pad(int value, int unit) => checked((value + unit - 1) / unit * unit);

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_data);
        _data = null;
        GC.SuppressFinalize(this);
    }
}
