using System.Runtime.CompilerServices;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Pointwise;

/// <summary>
/// What happens to a run of one row's elements as the last step of an operation: affine map or bias, activation, dropout.
/// Shared by the pointwise kernels, batch normalisation and the matrix product's epilogue.
/// </summary>
/// <typeparam name="TActivation">f.</typeparam>
internal readonly unsafe struct RowTail<TActivation>
    where TActivation : struct, IActivation
{
    private readonly float* _centre;
    private readonly float* _scale;
    private readonly float* _shift;
    private readonly DropoutBits _dropout;

    /// <summary>y = dropout(f(scale * (x - centre) + shift)).</summary>
    /// <param name="centre">One number a column, or null for 0; only where <paramref name="scale"/> is.</param>
    /// <param name="scale">One number a column, or null for 1.</param>
    /// <param name="shift">One number a column, or null for 0; there where <paramref name="scale"/> is.</param>
    /// <param name="dropout">The mask on f's output.</param>
    public RowTail(float* centre, float* scale, float* shift, DropoutBits dropout)
    {
        _centre = centre;
        _scale = scale;
        _shift = shift;
        _dropout = dropout;
    }

    /// <summary>Whether the output is the input.</summary>
    public bool IsEmpty => TActivation.IsIdentity && _shift is null && !_dropout.IsActive;

    /// <summary>Works on columns <paramref name="column"/> (a multiple of 32) and following of a row.</summary>
    /// <param name="x">The first of the columns.</param>
    /// <param name="preactivation">Where f's input is written, or null.</param>
    /// <param name="y">May be x.</param>
    /// <param name="row">The row's number, for the mask.</param>
    /// <param name="column">The first column's number.</param>
    /// <param name="count">The number of columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward<TLanes>(float* x, float* preactivation, float* y, int row, int column, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        float* centre = _centre is null ? null : _centre + column;
        float* scale = _scale is null ? null : _scale + column;
        float* shift = _shift is null ? null : _shift + column;
        if (!_dropout.IsActive)
        {
            int i = 0;
            for (; i <= count - TLanes.Count; i += TLanes.Count)
            {
                TLanes v = TLanes.Load(x + i);
                if (centre is not null) v -= TLanes.Load(centre + i);
                if (scale is not null) v = TLanes.MultiplyAdd(v, TLanes.Load(scale + i), TLanes.Load(shift + i));
                else if (shift is not null) v += TLanes.Load(shift + i);
                if (preactivation is not null) v.Store(preactivation + i);
                if (!TActivation.IsIdentity) v = TLanes.Forward<TActivation>(v);
                v.Store(y + i);
            }

            if (i < count) Last<TLanes>(x, preactivation, y, centre, scale, shift, i, count - i, uint.MaxValue, 1f);
            return;
        }

        Isa isa = TLanes.Count == 1 ? Isa.Scalar : Isa.Vector256;
        TLanes factor = TLanes.Create(_dropout.Scale);
        for (int start = 0; start < count; start += DropoutBits.Columns)
        {
            uint bits = _dropout.Keep(row, (column + start) / DropoutBits.Columns, isa);
            int end = Math.Min(count, start + DropoutBits.Columns);
            int i = start;
            for (; i <= end - TLanes.Count; i += TLanes.Count)
            {
                TLanes v = TLanes.Load(x + i);
                if (centre is not null) v -= TLanes.Load(centre + i);
                if (scale is not null) v = TLanes.MultiplyAdd(v, TLanes.Load(scale + i), TLanes.Load(shift + i));
                else if (shift is not null) v += TLanes.Load(shift + i);
                if (preactivation is not null) v.Store(preactivation + i);
                if (!TActivation.IsIdentity) v = TLanes.Forward<TActivation>(v);
                TLanes.KeepWhere(TLanes.MaskFromBits(bits >> (i - start)), v * factor).Store(y + i);
            }

            if (i < end) Last<TLanes>(x, preactivation, y, centre, scale, shift, i, end - i, bits >> (i - start), _dropout.Scale);
        }
    }

    /// <summary>
    /// dX = f'(saved) * mask * dY on columns <paramref name="column"/> (a multiple of 32) and following of a row; adds it to
    /// <paramref name="sums"/> where that is not null.
    /// </summary>
    /// <param name="dY">The first of the columns.</param>
    /// <param name="saved">f's input, or the output with dropout, or null where f is the identity.</param>
    /// <param name="dX">May be dY; null where only the sums are wanted.</param>
    /// <param name="sums">One number a column, counted from <paramref name="column"/>; or null.</param>
    /// <param name="row">The row's number, for the mask.</param>
    /// <param name="column">The first column's number.</param>
    /// <param name="count">The number of columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward<TLanes>(float* dY, float* saved, float* dX, float* sums, int row, int column, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        bool dropout = _dropout.IsActive;
        Isa isa = TLanes.Count == 1 ? Isa.Scalar : Isa.Vector256;
        TLanes factor = TLanes.Create(dropout ? _dropout.Scale : 1f);
        // What undoes the scale of a saved output; f's input was saved before it was scaled.
        TLanes undo = TLanes.Create(dropout && !TActivation.DerivativeOfInput ? 1f / _dropout.Scale : 1f);
        int step = dropout ? DropoutBits.Columns : count;
        for (int start = 0; start < count; start += step)
        {
            uint bits = dropout ? _dropout.Keep(row, (column + start) / DropoutBits.Columns, isa) : uint.MaxValue;
            int end = Math.Min(count, start + step);
            int i = start;
            for (; i <= end - TLanes.Count; i += TLanes.Count)
            {
                TLanes g = TLanes.Load(dY + i);
                if (!TActivation.IsIdentity)
                {
                    TLanes s = TLanes.Load(saved + i);
                    if (dropout) s *= undo;
                    g *= TLanes.Derivative<TActivation>(s);
                }

                if (dropout) g = TLanes.KeepWhere(TLanes.MaskFromBits(bits >> (i - start)), g * factor);
                if (dX is not null) g.Store(dX + i);
                if (sums is not null) (TLanes.Load(sums + i) + g).Store(sums + i);
            }

            if (i < end)
            {
                int rest = end - i;
                TLanes g = TLanes.LoadFirst(dY + i, rest);
                if (!TActivation.IsIdentity) g *= TLanes.Derivative<TActivation>(TLanes.LoadFirst(saved + i, rest) * undo);
                if (dropout) g = TLanes.KeepWhere(TLanes.MaskFromBits(bits >> (i - start)), g * factor);
                if (dX is not null) g.StoreFirst(dX + i, rest);
                if (sums is not null) (TLanes.LoadFirst(sums + i, rest) + g).StoreFirst(sums + i, rest);
            }
        }
    }

    private static void Last<TLanes>(
        float* x, float* preactivation, float* y, float* centre, float* scale, float* shift, int i, int rest, uint bits, float factor)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes v = TLanes.LoadFirst(x + i, rest);
        if (centre is not null) v -= TLanes.LoadFirst(centre + i, rest);
        if (scale is not null) v = TLanes.MultiplyAdd(v, TLanes.LoadFirst(scale + i, rest), TLanes.LoadFirst(shift + i, rest));
        else if (shift is not null) v += TLanes.LoadFirst(shift + i, rest);
        if (preactivation is not null) v.StoreFirst(preactivation + i, rest);
        if (!TActivation.IsIdentity) v = TLanes.Forward<TActivation>(v);
        TLanes.KeepWhere(TLanes.MaskFromBits(bits), v * TLanes.Create(factor)).StoreFirst(y + i, rest);
    }
}
