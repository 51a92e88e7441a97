using System.Runtime.InteropServices;

namespace FastNets.Cuda.Kernels;

/// <summary>The sizes of a scan, and where its steps lie in time-major memory: FnScan of native/cuda/common/recurrent.cuh.</summary>
/// <param name="lengths">The address of each sample's length, or 0.</param>
/// <param name="time">Steps.</param>
/// <param name="batch">Samples.</param>
/// <param name="units">Units.</param>
/// <param name="reverse">Whether the scan begins at the end of time.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct ScanArguments(ulong lengths, int time, int batch, int units, bool reverse)
{
    public readonly ulong Lengths = lengths;
    public readonly int Time = time;
    public readonly int Batch = batch;
    public readonly int Units = units;
    private readonly int _reverse = reverse ? 1 : 0;

    /// <summary>The elements of a state.</summary>
    public int StateSize => Batch * Units;

    /// <summary>The place in time of a step of the scan.</summary>
    public int At(int step) => _reverse != 0 ? Time - 1 - step : step;

    /// <summary>The state block that a step reads; the initial state is before step 0.</summary>
    public int Before(int step) => _reverse != 0 ? Time - step : step;

    /// <summary>The state block that a step writes.</summary>
    public int After(int step) => _reverse != 0 ? Time - 1 - step : step + 1;

    /// <summary>Whether no gradient flows from a step to the one before it.</summary>
    public static bool IsCut(int truncate, int step) => truncate > 0 && step > 0 && step % truncate == 0;
}

/// <summary>FnTransposeArgs of native/cuda/common/recurrent.cuh.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TransposeGatesArguments
{
    public ulong Kernel;
    public ulong Transposed;
    public int Gates;
    public int Units;
}
