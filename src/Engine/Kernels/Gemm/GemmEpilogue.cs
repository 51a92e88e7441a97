using System.Runtime.Intrinsics;
using FastNets.Kernels.Lanes;
using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Gemm;

/// <summary>What happens to finished elements of C while they are in the first caches.</summary>
internal unsafe interface IGemmEpilogue
{
    /// <summary>Whether nothing happens.</summary>
    bool IsEmpty { get; }

    /// <summary>Works on columns <paramref name="column"/> (a multiple of 32) and following of a row of C.</summary>
    void Apply<T>(float* c, int row, int column, int count)
        where T : struct, ILanes<T>;
}

/// <summary>The bare product.</summary>
internal readonly unsafe struct NoEpilogue : IGemmEpilogue
{
    public bool IsEmpty => true;

    public void Apply<T>(float* c, int row, int column, int count)
        where T : struct, ILanes<T>
    {
    }
}

/// <summary>Bias, a copy of the preactivation, activation, dropout.</summary>
internal readonly unsafe struct DenseEpilogue<TActivation>(RowTail<TActivation> tail, float* preactivation, nint stride) : IGemmEpilogue
    where TActivation : struct, IActivation
{
    private readonly RowTail<TActivation> _tail = tail;
    private readonly float* _preactivation = preactivation;
    private readonly nint _stride = stride;

    public bool IsEmpty => _tail.IsEmpty && _preactivation is null;

    public void Apply<T>(float* c, int row, int column, int count)
        where T : struct, ILanes<T>
    {
        float* z = _preactivation is null ? null : _preactivation + (row * _stride) + column;
        // The activations are written with the runtime's vector types, which are worth their width only where the runtime says so.
        if (T.Count == 16 && !Vector512.IsHardwareAccelerated) _tail.Forward<Lanes8>(c, z, c, row, column, count);
        else _tail.Forward<T>(c, z, c, row, column, count);
    }
}
