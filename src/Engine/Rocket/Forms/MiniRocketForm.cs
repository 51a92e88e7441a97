using System.Runtime.Intrinsics;
using FastNets.Kernels;

namespace FastNets.Rocket;

/// <summary>One of the forms of the transform, prepared for given parameters: it counts, and what follows is the same for all.</summary>
/// <remarks>All forms give the same counts, because they add in the same order. Immutable and thread-safe.</remarks>
internal abstract unsafe class MiniRocketForm
{
    /// <summary>Prepares a form.</summary>
    /// <param name="parameters">The parameters.</param>
    protected MiniRocketForm(MiniRocketParameters parameters) => Parameters = parameters;

    /// <summary>The parameters.</summary>
    protected MiniRocketParameters Parameters { get; }

    /// <summary>How many numbers <see cref="Count"/> needs as scratch.</summary>
    public abstract int ScratchLength { get; }

    /// <summary>Prepares a form.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="isa">The instruction set.</param>
    /// <exception cref="PlatformNotSupportedException">The processor does not have it.</exception>
    public static MiniRocketForm For(MiniRocketParameters parameters, Isa isa)
    {
        if (!CpuIsa.IsSupported(isa)) throw new PlatformNotSupportedException($"This processor does not have {CpuIsa.Name(isa)}.");
        return isa switch
        {
            Isa.Vector512 => new MiniRocketVector<RocketLanes512>(parameters),
            Isa.Vector256 => new MiniRocketVector<RocketLanes256>(parameters),
            Isa.Vector128 => new MiniRocketVector<RocketLanes128>(parameters),
            _ => new MiniRocketScalar(parameters),
        };
    }

    /// <summary>The distance between two kernels' counts with a dilation: a multiple of four.</summary>
    /// <param name="features">The number of features of a kernel.</param>
    public static int CountStride(int features) => (features + Vector128<int>.Count - 1) & -Vector128<int>.Count;

    /// <summary>Counts, for some kernels with one dilation, how many outputs exceed each bias.</summary>
    /// <param name="series">The series, all values finite.</param>
    /// <param name="dilationIndex">The dilation.</param>
    /// <param name="firstKernel">The first kernel.</param>
    /// <param name="kernels">The number of kernels.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> numbers, aligned as an <see cref="Memory.AlignedBuffer"/> is; their content does not matter.</param>
    /// <param name="counts">The counts, <see cref="CountStride"/> a kernel, aligned to 16 bytes; overwritten.</param>
    public abstract void Count(in PaddedSeries series, int dilationIndex, int firstKernel, int kernels, float* scratch, int* counts);
}
