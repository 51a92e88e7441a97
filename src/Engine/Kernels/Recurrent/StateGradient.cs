using System.Runtime.CompilerServices;
using FastNets.Kernels.Gemm;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Recurrent;

/// <summary>The gradient of the hidden state on its way back through the steps, the same for every cell.</summary>
/// <remarks>
/// It has three sources: the layer above (<see cref="DHidden"/>), the next step's product, and what reaches the state past the
/// product: the gradient of the last state, a sample that is over, a gate that lets the state through. The third is carried in
/// memory; where only the last state has it, it is read once and the memory not visited again.
/// </remarks>
internal unsafe struct StateGradient
{
    /// <summary>The scan's sizes.</summary>
    public RecurrentSequence Sequence;

    /// <summary>[time, batch, units], or null.</summary>
    public float* DHidden;

    /// <summary>[batch, units], or null.</summary>
    public float* DLast;

    /// <summary>[batch, units], or null.</summary>
    public float* DInitial;

    /// <summary>[batch, units], what goes past the product.</summary>
    public float* Carried;

    /// <summary>Whether every step writes <see cref="Carried"/>.</summary>
    public bool AlwaysCarried;

    /// <summary>Steps between which nothing flows back, or 0.</summary>
    public int Truncate;

    /// <summary>The step of a visit; -1 is the initial state.</summary>
    public readonly int Step(int visit) => Sequence.Time - 1 - visit;

    /// <summary>Whether a visit's step is cut off from the one after it.</summary>
    public readonly bool IsCut(int visit)
    {
        int next = Step(visit) + 1;
        return visit > 0 && Truncate > 0 && next > 0 && next % Truncate == 0;
    }

    /// <summary>What a visit multiplies: the gradients that the step after it left, or null where it passes none; behind a cut nothing is carried either.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="gates">[time, batch, columns]: the gradients before the functions, as far as they are found.</param>
    /// <param name="columns">Columns of a row of them.</param>
    /// <param name="row">The first row.</param>
    /// <param name="rows">How many.</param>
    public readonly float* Operand(int visit, float* gates, int columns, int row, int rows)
    {
        if (!IsCut(visit)) return visit == 0 ? null : Sequence.Row(gates, Sequence.At(Step(visit) + 1), 0, columns);
        Sequence.Begin(null, Carried, row, rows);
        return null;
    }

    /// <summary>What is carried into a visit, or null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float* CarriedInto(int visit) => AlwaysCarried || visit == 0 ? Carried : null;

    /// <summary>The gradient of the state after a step, or of the initial state.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly T At<T, TPart>(int step, float* carried, float* sums, int row, int unit, T mask)
        where T : struct, ILanes<T>
        where TPart : struct, ITileColumns
    {
        T dH = T.Load(sums);
        if (carried is not null) dH += UnitBlock<T, TPart>.Load(carried + ((nint)row * Sequence.Units) + unit, mask);
        if (DHidden is not null && step >= 0) dH += UnitBlock<T, TPart>.Load(Sequence.Row(DHidden, Sequence.At(step), row, Sequence.Units) + unit, mask);
        return dH;
    }

    /// <summary>Writes the gradient of the initial state of some rows.</summary>
    public readonly void FinishInitial<T, TPart>(int visit, float* sums, nint stride, int row, int rows, int unit, T mask)
        where T : struct, ILanes<T>
        where TPart : struct, ITileColumns
    {
        if (DInitial is null) return;
        float* carried = CarriedInto(visit);
        for (int i = 0; i < rows; i++)
        {
            T dH = At<T, TPart>(-1, carried, sums + (i * stride), row + i, unit, mask);
            UnitBlock<T, TPart>.Store(dH, DInitial + ((nint)(row + i) * Sequence.Units) + unit, mask);
        }
    }
}
