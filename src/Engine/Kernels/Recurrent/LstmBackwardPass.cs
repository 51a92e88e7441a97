using System.Runtime.CompilerServices;
using FastNets.Kernels.Gemm;
using FastNets.Kernels.Lanes;
using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Recurrent;

/// <summary>The backward pass of <see cref="RecurrentKernels.LstmBackward(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float}, Span{float}, int, int, int, int, bool)"/>.</summary>
internal unsafe struct LstmBackwardPass : IRecurrentPass
{
    private const int GateCount = LstmForwardPass.GateCount;

    public StateGradient Gradient;
    public float* DLastCell;
    public float* DInitialCell;
    public float* CarriedCell;
    public float* Gates;
    public float* Cell;

    public RecurrentProduct Product { get; init; }

    public readonly RecurrentSequence Sequence => Gradient.Sequence;

    public readonly int Visits => Sequence.Time + (Gradient.DInitial is null && DInitialCell is null ? 0 : 1);

    public readonly void Begin(int row, int rows)
    {
        Sequence.Begin(Gradient.DLast, Gradient.Carried, row, rows);
        Sequence.Begin(DLastCell, CarriedCell, row, rows);
    }

    public readonly float* Operand(int visit, int row, int rows)
    {
        if (Gradient.IsCut(visit)) Sequence.Begin(null, CarriedCell, row, rows);
        return Gradient.Operand(visit, Gates, GateCount * Sequence.Units, row, rows);
    }

    public readonly void Prefetch(int visit, int row, int rows, int unit, int units)
    {
        int step = Gradient.Step(visit);
        if (step < 0) return;
        Sequence.Prefetch(Gradient.DHidden, Sequence.At(step), 1, row, rows, unit, units);
        Sequence.Prefetch(Gates, Sequence.At(step), GateCount, row, rows, unit, units);
        Sequence.Prefetch(Cell, Sequence.Before(step), 1, row, rows, unit, units);
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
            FinishInitialCell<T, TPart>(row, rows, unit, mask);
            return;
        }

        nint units = sequence.Units;
        int at = sequence.At(step);
        float* carried = gradient.CarriedInto(visit);
        float* gates = sequence.Row(Gates, at, row, GateCount * sequence.Units) + unit;
        float* oldCell = sequence.Row(Cell, sequence.Before(step), row, sequence.Units) + unit;
        float* newCell = sequence.Row(Cell, sequence.After(step), row, sequence.Units) + unit;
        float* dCell = sequence.Row(CarriedCell, 0, row, sequence.Units) + unit;
        float* carry = sequence.Row(gradient.Carried, 0, row, sequence.Units) + unit;
        T one = T.Create(1f);
        for (int end = row + rows; row < end; row++)
        {
            T dH = gradient.At<T, TPart>(step, carried, sums, row, unit, mask);
            T dI, dF, dG, dO, past;
            if (sequence.IsOver(at, row))
            {
                dI = dF = dG = dO = T.Create(0f);
                past = dH;
            }
            else
            {
                T i = UnitBlock<T, TPart>.Load(gates, mask);
                T f = UnitBlock<T, TPart>.Load(gates + units, mask);
                T g = UnitBlock<T, TPart>.Load(gates + (2 * units), mask);
                T o = UnitBlock<T, TPart>.Load(gates + (3 * units), mask);
                T tanh = Functions.Tanh(UnitBlock<T, TPart>.Load(newCell, mask));
                T dHo = dH * o;
                T dC = T.MultiplyAdd(dHo, T.MultiplySubtractFrom(tanh, tanh, one), UnitBlock<T, TPart>.Load(dCell, mask));
                dO = dHo * tanh * (one - o);
                T dCi = dC * i;
                dI = dCi * g * (one - i);
                dG = dCi * T.MultiplySubtractFrom(g, g, one);
                T dCf = dC * f;
                dF = dCf * UnitBlock<T, TPart>.Load(oldCell, mask) * (one - f);
                UnitBlock<T, TPart>.Store(dCf, dCell, mask);
                past = T.Create(0f);
            }

            UnitBlock<T, TPart>.Store(dI, gates, mask);
            UnitBlock<T, TPart>.Store(dF, gates + units, mask);
            UnitBlock<T, TPart>.Store(dG, gates + (2 * units), mask);
            UnitBlock<T, TPart>.Store(dO, gates + (3 * units), mask);
            if (gradient.AlwaysCarried) UnitBlock<T, TPart>.Store(past, carry, mask);
            sums += stride;
            gates += GateCount * units;
            oldCell += units;
            newCell += units;
            dCell += units;
            carry += units;
        }
    }

    private readonly void FinishInitialCell<T, TPart>(int row, int rows, int unit, T mask)
        where T : struct, ILanes<T>
        where TPart : struct, ITileColumns
    {
        if (DInitialCell is null) return;
        for (int i = 0; i < rows; i++)
        {
            nint place = ((nint)(row + i) * Sequence.Units) + unit;
            UnitBlock<T, TPart>.Store(UnitBlock<T, TPart>.Load(CarriedCell + place, mask), DInitialCell + place, mask);
        }
    }
}
