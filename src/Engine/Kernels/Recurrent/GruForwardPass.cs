using System.Runtime.CompilerServices;
using FastNets.Kernels.Gemm;
using FastNets.Kernels.Lanes;
using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Recurrent;

/// <summary>The forward pass of <see cref="RecurrentKernels.GruForward(Span{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float}, Span{float}, int, int, int, bool)"/>.</summary>
internal unsafe struct GruForwardPass : IRecurrentPass
{
    public const int GateCount = 3;

    public float* Gates;
    public float* InitialHidden;
    public float* Candidate;
    public float* Hidden;

    public RecurrentSequence Sequence { get; init; }

    public RecurrentProduct Product { get; init; }

    public readonly int Visits => Sequence.Time;

    public readonly void Begin(int row, int rows) =>
        Sequence.Begin(InitialHidden, Sequence.Row(Hidden, Sequence.Before(0), 0, Sequence.Units), row, rows);

    public readonly float* Operand(int visit, int row, int rows) => Sequence.StateBefore(visit, InitialHidden, Hidden);

    public readonly void Prefetch(int visit, int row, int rows, int unit, int units)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Finish<T, TPart>(int visit, float* sums, nint stride, int row, int rows, int unit, T mask)
        where T : struct, ILanes<T>
        where TPart : struct, ITileColumns
    {
        RecurrentSequence sequence = Sequence;
        nint units = sequence.Units;
        int at = sequence.At(visit);
        float* gates = sequence.Row(Gates, at, row, GateCount * sequence.Units) + unit;
        float* candidate = sequence.Row(Candidate, at, row, sequence.Units) + unit;
        float* oldHidden = sequence.Row(Hidden, sequence.Before(visit), row, sequence.Units) + unit;
        float* newHidden = sequence.Row(Hidden, sequence.After(visit), row, sequence.Units) + unit;
        if (TPart.Masked) UnitBlock<T, TPart>.AddTo(sums, stride, gates, units, 2, GateCount * units, rows, mask);
        for (int end = row + rows; row < end; row++)
        {
            T r, z, n, fromState;
            T h = UnitBlock<T, TPart>.Load(oldHidden, mask);
            if (sequence.IsOver(at, row))
            {
                r = z = n = fromState = T.Create(0f);
            }
            else
            {
                fromState = T.Load(sums + (2 * T.Count));
                r = Functions.Sigmoid(UnitBlock<T, TPart>.Sum(sums, gates));
                z = Functions.Sigmoid(UnitBlock<T, TPart>.Sum(sums + T.Count, gates + units));
                n = Functions.Tanh(T.MultiplyAdd(r, fromState, UnitBlock<T, TPart>.Load(gates + (2 * units), mask)));
                h = T.MultiplyAdd(z, h - n, n);
            }

            UnitBlock<T, TPart>.Store(r, gates, mask);
            UnitBlock<T, TPart>.Store(z, gates + units, mask);
            UnitBlock<T, TPart>.Store(n, gates + (2 * units), mask);
            UnitBlock<T, TPart>.Store(fromState, candidate, mask);
            UnitBlock<T, TPart>.Store(h, newHidden, mask);
            sums += stride;
            gates += GateCount * units;
            candidate += units;
            oldHidden += units;
            newHidden += units;
        }
    }
}
