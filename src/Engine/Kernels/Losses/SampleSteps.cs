using System.Runtime.CompilerServices;

namespace FastNets.Kernels.Losses;

/// <summary>Which part of each sample is there: the steps before its length, where lengths are given.</summary>
/// <param name="lengths">[samples], or null where all steps count. A length below 0 is as 0, one above the steps as all of them.</param>
/// <param name="steps">Steps of a sample, at least 1.</param>
internal readonly unsafe struct SampleSteps(int* lengths, int steps)
{
    private readonly int* _lengths = lengths;
    private readonly int _steps = steps;

    /// <summary>The number of a sample's steps that count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Of(int sample) => _lengths is null ? _steps : Math.Clamp(_lengths[sample], 0, _steps);

    /// <summary>Whether a row counts, each sample's steps being consecutive rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasRow(int row) => _lengths is null || row % _steps < _lengths[row / _steps];
}
