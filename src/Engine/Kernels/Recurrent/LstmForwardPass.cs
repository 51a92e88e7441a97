using System.Runtime.CompilerServices;
using FastNets.Kernels.Gemm;
using FastNets.Kernels.Lanes;
using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Recurrent;

/// <summary>The forward pass of <see cref="RecurrentKernels.LstmForward(Span{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float}, Span{float}, int, int, int, bool)"/>.</summary>
internal unsafe struct LstmForwardPass : IRecurrentPass
{
    public const int GateCount = 4;

    public float* Gates;
    public float* InitialHidden;
    public float* InitialCell;
    public float* Hidden;
    public float* Cell;

    public RecurrentSequence Sequence { get; init; }

    public RecurrentProduct Product { get; init; }

    public readonly int Visits => Sequence.Time;

    public readonly void Begin(int row, int rows)
    {
        Sequence.Begin(InitialHidden, Sequence.Row(Hidden, Sequence.Before(0), 0, Sequence.Units), row, rows);
        Sequence.Begin(InitialCell, Sequence.Row(Cell, Sequence.Before(0), 0, Sequence.Units), row, rows);
    }

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
        float* oldCell = sequence.Row(Cell, sequence.Before(visit), row, sequence.Units) + unit;
        float* oldHidden = sequence.Row(Hidden, sequence.Before(visit), row, sequence.Units) + unit;
        float* newCell = sequence.Row(Cell, sequence.After(visit), row, sequence.Units) + unit;
        float* newHidden = sequence.Row(Hidden, sequence.After(visit), row, sequence.Units) + unit;
        if (TPart.Masked) UnitBlock<T, TPart>.AddTo(sums, stride, gates, units, GateCount, GateCount * units, rows, mask);
        for (int end = row + rows; row < end; row++)
        {
            T i, f, g, o, c, h;
            c = UnitBlock<T, TPart>.Load(oldCell, mask);
            if (sequence.IsOver(at, row))
            {
                i = f = g = o = T.Create(0f);
                h = UnitBlock<T, TPart>.Load(oldHidden, mask);
            }
            else
            {
                i = Functions.Sigmoid(UnitBlock<T, TPart>.Sum(sums, gates));
                f = Functions.Sigmoid(UnitBlock<T, TPart>.Sum(sums + T.Count, gates + units));
                g = Functions.Tanh(UnitBlock<T, TPart>.Sum(sums + (2 * T.Count), gates + (2 * units)));
                o = Functions.Sigmoid(UnitBlock<T, TPart>.Sum(sums + (3 * T.Count), gates + (3 * units)));
                c = T.MultiplyAdd(f, c, i * g);
                h = o * Functions.Tanh(c);
            }

            UnitBlock<T, TPart>.Store(i, gates, mask);
            UnitBlock<T, TPart>.Store(f, gates + units, mask);
            UnitBlock<T, TPart>.Store(g, gates + (2 * units), mask);
            UnitBlock<T, TPart>.Store(o, gates + (3 * units), mask);
            UnitBlock<T, TPart>.Store(c, newCell, mask);
            UnitBlock<T, TPart>.Store(h, newHidden, mask);
            sums += stride;
            gates += GateCount * units;
            oldCell += units;
            oldHidden += units;
            newCell += units;
            newHidden += units;
        }
    }
}
