using System.Runtime.CompilerServices;
using FastNets.Kernels.Gemm;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Recurrent;

/// <summary>The backward pass of <see cref="RecurrentKernels.GruBackward(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float}, Span{float}, int, int, int, int, bool)"/>.</summary>
internal unsafe struct GruBackwardPass : IRecurrentPass
{
    private const int GateCount = GruForwardPass.GateCount;

    public StateGradient Gradient;
    public float* Gates;
    public float* Candidate;
    public float* Hidden;
    public float* DRecurrent;

    public RecurrentProduct Product { get; init; }

    public readonly RecurrentSequence Sequence => Gradient.Sequence;

    public readonly int Visits => Sequence.Time + (Gradient.DInitial is null ? 0 : 1);

    public readonly void Begin(int row, int rows) => Sequence.Begin(Gradient.DLast, Gradient.Carried, row, rows);

    public readonly float* Operand(int visit, int row, int rows) => Gradient.Operand(visit, DRecurrent, GateCount * Sequence.Units, row, rows);

    public readonly void Prefetch(int visit, int row, int rows, int unit, int units)
    {
        int step = Gradient.Step(visit);
        if (step < 0) return;
        Sequence.Prefetch(Gradient.DHidden, Sequence.At(step), 1, row, rows, unit, units);
        Sequence.Prefetch(Gates, Sequence.At(step), GateCount, row, rows, unit, units);
        Sequence.Prefetch(DRecurrent, Sequence.At(step), GateCount, row, rows, unit, units);
        Sequence.Prefetch(Candidate, Sequence.At(step), 1, row, rows, unit, units);
        Sequence.Prefetch(Hidden, Sequence.Before(step), 1, row, rows, unit, units);
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
        float* gates = sequence.Row(Gates, at, row, GateCount * sequence.Units) + unit;
        float* dRecurrent = sequence.Row(DRecurrent, at, row, GateCount * sequence.Units) + unit;
        float* candidate = sequence.Row(Candidate, at, row, sequence.Units) + unit;
        float* oldHidden = sequence.Row(Hidden, sequence.Before(step), row, sequence.Units) + unit;
        float* carry = sequence.Row(gradient.Carried, 0, row, sequence.Units) + unit;
        T one = T.Create(1f);
        for (int end = row + rows; row < end; row++)
        {
            T dH = gradient.At<T, TPart>(step, gradient.Carried, sums, row, unit, mask);
            T dR, dZ, dN, dFromState, past;
            if (sequence.IsOver(at, row))
            {
                dR = dZ = dN = dFromState = T.Create(0f);
                past = dH;
            }
            else
            {
                T r = UnitBlock<T, TPart>.Load(gates, mask);
                T z = UnitBlock<T, TPart>.Load(gates + units, mask);
                T n = UnitBlock<T, TPart>.Load(gates + (2 * units), mask);
                T rest = one - z;
                dN = dH * rest * T.MultiplySubtractFrom(n, n, one);
                past = dH * z;
                dZ = past * (UnitBlock<T, TPart>.Load(oldHidden, mask) - n) * rest;
                dFromState = dN * r;
                dR = dFromState * UnitBlock<T, TPart>.Load(candidate, mask) * (one - r);
            }

            UnitBlock<T, TPart>.Store(dR, gates, mask);
            UnitBlock<T, TPart>.Store(dZ, gates + units, mask);
            UnitBlock<T, TPart>.Store(dN, gates + (2 * units), mask);
            UnitBlock<T, TPart>.Store(dR, dRecurrent, mask);
            UnitBlock<T, TPart>.Store(dZ, dRecurrent + units, mask);
            UnitBlock<T, TPart>.Store(dFromState, dRecurrent + (2 * units), mask);
            UnitBlock<T, TPart>.Store(past, carry, mask);
            sums += stride;
            gates += GateCount * units;
            dRecurrent += GateCount * units;
            candidate += units;
            oldHidden += units;
            carry += units;
        }
    }
}
