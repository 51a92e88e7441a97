using System.Runtime.CompilerServices;
using FastNets.Kernels.Gemm;
using FastNets.Kernels.Lanes;
using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Recurrent;

/// <summary>The backward pass of <see cref="RecurrentKernels.RnnBackward{TActivation}(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float}, Span{float}, int, int, int, int, bool)"/>.</summary>
internal unsafe struct RnnBackwardPass<TActivation> : IRecurrentPass
    where TActivation : struct, IActivation
{
    public StateGradient Gradient;
    public float* Hidden;
    public float* DZ;

    public RecurrentProduct Product { get; init; }

    public readonly RecurrentSequence Sequence => Gradient.Sequence;

    public readonly int Visits => Sequence.Time + (Gradient.DInitial is null ? 0 : 1);

    public readonly void Begin(int row, int rows) => Sequence.Begin(Gradient.DLast, Gradient.Carried, row, rows);

    public readonly float* Operand(int visit, int row, int rows) => Gradient.Operand(visit, DZ, Sequence.Units, row, rows);

    public readonly void Prefetch(int visit, int row, int rows, int unit, int units)
    {
        int step = Gradient.Step(visit);
        if (step < 0) return;
        Sequence.Prefetch(Gradient.DHidden, Sequence.At(step), 1, row, rows, unit, units);
        Sequence.Prefetch(Hidden, Sequence.After(step), 1, row, rows, unit, units);
        Sequence.Prefetch(DZ, Sequence.At(step), 1, row, rows, unit, units);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Finish<T, TPart>(int visit, float* sums, nint stride, int row, int rows, int unit, T mask)
        where T : struct, ILanes<T>
        where TPart : struct, ITileColumns
    {
        RecurrentSequence sequence = Sequence;
        StateGradient gradient = Gradient;
        int step = gradient.Step(visit);
        if (step < 0)
        {
            gradient.FinishInitial<T, TPart>(visit, sums, stride, row, rows, unit, mask);
            return;
        }

        nint units = sequence.Units;
        int at = sequence.At(step);
        float* carried = gradient.CarriedInto(visit);
        float* hidden = sequence.Row(Hidden, sequence.After(step), row, sequence.Units) + unit;
        float* dZ = sequence.Row(DZ, at, row, sequence.Units) + unit;
        float* carry = sequence.Row(gradient.Carried, 0, row, sequence.Units) + unit;
        for (int end = row + rows; row < end; row++)
        {
            T dH = gradient.At<T, TPart>(step, carried, sums, row, unit, mask);
            bool over = sequence.IsOver(at, row);
            T value = over ? T.Create(0f) : dH * T.Derivative<TActivation>(UnitBlock<T, TPart>.Load(hidden, mask));
            UnitBlock<T, TPart>.Store(value, dZ, mask);
            if (gradient.AlwaysCarried) UnitBlock<T, TPart>.Store(over ? dH : T.Create(0f), carry, mask);
            sums += stride;
            hidden += units;
            dZ += units;
            carry += units;
        }
    }
}
