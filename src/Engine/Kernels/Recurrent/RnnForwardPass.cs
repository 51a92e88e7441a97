using System.Runtime.CompilerServices;
using FastNets.Kernels.Gemm;
using FastNets.Kernels.Lanes;
using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Recurrent;

/// <summary>The forward pass of <see cref="RecurrentKernels.RnnForward{TActivation}(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float}, int, int, int, bool)"/>.</summary>
internal unsafe struct RnnForwardPass<TActivation> : IRecurrentPass
    where TActivation : struct, IActivation
{
    public float* Projection;
    public float* InitialHidden;
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
        float* projection = sequence.Row(Projection, at, row, sequence.Units) + unit;
        float* oldHidden = sequence.Row(Hidden, sequence.Before(visit), row, sequence.Units) + unit;
        float* newHidden = sequence.Row(Hidden, sequence.After(visit), row, sequence.Units) + unit;
        for (int end = row + rows; row < end; row++)
        {
            T h = sequence.IsOver(at, row)
                ? UnitBlock<T, TPart>.Load(oldHidden, mask)
                : T.Forward<TActivation>(UnitBlock<T, TPart>.Load(projection, mask) + T.Load(sums));
            UnitBlock<T, TPart>.Store(h, newHidden, mask);
            sums += stride;
            projection += units;
            oldHidden += units;
            newHidden += units;
        }
    }
}
