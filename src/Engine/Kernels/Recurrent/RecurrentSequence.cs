using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace FastNets.Kernels.Recurrent;

/// <summary>The sizes of a scan, and where its steps lie in time-major memory.</summary>
internal readonly unsafe struct RecurrentSequence(int time, int batch, int units, bool reverse, int* lengths)
{
    private readonly int* _lengths = lengths;
    private readonly bool _reverse = reverse;

    /// <summary>Steps.</summary>
    public readonly int Time = time;

    /// <summary>Samples.</summary>
    public readonly int Batch = batch;

    /// <summary>Units of the state.</summary>
    public readonly int Units = units;

    /// <summary>The place in time of a step of the scan.</summary>
    public int At(int step) => _reverse ? Time - 1 - step : step;

    /// <summary>The state block that a step reads; the initial state is before step 0.</summary>
    public int Before(int step) => _reverse ? Time - step : step;

    /// <summary>The state block that a step writes.</summary>
    public int After(int step) => _reverse ? Time - 1 - step : step + 1;

    /// <summary>Whether a sample ends before a place in time: its state is carried on unchanged.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsOver(int at, int row) => _lengths is not null && at >= _lengths[row];

    /// <summary>A row of a block of a sequence.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* Row(float* sequence, int block, int row, int columns) => sequence + ((((nint)block * Batch) + row) * columns);

    /// <summary>The state block that a step multiplies, or null where it is 0 because no initial state was given.</summary>
    public float* StateBefore(int step, float* initial, float* states) => step == 0 && initial is null ? null : Row(states, Before(step), 0, Units);

    /// <summary>Some rows of the initial state, or of the gradient of the last one: a copy, or 0 where there is none.</summary>
    public void Begin(float* from, float* to, int row, int rows)
    {
        nint offset = (nint)row * Units;
        var target = new Span<float>(to + offset, rows * Units);
        if (from is null) target.Clear();
        else new ReadOnlySpan<float>(from + offset, rows * Units).CopyTo(target);
    }

    /// <summary>Calls for some units of some rows of a block, in each of its gates.</summary>
    public void Prefetch(float* sequence, int block, int gates, int row, int rows, int unit, int units)
    {
        if (!Sse.IsSupported || sequence is null) return;
        float* from = Row(sequence, block, row, gates * Units) + unit;
        for (int i = rows * gates; i > 0; i--)
        {
            for (int j = 0; j < units; j += 64 / sizeof(float)) Sse.Prefetch0(from + j);
            from += Units;
        }
    }
}
